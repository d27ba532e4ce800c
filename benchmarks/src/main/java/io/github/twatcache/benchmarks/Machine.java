package io.github.twatcache.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the figures were taken on and with: a figure without it says nothing. */
public final class Machine {
    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d.*)\\.jar");
    private static final List<String> OF_INTEREST = List.of(
            "twat-cache-core",
            "twat-cache-caffeine",
            "twat-cache-disk",
            "caffeine",
            "cache2k-core",
            "ehcache",
            "guava",
            "h2-mvstore",
            "lmdbjava",
            "sqlite-jdbc",
            "jcache",
            "spring-context",
            "jmh-core",
            "jol-core");

    private Machine() {}

    /** Machine, JDK and versions, in lines. */
    public static String describe() {
        return "machine: %s, %d cores, %s memory, %s %s %s%nJDK: %s %s (%s)%nversions: %s%n"
                .formatted(
                        processor(),
                        Runtime.getRuntime().availableProcessors(),
                        memory(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch"),
                        System.getProperty("java.vm.name"),
                        System.getProperty("java.runtime.version"),
                        System.getProperty("java.vendor"),
                        String.join(", ", versions()));
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown processor");
        } catch (IOException notLinux) {
            return System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", "unknown processor");
        }
    }

    private static String memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? String.format(Locale.ROOT, "%.1f GiB", system.getTotalMemorySize() / (double) (1 << 30))
                : "unknown";
    }

    /** By the names of the jars on the class path. */
    private static List<String> versions() {
        List<String> versions = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(System.getProperty("path.separator"), -1)) {
            Matcher jar = JAR.matcher(Path.of(entry).getFileName().toString());
            if (jar.matches() && OF_INTEREST.contains(jar.group(1))) {
                versions.add(jar.group(1) + " " + jar.group(2));
            }
        }
        versions.sort(null);
        return versions;
    }
}
