package io.github.twatcache.examples;

import io.github.twatcache.TwatCache;
import io.github.twatcache.path.CacheDirectory;
import io.github.twatcache.path.CacheFolder;
import io.github.twatcache.path.DirectorySettings;
import io.github.twatcache.path.DiskUsage;
import io.github.twatcache.path.Layout;
import io.github.twatcache.path.Quota;
import io.github.twatcache.path.QuotaPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where do caches lie that outlive the process, how much do they hold, and who makes room? */
public final class Directories {
    private Directories() {}

    /**
     * Runs the example.
     *
     * @param args none
     * @throws IOException when the temporary directory cannot be made
     */
    public static void main(String... args) throws IOException {
        Path directory = Files.createTempDirectory("twat-cache-example").resolve("cache");
        try (TwatCache twat = TwatCache.builder()
                .directory(directory) // else TWAT_CACHE_DIR, else the user's cache directory
                .quota(64L << 20, QuotaPolicy.LARGEST)
                .onQuota((usage, quota) -> System.err.println("80 % of " + quota.bytes() + ": " + usage))
                .open()) {
            twat.memory("on the heap").memoize((Integer n) -> n + 1).apply(1);
            Claim.that("a program that caches on the heap makes no directory", !Files.exists(twat.directory()));
            Claim.that("and nothing is in it", twat.diskUsage().equals(DiskUsage.NONE));
        }

        // What an engine does with its folder; StoreContext.directory() lends it.
        DirectorySettings settings =
                DirectorySettings.standard().at(directory).bounded(new Quota(1000, QuotaPolicy.LARGEST));
        try (CacheDirectory open = CacheDirectory.open(settings);
                CacheFolder reports = open.folder("reports")) {
            reports.settle(Layout.FILE_PER_ENTRY, bytes -> reports.delete("may.txt")); // who can be spared first
            reports.write("may.txt", out -> out.write(new byte[700]));
            Claim.that("it is counted", open.usage().bytes() == 700);
            boolean written = reports.write("june.txt", out -> out.write(new byte[600]));
            Claim.that("room was made for the new one", written && open.usage().bytes() == 600);
            Claim.that(
                    "what can never fit is refused",
                    !reports.write("all.txt", out -> out.write(new byte[1001]))
                            && Files.exists(reports.resolve("june.txt")));
            reports.clear();
        }
    }
}
