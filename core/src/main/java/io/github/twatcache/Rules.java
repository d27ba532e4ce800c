package io.github.twatcache;

import io.github.twatcache.EngineChoice.Reason;
import io.github.twatcache.EngineChoice.Rule;
import io.github.twatcache.config.AccessPattern;
import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Settings;
import io.github.twatcache.config.ValueKind;
import io.github.twatcache.spi.Trait;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The rules of {@code auto}: in this order, each puts the engines in levels, and a later one decides only among those
 * that all earlier ones have put in the same level.
 *
 * <ol>
 *   <li>the kind of the values, read from the return type or given by a preset; where the function answers with a stage and
 *       no preset was given, first of all that: its callers do not wait, and a hit of the heap keeps nobody
 *   <li>the expected size of a value: below 10 KiB, below 1 MiB, up to 100 MiB, above
 *   <li>the expected number of entries
 *   <li>persistence
 *   <li>the access pattern
 *   <li>who shares the cache
 *   <li>the fastest: the heap before a file, a file before a server; then the rank
 * </ol>
 *
 * <p>A text, a collection or a document may have any size: where a size from 10 KiB up is expected, their kind says
 * nothing, and the size decides; a small document is a text.
 */
final class Rules {
    static final long KIB = 1024;
    static final long MIB = 1024 * KIB;

    /** Below this, values are small. */
    static final long SMALL = 10 * KIB;

    /** Up to this, values are of middling size. */
    static final long MIDDLING = MIB;

    /** Up to this, values are large; above, huge. */
    static final long LARGE = 100 * MIB;

    /** The part of the heap that one cache may be expected to take. */
    private static final int HEAP_SHARE = 4;

    /** What a value is taken to need where nobody has said how large it is. */
    private static final long ASSUMED = KIB;

    /** A directory with more files than this is slow to list and to sweep. */
    private static final long MANY_FILES = 100_000;

    /** What one rule says. */
    private record Opinion(Rule rule, String because, ToIntFunction<Candidate> level) {}

    private final List<Opinion> opinions = new ArrayList<>();

    private Rules() {}

    /**
     * The rules, as told about one cache.
     *
     * @param spec its settings
     * @param type what its function returns, or {@code null} where nobody knows
     * @param staged whether its function answers with a stage, which ends with a value of that type
     * @param heapBytes how large the heap may grow
     * @param fit tells what can be written
     */
    static Rules of(CacheSpec spec, @Nullable Class<?> type, boolean staged, long heapBytes, Fit fit) {
        Rules rules = new Rules();
        Long size = spec.get(Settings.EXPECTED_VALUE_SIZE);
        ValueKind given = spec.get(Settings.VALUE_KIND);
        if (staged && given == null) {
            rules.add(
                    Rule.RETURN_TYPE,
                    "the function answers with a CompletionStage: on the heap nobody waits for a hit",
                    Rules::heapFirst);
        }
        ValueKind kind = given != null ? given : type == null ? ValueKind.UNKNOWN : Kinds.of(type, fit);
        rules.kind(
                kind,
                given != null || type == null
                        ? "values are said to be " + kind
                        : (staged ? "the function's stage ends with " : "the function returns ") + type.getTypeName(),
                size);
        if (size != null) {
            rules.size(size);
        }
        Long entries = spec.get(Settings.EXPECTED_ENTRIES);
        if (entries != null) {
            rules.entries(entries, size == null ? ASSUMED : size, heapBytes);
        }
        Boolean persistent = spec.get(Settings.PERSISTENT);
        if (persistent != null) {
            rules.persistence(persistent);
        }
        AccessPattern pattern = spec.get(Settings.ACCESS_PATTERN);
        if (pattern != null) {
            rules.access(pattern);
        }
        rules.concurrency(spec.on(Settings.SHARED), spec.on(Settings.DISTRIBUTED));
        rules.add(
                Rule.FASTEST,
                "the fastest that is present: the heap is faster than a file, and a file than a server",
                engine -> engine.has(Trait.BY_REFERENCE) ? 0 : engine.has(Trait.DISTRIBUTED) ? 2 : 1);
        return rules;
    }

    private void add(Rule rule, String because, ToIntFunction<Candidate> level) {
        opinions.add(new Opinion(rule, because, level));
    }

    /** The level of an engine is its place among these names; all others come last. */
    private void add(Rule rule, String because, String... best) {
        List<String> names = List.of(best);
        add(rule, because, engine -> names.contains(engine.name()) ? names.indexOf(engine.name()) : names.size());
    }

    private static int heapFirst(Candidate engine) {
        return engine.has(Trait.BY_REFERENCE) ? 0 : 1;
    }

    private void kind(ValueKind kind, String values, @Nullable Long size) {
        boolean sized = size != null && size >= SMALL;
        switch (kind) {
            case SCALAR, OPAQUE, STAGE ->
                add(Rule.RETURN_TYPE, values + ": the heap holds it as it is", Rules::heapFirst);
            case TEXT, COLLECTION -> {
                if (!sized) {
                    add(
                            Rule.RETURN_TYPE,
                            values + ", not said to be large: the heap holds it as it is",
                            Rules::heapFirst);
                }
            }
            case ARRAY, TABLE ->
                add(Rule.RETURN_TYPE, values + ": files hold arrays as they are, then disk", Known.FILES, Known.DISK);
            case IMAGE -> add(Rule.RETURN_TYPE, values + ": disk, then files", Known.DISK, Known.FILES);
            case JSON -> {
                if (size == null || sized) {
                    add(Rule.RETURN_TYPE, values + ": disk, then files", Known.DISK, Known.FILES);
                }
            }
            case CUSTOM ->
                add(Rule.RETURN_TYPE, values + ", which has an encoding: disk, then files", Known.DISK, Known.FILES);
            case UNKNOWN -> {
                // nothing to go by
            }
        }
    }

