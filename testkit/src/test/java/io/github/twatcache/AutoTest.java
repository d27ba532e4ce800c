package io.github.twatcache;

import static io.github.twatcache.EngineChoice.Obstacle.ABSENT;
import static io.github.twatcache.EngineChoice.Obstacle.CANNOT_HONOUR;
import static io.github.twatcache.EngineChoice.Obstacle.CANNOT_KEEP;
import static io.github.twatcache.EngineChoice.Obstacle.LESS_FIT;
import static io.github.twatcache.EngineChoice.Obstacle.ONLY_BY_NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.twatcache.EngineChoice.PassedOver;
import io.github.twatcache.EngineChoice.Reason;
import io.github.twatcache.EngineChoice.Rule;
import io.github.twatcache.config.AccessPattern;
import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Policy;
import io.github.twatcache.config.Settings;
import io.github.twatcache.config.Sources;
import io.github.twatcache.config.ValueKind;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.KeyException;
import io.github.twatcache.function.AsyncFn1;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.key.Encoders;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of {@code auto}, asserted as data: every row of the table that the Python original chose by, and each hint. */
class AutoTest {
    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;

    private final List<TwatCache> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(TwatCache::close);
    }

    /** A stand-in of Caffeine's place: on the heap, with an admission policy, without a choice of policy. */
    private static LastingEngine caffeine() {
        return new LastingEngine("caffeine", 20, Trait.BY_REFERENCE, Trait.ADMISSION);
    }

    private TwatCache with(Engine... engines) {
        return with(builder -> builder, engines);
    }

    private TwatCache with(UnaryOperator<TwatCacheBuilder> settings, Engine... engines) {
        TwatCacheBuilder builder = settings.apply(TwatCache.builder());
        for (Engine engine : engines) {
            builder.engine(engine);
        }
        TwatCache twat = builder.open();
        open.add(twat);
        return twat;
    }

    private TwatCache all() {
        return with(caffeine(), LastingEngine.disk(), LastingEngine.files(), LastingEngine.redis());
    }

    record Point(int x, int y) {}

    static final class Opaque {}

    record Order(Opaque customer, int number) {}

    record Orders(List<Order> orders) {}

    record Job(String name, Thread runner) {}

    @SuppressWarnings("ArrayRecordComponent") // a record of arrays is what is tested
    record Model(float[][] weights) {}

    record Line(List<Point> points) {}

    enum Suit {
        HEARTS
    }

    private static <R> Function<CacheBuilder, EngineChoice> of(Fn1<String, R, RuntimeException> function) {
        return builder -> builder.memoize(function).explain().choice();
    }

    private static <R> Function<CacheBuilder, EngineChoice> later(AsyncFn1<String, R> function) {
        return builder -> builder.memoizeAsync(function).explain().choice();
    }

    private static CompletionStage<double[]> doublesLater(String text) {
        return CompletableFuture.completedFuture(new double[] {text.length()});
    }

    private static CompletableFuture<Point> pointLater(String text) {
        return CompletableFuture.completedFuture(new Point(text.length(), 0));
    }

    private static final Function<CacheBuilder, EngineChoice> ANY = of((String text) -> (Object) text);

    private static Arguments row(
            String words,
            Function<CacheBuilder, EngineChoice> function,
            UnaryOperator<CacheBuilder> hints,
            String... inThisOrder) {
        return arguments(words, function, hints, List.of(inThisOrder));
    }

    /** A row of the table; the engines of the row in their order, each expected when those before it are taken away. */
    static Stream<Arguments> table() {
        UnaryOperator<CacheBuilder> none = builder -> builder;
        return Stream.of(
                // type
                row("int", of((String text) -> 1), none, "caffeine", "heap"),
                row("float", of((String text) -> 1.5), none, "caffeine", "heap"),
                row("str", of((String text) -> text), none, "caffeine", "heap"),
                row("bool", of((String text) -> true), none, "caffeine", "heap"),
                row("None", of((String text) -> (Void) null), none, "caffeine", "heap"),
                row("enum", of((String text) -> Suit.HEARTS), none, "caffeine", "heap"),
                row("list", of((String text) -> List.of(text)), none, "caffeine", "heap"),
                row("dict", of((String text) -> Map.of(text, 1)), none, "caffeine", "heap"),
                row("tuple", of((String text) -> new String[] {text}), none, "caffeine", "heap"),
                row("set", of((String text) -> Set.of(text)), none, "caffeine", "heap"),
                row("ndarray", of((String text) -> new double[] {1}), none, "files", "disk", "caffeine", "heap"),
                row("ndarray of 2 dimensions", of((String text) -> new float[1][1]), none, "files", "disk", "caffeine"),
                row("DataFrame", ANY, Presets.tables(), "files", "disk", "caffeine", "heap"),
                row("ML model", of((String text) -> new Model(new float[1][1])), Presets.arrays(), "files", "disk"),
                row("image", ANY, Presets.images(), "disk", "files", "caffeine", "heap"),
                row("large JSON", of((String text) -> text), Presets.json(), "disk", "files", "caffeine", "heap"),
                row(
                        "small JSON",
                        of((String text) -> text),
                        b -> b.with(Presets.json()).expectedValueSize(KIB),
                        "caffeine",
                        "heap"),
                row("custom class", of((String text) -> new Point(1, 2)), none, "disk", "files", "caffeine", "heap"),
                row("custom class, by preset", ANY, Presets.custom(), "disk", "files", "caffeine", "heap"),
                row(
                        "record that holds one without encoding",
                        of((String text) -> new Order(new Opaque(), 1)),
                        none,
                        "caffeine",
                        "heap"),
                row("record that holds a thread", of((String text) -> new Job(text, null)), none, "caffeine", "heap"),
                row("record of lists of those", of((String text) -> new Orders(List.of())), none, "caffeine", "heap"),
                row("record of lists of records", of((String text) -> new Line(List.of())), none, "disk", "files"),
                row("custom class without encoding", of((String text) -> new Opaque()), none, "caffeine", "heap"),
                row("arrays, by preset", ANY, Presets.arrays(), "files", "disk", "caffeine", "heap"),
                row("text, by preset", ANY, Presets.text(), "caffeine", "heap"),
                // what comes later
                row("coroutine result", later(AutoTest::pointLater), none, "caffeine", "heap"),
                row("coroutine result, an array", later(AutoTest::doublesLater), none, "caffeine", "heap"),
                row(
                        "coroutine result of a lambda",
                        later(text -> CompletableFuture.completedFuture(new double[1])),
                        none,
                        "caffeine",
                        "heap"),
                row(
                        "coroutine result, large",
                        later(AutoTest::doublesLater),
                        b -> b.expectedValueSize(2 * MIB),
                        "caffeine"),
                row(
                        "coroutine result, lasting",
                        later(AutoTest::doublesLater),
                        CacheBuilder::persistent,
                        "files",
                        "disk"),
                row(
                        "coroutine result, lasting",
                        later(AutoTest::pointLater),
                        CacheBuilder::persistent,
                        "disk",
                        "files"),
                row("coroutine result, shared", later(AutoTest::doublesLater), CacheBuilder::shared, "files", "disk"),
                row("coroutine result, by preset", later(AutoTest::pointLater), Presets.arrays(), "files", "disk"),
                // size
                row("< 10 KB", ANY, b -> b.expectedValueSize(10 * KIB - 1), "caffeine", "heap"),
                row("10 KB", ANY, b -> b.expectedValueSize(10 * KIB), "disk", "caffeine", "heap"),
                row("10 KB - 1 MB", ANY, b -> b.expectedValueSize(MIB - 1), "disk", "caffeine", "heap"),
                row("1 MB", ANY, b -> b.expectedValueSize(MIB), "disk", "files", "caffeine", "heap"),
                row("100 MB", ANY, b -> b.expectedValueSize(100 * MIB), "disk", "files", "caffeine"),
                row("> 100 MB", ANY, b -> b.expectedValueSize(100 * MIB + 1), "files", "disk", "caffeine", "heap"),
                row("text of 2 MB", of((String text) -> text), b -> b.expectedValueSize(2 * MIB), "disk", "files"),
                // persistence
                row("ephemeral", ANY, b -> b.set(Settings.PERSISTENT, false), "caffeine", "heap"),
                row("session", ANY, CacheBuilder::persistent, "disk", "files", "redis"),
                row("long-term", ANY, b -> b.persistent().expectedEntries(100_001), "disk", "redis"),
                // access
                row("read-heavy", ANY, CacheBuilder::readMostly, "caffeine", "heap"),
                row("write-heavy", ANY, CacheBuilder::writeHeavy, "heap"),
                row("temporal", ANY, b -> b.accessPattern(AccessPattern.RECENT), "heap"),
                row("frequency", ANY, b -> b.accessPattern(AccessPattern.FREQUENT), "caffeine", "heap"),
                row("random", ANY, b -> b.accessPattern(AccessPattern.RANDOM), "heap"),
                // concurrency
                row("single, threads", ANY, none, "caffeine", "heap"),
                row("processes", ANY, CacheBuilder::shared, "disk", "files", "redis"),
                row("distributed", ANY, CacheBuilder::distributed, "redis"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void rowOfTheTable_enginesTakenAwayOneByOne_theNextIsChosen(
            String words,
            Function<CacheBuilder, EngineChoice> function,
            UnaryOperator<CacheBuilder> hints,
            List<String> expected) {
        List<LastingEngine> engines = new ArrayList<>(
                List.of(caffeine(), LastingEngine.disk(), LastingEngine.files(), LastingEngine.redis()));
        List<String> chosen = new ArrayList<>();
        for (String engine : expected) {
            EngineChoice choice = function.apply(
                    with(engines.toArray(new Engine[0])).auto("row").with(hints));
            chosen.add(choice.engine());
            assertThat(choice.asked()).isEqualTo("auto");
            assertThat(choice.fellBack()).isFalse();
            engines.removeIf(one -> one.name().equals(engine));
        }
        assertThat(chosen).isEqualTo(expected);
    }

    @Test
    void coroutine_saysThatItIsAStage() {
        EngineChoice choice = all().auto("later")
                .memoizeAsync(AutoTest::doublesLater)
                .explain()
                .choice();
        assertThat(choice.reasons())
                .extracting(EngineChoice.Reason::rule)
                .containsExactly(Rule.RETURN_TYPE, Rule.RETURN_TYPE, Rule.FASTEST);
        assertThat(choice.reasons().get(0).because()).startsWith("the function answers with a CompletionStage");
        assertThat(choice.reasons().get(1).because())
                .startsWith("the function's stage ends with double[]")
                .doesNotContain("the function returns");
    }

    @Test
    void coroutine_ofASplit_hasItsLargeValuesElsewhereThanTheSmallOnes() {
        EngineChoice choice = all().auto("later")
                .split(10 * KIB)
                .memoizeAsync(AutoTest::doublesLater)
                .explain()
                .choice();
        assertThat(choice.parts()).extracting(EngineChoice::engine).containsExactly("caffeine", "files");
    }

    @Test
    void expectedEntries_moreThanTheHeapShouldHold_disk() {
        Engines engines = Engines.found(List.of(caffeine(), LastingEngine.disk(), LastingEngine.files()));
        CacheSpec spec = CacheSpec.of("many", "auto").with(Settings.EXPECTED_ENTRIES, 1_000L, "test");
        assertThat(engines.choose(spec, false, Object.class, false, Fit.UNKNOWN, 4_000 * KIB)
                        .engine()
                        .name())
                .isEqualTo("caffeine");
        Choice full = engines.choose(spec, false, Object.class, false, Fit.UNKNOWN, 4_000 * KIB - 4);
        assertThat(full.engine().name()).isEqualTo("disk");
        assertThat(full.explained().reasons()).extracting(Reason::rule).containsExactly(Rule.ENTRIES, Rule.FASTEST);
        CacheSpec small = spec.with(Settings.EXPECTED_VALUE_SIZE, 100L, "test");
        assertThat(engines.choose(small, false, Object.class, false, Fit.UNKNOWN, 4_000 * KIB - 4)
                        .engine()
                        .name())
                .isEqualTo("caffeine");
    }

    @Test
    void expectedEntries_tooManyForAFileEach_disk() {
        assertThat(choice(CacheBuilder::persistent, ANY, LastingEngine.files(), LastingEngine.redis())
                        .engine())
                .isEqualTo("files");
        assertThat(choice(
                                b -> b.persistent().expectedEntries(100_001),
                                ANY,
                                LastingEngine.files(),
                                LastingEngine.redis())
                        .engine())
                .isEqualTo("redis");
    }

    @Test
    void readMostlyAndWriteHeavy_ofLargeValues_tellFilesAndDiskApart() {
        UnaryOperator<CacheBuilder> large = b -> b.expectedValueSize(2 * MIB);
        Engine[] engines = {LastingEngine.disk(), LastingEngine.files()};
        assertThat(choice(b -> large.apply(b).readMostly(), ANY, engines).engine())
                .isEqualTo("files");
        assertThat(choice(b -> large.apply(b).writeHeavy(), ANY, engines).engine())
                .isEqualTo("disk");
    }

    private static Arguments hint(
            String words,
            UnaryOperator<CacheBuilder> before,
            UnaryOperator<CacheBuilder> hint,
            String without,
            String with,
            Rule rule) {
        return arguments(words, before, hint, without, with, rule);
    }

    /** Each hint, with an engine that is chosen without it and another one with it. */
    static Stream<Arguments> hints() {
        UnaryOperator<CacheBuilder> none = builder -> builder;
        UnaryOperator<CacheBuilder> large = builder -> builder.expectedValueSize(2 * MIB);
        return Stream.of(
                hint("persistent", none, CacheBuilder::persistent, "caffeine", "disk", Rule.PERSISTENCE),
                hint("shared", none, CacheBuilder::shared, "caffeine", "disk", Rule.CONCURRENCY),
                hint("distributed", none, CacheBuilder::distributed, "caffeine", "redis", Rule.CONCURRENCY),
                hint("expectedValueSize", none, large, "caffeine", "disk", Rule.VALUE_SIZE),
                hint("expectedEntries", none, b -> b.expectedEntries(1L << 40), "caffeine", "disk", Rule.ENTRIES),
                hint("readMostly", large, CacheBuilder::readMostly, "disk", "files", Rule.ACCESS_PATTERN),
                hint("writeHeavy", none, CacheBuilder::writeHeavy, "caffeine", "heap", Rule.ACCESS_PATTERN),
                hint(
                        "accessPattern",
                        none,
                        b -> b.accessPattern(AccessPattern.RECENT),
                        "caffeine",
                        "heap",
                        Rule.ACCESS_PATTERN),
                hint("valueKind", none, b -> b.valueKind(ValueKind.ARRAY), "caffeine", "files", Rule.RETURN_TYPE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hints")
    void hint_changesTheOutcomeAndIsTheReason(
            String words,
            UnaryOperator<CacheBuilder> before,
            UnaryOperator<CacheBuilder> hint,
            String without,
            String with,
            Rule rule) {
        assertThat(ANY.apply(all().auto("hint").with(before)).engine()).isEqualTo(without);
        EngineChoice made = ANY.apply(all().auto("hint").with(before).with(hint));
        assertThat(made.engine()).isEqualTo(with);
        assertThat(made.reasons()).extracting(Reason::rule).contains(rule);
    }

    private EngineChoice choice(
            UnaryOperator<CacheBuilder> hints, Function<CacheBuilder, EngineChoice> function, Engine... engines) {
        return function.apply(with(engines).auto("choice").with(hints));
    }

    @Test
    void priority_type_beforeSize_beforePersistence_beforeAccess() {
        Function<CacheBuilder, EngineChoice> array = of((String text) -> new long[] {1});
        EngineChoice made = array.apply(all().auto("all")
                .expectedValueSize(20 * KIB)
                .persistent()
                .writeHeavy()
                .shared());
        assertThat(made.engine()).isEqualTo("files");
        assertThat(made.reasons())
                .extracting(Reason::rule)
                .containsExactly(
                        Rule.RETURN_TYPE,
                        Rule.VALUE_SIZE,
                        Rule.PERSISTENCE,
                        Rule.ACCESS_PATTERN,
                        Rule.CONCURRENCY,
                        Rule.FASTEST);
        assertThat(made.reasons().get(0).prefers()).containsExactly("files");
        assertThat(made.reasons().get(1).prefers()).containsExactly("disk");
    }

    @Test
    void explicitChoice_isBeforeTheReturnType() {
        EngineChoice made =
                of((String text) -> new double[] {1}).apply(all().cache("named").engine("heap"));
        assertThat(made.engine()).isEqualTo("heap");
        assertThat(made.asked()).isEqualTo("heap");
        assertThat(made.reasons()).extracting(Reason::rule).containsExactly(Rule.EXPLICIT);
        assertThat(made.passedOver()).isEmpty();
    }

    @Test
    void passedOver_eachWithItsObstacleAndWhatMendsIt() {
        LastingEngine foreign = new LastingEngine("acme", -1);
        EngineChoice made = of((String text) -> new double[] {1})
                .apply(with(foreign, LastingEngine.disk())
                        .auto("arrays")
                        .policy(Policy.LRU)
                        .maximumSize(10));
        assertThat(made.engine()).isEqualTo("heap");
        assertThat(made.passedOver())
                .extracting(PassedOver::engine, PassedOver::obstacle)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("files", ABSENT),
                        org.assertj.core.groups.Tuple.tuple("disk", CANNOT_HONOUR),
                        org.assertj.core.groups.Tuple.tuple("caffeine", ABSENT),
                        org.assertj.core.groups.Tuple.tuple("acme", ONLY_BY_NAME));
        assertThat(made.passedOver().get(0).mend()).isEqualTo("add the artifact io.github.twatcache:twat-cache-files");
        assertThat(made.passedOver().get(1).why()).contains("policy = LRU (from code)");
        assertThat(made.sentences())
                .contains("'files' was passed over: not on the class path; add the artifact"
                        + " io.github.twatcache:twat-cache-files");
    }

    @Test
    void passedOver_whatWouldDoButFitsLess_isNamedWithTheRule() {
        EngineChoice made = choice(UnaryOperator.identity(), of((String text) -> 1), LastingEngine.disk());
        assertThat(made.passedOver())
                .filteredOn(passed -> passed.engine().equals("disk"))
                .singleElement()
                .satisfies(passed -> {
                    assertThat(passed.obstacle()).isEqualTo(LESS_FIT);
                    assertThat(passed.why())
                            .isEqualTo("the function returns java.lang.Integer: the heap holds it as it is");
                });
    }

    @Test
    void settings_thatNoEngineHonours_areRefused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() ->
                        of((String text) -> 1).apply(with().auto("none").requires(Trait.PERSISTENT, Trait.POLICY)))
                .withMessageContaining("requires = PERSISTENT, POLICY (from code)");
    }

    @Test
    void accessPattern_whereAPolicyCanBeChosen_setsIt() {
        Map<AccessPattern, Policy> policies = Map.of(
                AccessPattern.RECENT, Policy.LRU, AccessPattern.FREQUENT, Policy.LFU, AccessPattern.RANDOM, Policy.RR);
        policies.forEach((pattern, policy) -> {
            Explanation explained = with().auto("policy")
                    .accessPattern(pattern)
                    .maximumSize(10)
                    .memoize((String text) -> text)
                    .explain();
            assertThat(explained.settings().get("policy").value()).isEqualTo(policy);
            assertThat(explained.settings().get("policy").source()).isEqualTo("access-pattern");
        });
        Explanation own = with().auto("policy")
                .accessPattern(AccessPattern.RANDOM)
                .maximumSize(10)
                .policy(Policy.FIFO)
                .memoize((String text) -> text)
                .explain();
        assertThat(own.settings().get("policy").value()).isEqualTo(Policy.FIFO);
    }

    @Test
    void cacheOfData_valueType_isRead() {
        Cache<String, double[]> arrays =
                all().auto("data").types(String.class, double[].class).build();
        assertThat(arrays.explain().engine()).isEqualTo("files");
        arrays.put("k", new double[] {1, 2});
        assertThat(arrays.getIfPresent("k")).containsExactly(1, 2);
    }

    @Test
    void namesOfEngines_onTheFront_openThem() {
        TwatCache twat = all();
        assertThat(twat.disk("a").memoize((String text) -> text).explain().engine())
                .isEqualTo("disk");
        assertThat(twat.files("b").memoize((String text) -> text).explain().engine())
                .isEqualTo("files");
        assertThat(twat.auto().memoize(AutoTest::length).explain().cache()).endsWith("AutoTest.length");
    }

    static int length(String text) {
        return text.length();
    }

    @Test
    void firstResults_largerThanThought_anotherEngineIsAdvised() {
        Cached1<Integer, Object, RuntimeException> blocks =
                with().auto("blocks").memoize((Integer n) -> (Object) new byte[n]);
        assertThat(blocks.explain().advice()).isEmpty();
        for (int i = 0; i < 9; i++) {
            blocks.apply(20_000 + i);
        }
        assertThat(blocks.explain().engine()).isEqualTo("heap");
        assertThat(blocks.explain().advice()).hasValueSatisfying(advice -> {
            assertThat(advice.engine()).isEqualTo("disk");
            assertThat(advice.results()).isEqualTo(9);
            assertThat(advice.medianBytes()).isBetween(20_000L, 20_040L);
            assertThat(advice.mend()).contains("twat-cache-disk").contains("expectedValueSize(");
        });
        assertThat(blocks.explain().toString()).contains("advice: 'disk' would fit better: of the first 9 results");
    }

    private TwatCache lasting() {
        return with(LastingEngine.disk(), LastingEngine.files());
    }

    private static void assertOnTheHeap(Explanation explanation, String why) {
        assertThat(explanation.engine()).isEqualTo("heap");
        assertThat(explanation.choice().passedOver())
                .filteredOn(passed -> passed.engine().equals("disk"))
                .singleElement()
                .satisfies(passed -> {
                    assertThat(passed.obstacle()).isEqualTo(CANNOT_KEEP);
                    assertThat(passed.why()).contains(why);
                });
    }

    private static List<Opaque> opaques(Integer count) {
        return Stream.generate(Opaque::new).limit(count).toList();
    }

    private Point shifted(Integer by) {
        return new Point(open.size(), by);
    }

    @Test
    void functionThatNothingNames_staysOnTheHeap() {
        Cached1<String, Point, RuntimeException> lambda =
                lasting().auto().memoize((String text) -> new Point(text.length(), 2));
        assertOnTheHeap(lambda.explain(), "has no name that means the same in each run");
        assertThat(lambda.apply("abc")).isEqualTo(new Point(3, 2));
        Cached1<Integer, Point, RuntimeException> bound = lasting().auto().memoize(this::shifted);
        assertOnTheHeap(bound.explain(), "has no name");
        assertThat(lasting()
                        .auto("named")
                        .memoize((String text) -> new Point(1, 2))
                        .explain()
                        .engine())
                .isEqualTo("disk");
        assertThatExceptionOfType(ConfigurationException.class)
                .as("who asks for persistence is told what is in its way")
                .isThrownBy(() -> lasting().auto().persistent().memoize((String text) -> new Point(1, 2)))
                .withMessageContaining("name it");
    }

    /** A key that compares by content and has no encoding. */
    static final class UserId {
        private final int number;

        UserId(int number) {
            this.number = number;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof UserId id && id.number == number;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    @Test
    void keysWithoutEncoding_stayOnTheHeap_andAreRefusedElsewhereAtOnce() {
        Cached1<UserId, Point, RuntimeException> function =
                lasting().auto("users").memoize((UserId id) -> new Point(id.number, 0));
        assertOnTheHeap(function.explain(), "argument 0");
        assertThat(function.apply(new UserId(7))).isEqualTo(new Point(7, 0));
        assertThat(function.isCached(new UserId(7))).isTrue();
        Cache<UserId, Point> data =
                lasting().auto("data").types(UserId.class, Point.class).build();
        assertOnTheHeap(data.explain(), UserId.class.getName());
        assertThatExceptionOfType(KeyException.class)
                .isThrownBy(() -> lasting().disk("users").memoize((UserId id) -> new Point(id.number, 0)))
                .withMessageContainingAll(
                        "cache 'users'", "engine 'disk'", "argument 0", "register an encoder", "keyBy");
        TwatCache taught = with(
                builder -> builder.encoders(Encoders.standard()
                        .register(UserId.class, "user-id", id -> id.number, number -> new UserId(number))),
                LastingEngine.disk());
        assertThat(taught.disk("users")
                        .memoize((UserId id) -> new Point(id.number, 0))
                        .apply(new UserId(7)))
                .isEqualTo(new Point(7, 0));
    }

    record OrderKey(UserId id) {}

    @Test
    void keysThatHoldWhatHasNoEncoding_areTheSame() {
        Cached1<OrderKey, Point, RuntimeException> function =
                lasting().auto("orders").memoize((OrderKey key) -> new Point(key.id.number, 0));
        assertOnTheHeap(function.explain(), "component 'id'");
        assertThat(function.apply(new OrderKey(new UserId(7)))).isEqualTo(new Point(7, 0));
        assertThatExceptionOfType(KeyException.class)
                .isThrownBy(() -> lasting().disk("orders").memoize((OrderKey key) -> new Point(key.id.number, 0)))
                .withMessageContaining("component 'id'");
    }

    @Test
    void keysWithoutEncoding_inASplit_orWithAFallback_areRefusedAtOnce() {
        TwatCache twat = lasting();
        assertThatExceptionOfType(KeyException.class)
                .isThrownBy(() -> twat.cache("split")
                        .engine("heap")
                        .split(1_000)
                        .set(Settings.SPLIT_LARGE, "disk")
                        .memoize((UserId id) -> new Point(id.number, 0)));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(
                        () -> twat.memory("guarded").fallback("disk").memoize((UserId id) -> new Point(id.number, 0)))
                .withMessageContainingAll("fallback = disk", "cannot take over", "argument 0");
    }

    /** What was meant for many caches gives way in one whose entries it could not keep. */
    @Test
    void engineAndHintsForMany_giveWay() {
        Properties engine = new Properties();
        engine.setProperty("twat.cache.defaults.engine", "disk");
        engine.setProperty("twat.cache.defaults.fallback", "files");
        Properties hint = new Properties();
        hint.setProperty("twat.cache.defaults.persistent", "true");
        for (Properties defaults : List.of(engine, hint)) {
            TwatCache twat = with(
                    builder -> builder.configuration(Sources.none().systemProperties(defaults)),
                    LastingEngine.disk(),
                    LastingEngine.files());
            CacheBuilder users = defaults.equals(engine) ? twat.cache("users") : twat.auto("users");
            Cached1<UserId, Point, RuntimeException> function = users.memoize((UserId id) -> new Point(id.number, 0));
            assertThat(function.explain().engine()).isEqualTo("heap");
            assertThat(function.apply(new UserId(7))).isEqualTo(new Point(7, 0));
            assertThat(function.explain().notes()).anyMatch(note -> note.contains("skipped"));
        }
    }

    @Test
    void codecsThatAreNotThere_areFaultsOfTheSettings_andNotOfTheValues() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> lasting().auto("c").compress("zsdt").memoize((Integer n) -> new double[n]))
                .withMessageContaining("zsdt");
    }

    @Test
    void valuesWithoutEncoding_stayOnTheHeap_whateverAHintSays() {
        List<UnaryOperator<CacheBuilder>> hints =
                List.of(Presets.images(), Presets.custom(), Presets.tables(), Presets.json());
        for (UnaryOperator<CacheBuilder> hint : hints) {
            Cached1<Integer, Opaque, RuntimeException> function =
                    lasting().auto("opaque").with(hint).memoize((Integer n) -> new Opaque());
            assertOnTheHeap(function.explain(), Opaque.class.getName());
            assertThat(function.apply(1)).isSameAs(function.apply(1));
        }
        assertOnTheHeap(
                lasting()
                        .auto("many")
                        .expectedValueSize(50_000)
                        .memoize(AutoTest::opaques)
                        .explain(),
                Opaque.class.getName());
        assertThat(lasting()
                        .auto("taught")
                        .memoize((Integer n) -> new Order(new Opaque(), n))
                        .explain()
                        .engine())
                .isEqualTo("heap");
        TwatCache taught = with(
                builder -> builder.encoders(
                        Encoders.standard().register(Opaque.class, "opaque", opaque -> 1, one -> new Opaque())),
                LastingEngine.disk());
        assertThat(taught.auto("taught")
                        .memoize((Integer n) -> new Order(new Opaque(), n))
                        .explain()
                        .engine())
                .as("what the instance was taught counts")
                .isEqualTo("disk");
    }

    @SuppressWarnings("ArrayRecordComponent") // a record of arrays is what is tested
    record Heavy(byte[] data, Opaque owner) {}

    @Test
    void firstResults_thatHaveNoEncoding_noAdviceForAnEngineThatCouldNotKeepThem() {
        for (TwatCache twat : List.of(lasting(), with())) {
            Cached1<Integer, Object, RuntimeException> blocks =
                    twat.auto("blocks").memoize((Integer n) -> (Object) new Heavy(new byte[n], new Opaque()));
            for (int i = 0; i < 9; i++) {
                blocks.apply(20_000 + i);
            }
            assertThat(blocks.explain().advice()).isEmpty();
        }
    }

    @Test
    void firstResults_asThought_noAdvice() {
        Cached1<Integer, Object, RuntimeException> small =
                all().auto("small").memoize((Integer n) -> (Object) new byte[n]);
        for (int i = 0; i < 50; i++) {
            small.apply(i);
        }
        assertThat(small.explain().advice()).isEmpty();
        Cached1<Integer, Object, RuntimeException> named =
                all().memory("named").memoize((Integer n) -> (Object) new byte[n]);
        named.apply(5_000_000);
        assertThat(named.explain().advice()).isEmpty();
    }

    @Test
    void firstResults_afterAHundred_areNotWatched() {
        Cached1<Integer, Object, RuntimeException> blocks =
                with().auto("blocks").memoize((Integer n) -> (Object) new byte[n < 100 ? 10 : 200_000]);
        for (int i = 0; i < 400; i++) {
            blocks.apply(i);
        }
        assertThat(blocks.explain().advice()).isEmpty();
        Cache<Integer, Object> bulk =
                with().auto("bulk").types(Integer.class, Object.class).build();
        bulk.getAll(List.of(1, 2, 3), keys -> Map.of(1, new byte[50_000], 2, new byte[50_000], 3, new byte[50_000]));
        assertThat(bulk.explain().advice())
                .hasValueSatisfying(advice -> assertThat(advice.results()).isEqualTo(3));
    }

    @Test
    void thousandCaches_openCheaply_eachAvailableEngineAskedOnce() {
        TwatCache twat = all();
        int threads = Thread.activeCount();
        List<Cache<String, Integer>> caches = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            caches.add(
                    twat.auto("cache " + i).types(String.class, Integer.class).build());
        }
        for (int i = 0; i < 1_000; i++) {
            caches.get(i).put("k", i);
        }
        assertThat(twat.caches()).hasSize(1_000);
        assertThat(caches.get(777).getIfPresent("k")).isEqualTo(777);
        assertThat(Thread.activeCount()).isEqualTo(threads);
    }

    @Test
    void kinds_ofTypes_areTold() {
        Map<Class<?>, ValueKind> kinds = Map.of(
                int[][].class, ValueKind.ARRAY,
                boolean[].class, ValueKind.ARRAY,
                char[].class, ValueKind.TEXT,
                Object[].class, ValueKind.COLLECTION,
                java.time.Instant.class, ValueKind.SCALAR,
                Runnable.class, ValueKind.UNKNOWN,
                EngineChoice.class, ValueKind.CUSTOM,
                Lookup.class, ValueKind.CUSTOM,
                AutoTest.class, ValueKind.OPAQUE,
                Object.class, ValueKind.UNKNOWN);
        kinds.forEach((type, kind) ->
                assertThat(Kinds.of(type, Fit.UNKNOWN)).as(type.getName()).isEqualTo(kind));
    }
}
