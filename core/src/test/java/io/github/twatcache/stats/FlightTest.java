package io.github.twatcache.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the JDK's Flight Recorder is told, in a recording that asks for it and in one that does not. */
class FlightTest {
    private static final List<String> NAMES =
            List.of("twatcache.Load", "twatcache.Wait", "twatcache.Evict", "twatcache.Stale", "twatcache.Fallback");

    @TempDir
    Path folder;

    private List<RecordedEvent> recorded(boolean enabled) throws IOException {
        try (TwatCache twat = TwatCache.open();
                Recording recording = new Recording()) {
            // Made before the recording begins, as those of a program are that is looked at while it runs.
            Cache<String, String> cache = twat.cache("flown")
                    .engine("heap")
                    .expireAfterWrite(Duration.ofNanos(1))
                    .failSafe(Duration.ofHours(1))
                    .types(String.class, String.class)
                    .build();
            if (enabled) {
                NAMES.forEach(name -> recording.enable(name).withoutThreshold());
            }
            recording.start();
            cache.get("secret", key -> "secret value");
            try {
                cache.get("other", key -> {
                    throw new IOException("secret");
                });
            } catch (IOException expected) {
                assertThat(expected).hasMessage("secret");
            }
            cache.get("secret", key -> {
                throw new IOException("stale instead");
            });
            cache.remove("secret");
            recording.stop();
            Path file = folder.resolve(enabled + ".jfr");
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().startsWith("twatcache."))
                    .toList();
        }
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }

    @Test
    void recordingThatAsks_isTold_ofCachesThatWereThereBefore() throws IOException {
        List<RecordedEvent> events = recorded(true);
        List<RecordedEvent> loads = named(events, "twatcache.Load");
        assertThat(loads).hasSize(3).allSatisfy(load -> {
            assertThat(load.getString("cache")).isEqualTo("flown");
            assertThat(load.getInt("keys")).isEqualTo(1);
            assertThat(load.getDuration()).isPositive();
            assertThat(load.getStackTrace()).isNotNull();
        });
        assertThat(loads.stream().map(load -> load.getString("failure")).toList())
                .containsExactly(null, IOException.class.getName(), IOException.class.getName());
        assertThat(named(events, "twatcache.Stale"))
                .singleElement()
                .satisfies(stale -> assertThat(stale.getString("key"))
                        .isEqualTo(loads.get(0).getString("key")));
        assertThat(named(events, "twatcache.Evict"))
                .singleElement()
                .satisfies(evict -> assertThat(evict.getString("cause")).isEqualTo("EXPIRED"));
        assertThat(events).noneMatch(event -> event.toString().contains("secret"));
    }

    /** A program of its own, which uses a cache and says what a listener was told. */
    static final class Alone {
        private Alone() {}

        public static void main(String... args) {
            try (TwatCache twat = TwatCache.builder()
                    .events(event -> System.out.println(event.getClass().getSimpleName()))
                    .open()) {
                boolean there = ModuleLayer.boot().findModule("jdk.jfr").isPresent();
                twat.cache("alone")
                        .engine("heap")
                        .types(String.class, String.class)
                        .build()
                        .get("k", key -> "v");
                System.out.println("the recorder is there: " + there);
            }
        }
    }

    @Test
    void imageWithoutTheRecorder_cachesWork_andListenersAreTold() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--limit-modules",
                        "java.base",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Alone.class.getName())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.lines().toList()).contains("Loaded", "the recorder is there: false");
        }
    }

    @Test
    void recordingThatDoesNotAsk_isToldNothing() throws IOException {
        assertThat(recorded(false)).isEmpty();
        assertThat(FlightRecorder.getFlightRecorder().getEventTypes())
                .filteredOn(type -> type.getName().startsWith("twatcache."))
                .hasSize(NAMES.size())
                .noneMatch(EventType::isEnabled)
                .allSatisfy(type -> assertThat(type.getCategoryNames()).containsExactly("twat-cache"));
    }
}