    private void size(long size) {
        String values = "values of " + Bytes.words(size) + " are expected";
        if (size < SMALL) {
            add(Rule.VALUE_SIZE, values + ", less than 10 KiB: the heap", Rules::heapFirst);
        } else if (size < MIDDLING) {
            add(Rule.VALUE_SIZE, values + ", less than 1 MiB: disk", Known.DISK);
        } else if (size <= LARGE) {
            add(
                    Rule.VALUE_SIZE,
                    values + ", up to 100 MiB: disk or files",
                    engine -> engine.is(Known.DISK) || engine.is(Known.FILES) ? 0 : 1);
        } else {
            add(Rule.VALUE_SIZE, values + ", more than 100 MiB: files, then disk", Known.FILES, Known.DISK);
        }
    }

    private void entries(long entries, long size, long heapBytes) {
        boolean tooMuch = entries > heapBytes / HEAP_SHARE / size;
        boolean tooMany = entries > MANY_FILES;
        if (tooMuch || tooMany) {
            add(
                    Rule.ENTRIES,
                    entries + " entries are expected"
                            + (tooMuch
                                    ? ", with " + Bytes.words(size) + " each too much for a quarter of the heap"
                                    : "")
                            + (tooMany ? ", too many for a file each" : ""),
                    engine ->
                            (tooMuch && engine.has(Trait.BY_REFERENCE)) || (tooMany && engine.is(Known.FILES)) ? 1 : 0);
        }
    }

    private void persistence(boolean persistent) {
        if (persistent) {
            add(Rule.PERSISTENCE, "entries are to outlive the process: disk", Known.DISK);
        } else {
            add(Rule.PERSISTENCE, "entries need not outlive the process: the heap", Rules::heapFirst);
        }
    }

    private void access(AccessPattern pattern) {
        switch (pattern) {
            case READ_MOSTLY ->
                add(
                        Rule.ACCESS_PATTERN,
                        "reads prevail: hits on caffeine wait for nobody, then the heap, then files",
                        engine -> engine.is(Known.CAFFEINE)
                                ? 0
                                : engine.has(Trait.BY_REFERENCE) ? 1 : engine.is(Known.FILES) ? 2 : 3);
            case WRITE_HEAVY ->
                add(
                        Rule.ACCESS_PATTERN,
                        "writes prevail: they are cheapest on heap, and of files in one: disk",
                        engine -> engine.is(Known.HEAP)
                                ? 0
                                : engine.has(Trait.BY_REFERENCE) ? 1 : engine.is(Known.DISK) ? 2 : 3);
            case RECENT, RANDOM ->
                add(
                        Rule.ACCESS_PATTERN,
                        pattern + " use: an engine whose policy can be chosen",
                        engine -> engine.has(Trait.POLICY) ? 0 : 1);
            case FREQUENT ->
                add(
                        Rule.ACCESS_PATTERN,
                        "FREQUENT use: an engine that keeps what is used often",
                        engine -> engine.has(Trait.ADMISSION) ? 0 : engine.has(Trait.POLICY) ? 1 : 2);
        }
    }

    private void concurrency(boolean shared, boolean distributed) {
        if (distributed) {
            add(
                    Rule.CONCURRENCY,
                    "machines share the cache: a server",
                    engine -> engine.has(Trait.DISTRIBUTED) ? 0 : 1);
        } else if (shared) {
            add(Rule.CONCURRENCY, "processes share the cache: disk, then files", Known.DISK, Known.FILES);
        }
    }

    /** The order of engines: the best first. */
    Comparator<Candidate> order() {
        Comparator<Candidate> order = Comparator.comparingInt(candidate -> 0);
        for (Opinion opinion : opinions) {
            order = order.thenComparingInt(opinion.level);
        }
        return order.thenComparing(Comparator.comparingInt(Candidate::rank).reversed())
                .thenComparing(Candidate::name);
    }

    /** What the rules have said, with the engines that each likes best. */
    List<Reason> reasons(List<Candidate> engines) {
        List<Reason> reasons = new ArrayList<>();
        for (Opinion opinion : opinions) {
            int best = engines.stream().mapToInt(opinion.level).min().orElse(0);
            List<String> prefers = engines.stream()
                    .filter(engine -> opinion.level.applyAsInt(engine) == best)
                    .map(Candidate::name)
                    .toList();
            reasons.add(new Reason(opinion.rule, opinion.because, prefers));
        }
        return reasons;
    }

    /** Why an engine stands behind another in {@link #order}. */
    String why(Candidate behind, Candidate before) {
        for (Opinion opinion : opinions) {
            if (opinion.level.applyAsInt(behind) > opinion.level.applyAsInt(before)) {
                return opinion.because;
            }
        }
        return "'" + before.name() + "' has the higher rank";
    }
}
