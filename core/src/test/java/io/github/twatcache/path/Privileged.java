package io.github.twatcache.path;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Tests that need root's rights: skipped with a line where there are none, failed where that happens in CI. */
final class Privileged {
    private Privileged() {}

    static void require(Callable<Boolean> means, String what) {
        boolean can;
        try {
            can = means.call();
        } catch (Exception e) {
            can = false;
        }
        if (!can && "true".equals(System.getenv("CI"))) {
            Assertions.fail("CI must be able to " + what);
        }
        Assumptions.assumeTrue(can, () -> "skipped: needs root's rights to " + what);
    }

    static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor() == 0;
    }

    /** A small file system of its own, in memory. */
    static boolean mount(Path where, String options) throws IOException, InterruptedException {
        return run("mount", "-t", "tmpfs", "-o", options, "twat-cache-test", where.toString());
    }

    static void unmount(Path where) throws IOException, InterruptedException {
        run("umount", "-l", where.toString());
    }

    /** What starts a command as a user who is nobody here. */
    static List<String> asNobody() {
        return List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    }
}
