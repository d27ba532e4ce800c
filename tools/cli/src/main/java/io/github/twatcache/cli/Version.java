package io.github.twatcache.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote down, and what it runs on. */
final class Version implements IVersionProvider {
    private static final String FILE = "version.properties";

    /** Creates the provider; picocli does. */
    Version() {}

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"twat-cache " + number(), "on " + machine()};
    }

    /** The JDK and the system, in words. */
    static String machine() {
        return "JDK " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + "), "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }

    private static String number() throws IOException {
        Properties built = new Properties();
        try (InputStream in = Version.class.getResourceAsStream(FILE)) {
            if (in != null) {
                built.load(in);
            }
        }
        return built.getProperty("version", "of unknown version");
    }
}
