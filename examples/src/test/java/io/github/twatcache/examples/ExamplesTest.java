package io.github.twatcache.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every example, and looks for what it is there to show. */
class ExamplesTest {
    private static final Path SOURCES = Path.of("src/main/java/io/github/twatcache/examples");

    /** What each example must have shown, in the words of one of its claims. */
    private static final Map<String, String> SHOWN = new TreeMap<>(Map.ofEntries(
            Map.entry("AnnotatedInterface", "a method that is not annotated reaches the target"),
            Map.entry("ArrayFiles", "an array is read where it lies"),
            Map.entry("CacheOfData", "the listener heard of each removal"),
            Map.entry("CachedFailures", "the same exception again, and no call"),
            Map.entry("ChooseEngine", "one cache, two stores"),
            Map.entry("ColdStart", "no later one renders any"),
            Map.entry("Configured", "all faults are told together"),
            Map.entry("CopyOnRead", "with it nobody sees another's change"),
            Map.entry("Directories", "room was made for the new one"),
            Map.entry("ExpirePerResult", "at its end it is not"),
            Map.entry("FailingEngine", "and keeps what it computes"),
            Map.entry("FakeClock", "five minutes after the last use it is gone"),
            Map.entry("FreshInBackground", "chance had this call compute early"),
            Map.entry("FunctionDecides", "a new life without a new body"),
            Map.entry("FunctionForms", "the overload that was named"),
            Map.entry("Futures", "when the last gives up, so does the load"),
            Map.entry("GatherLoads", "three callers, one query"),
            Map.entry("HeapTooFull", "a limit in bytes is one on the heap"),
            Map.entry("KeyControl", "a key of your own"),
            Map.entry("LargeArrays", "after, in files, the first one computes, and later ones map what it has stored"),
            Map.entry("LargeValues", "a stream brings a piece at a time, of the same value"),
            Map.entry("LateResult", "a call that begins after invalidate computes anew"),
            Map.entry("LoadMany", "one query for the two that were missing"),
            Map.entry("LowHitRatio", "without the noise each user is computed once"),
            Map.entry("Memoize", "the second call is answered from the cache"),
            Map.entry("NamesAndIdentity", "two receivers are kept apart"),
            Map.entry("NullIsAValue", "found null is not absent"),
            Map.entry("OneComputation", "one thread computed"),
            Map.entry("OwnEngine", "on the engine that was named"),
            Map.entry("OwnVictimOrder", "the longest word left"),
            Map.entry("Policies", "under FIFO it is a"),
            Map.entry("Publishers", "the second subscriber is given the rows again, and no query is made"),
            Map.entry("ReactorValues", "a hit replays the list"),
            Map.entry("Recursion", "a call that waits for itself is told so"),
            Map.entry("Refresh", "a refresh that fails leaves the old result"),
            Map.entry("ResultsAsFiles", "the next program finds what the first one computed"),
            Map.entry("Scoped", "outside all is as it was"),
            Map.entry("SharedWithPython", "what was counted is a number"),
            Map.entry("SlowHit", "a key of your own is as small as you make it"),
            Map.entry("SourceIsDown", "one call in thirty seconds reaches the source"),
            Map.entry("SlowSource", "after the soft limit the last value is the answer"),
            Map.entry("LifetimesApart", "a hundred values, stored at once, end one by one"),
            Map.entry("SpareTheSource", "after three failures the source is left alone"),
            Map.entry("StatisticsAndExplain", "a miss has a reason"),
            Map.entry("StoreSome", "an empty answer is returned and not stored"),
            Map.entry("Switched", "what was there is there again"),
            Map.entry("Tags", "two orders were Ada's"),
            Map.entry("TailLatency", "with jitter a few at a time"),
            Map.entry("Versions", "and is found until it changes"),
            Map.entry("WeightsAndBytes", "what is too heavy is refused, what was there stays"),
            Map.entry("WhatHappens", "keys are told by their digests")));

    static Stream<String> examples() {
        return SHOWN.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void main_eachExample_showsWhatItIsThereFor(String example) throws Exception {
        assertThat(printed(example)).contains("holds: " + SHOWN.get(example));
    }

    @Test
    void examples_everyClassWithAMain_isRunHere() throws Exception {
        try (Stream<Path> files = Files.list(SOURCES)) {
            assertThat(files.filter(ExamplesTest::hasMain)
                            .map(file -> file.getFileName().toString().replace(".java", "")))
                    .containsExactlyInAnyOrderElementsOf(SHOWN.keySet());
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void main_eachExample_isReadAtOnce(String example) throws Exception {
        assertThat(Files.readAllLines(SOURCES.resolve(example + ".java"))).hasSizeLessThan(80);
    }

    @Test
    void claim_thatDoesNotHold_stopsTheExample() {
        assertThatThrownBy(() -> Claim.that("pigs fly", false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("pigs fly");
    }

    private static boolean hasMain(Path file) {
        try {
            return Files.readString(file).contains("public static void main(");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String printed(String example) throws Exception {
        Class<?> type = Class.forName("io.github.twatcache.examples." + example);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            type.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } catch (InvocationTargetException e) {
            throw new AssertionError(example + " failed", e.getCause());
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
