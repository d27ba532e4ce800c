package io.github.twatcache;

import io.github.twatcache.spi.Trait;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which engine a cache is on, as data: why, what was passed over and why, what would mend that. Immutable.
 *
 * @param asked what was asked for: {@code "auto"}, {@code "memory"}, an engine's name, or {@code "split"}
 * @param engine the engine that was taken
 * @param reasons what speaks for it, the weightiest first
 * @param passedOver the engines that were not taken
 * @param fellBack whether it stands in for another, which was asked for or would have been chosen and cannot run here
 * @param lost what was asked for and is lost, as {@code onUnavailable(DEGRADE)} allows
 * @param parts the choices of the two engines of a split, the one for small values first; else empty
 */
public record EngineChoice(
        String asked,
        String engine,
        List<Reason> reasons,
        List<PassedOver> passedOver,
        boolean fellBack,
        Set<Trait> lost,
        List<EngineChoice> parts) {
    /** Copies what it is given. */
    public EngineChoice {
        reasons = List.copyOf(reasons);
        passedOver = List.copyOf(passedOver);
        lost = Collections.unmodifiableSet(new TreeSet<>(lost));
        parts = List.copyOf(parts);
    }

    /** The rules, the weightiest first: a later one decides only among engines that all earlier ones like equally. */
    public enum Rule {
        /** The engine was asked for. */
        EXPLICIT,
        /** What the function returns. */
        RETURN_TYPE,
        /** How large a value is expected to be. */
        VALUE_SIZE,
        /** How many entries are expected, and what they take together. */
        ENTRIES,
        /** Whether entries are to outlive the process. */
        PERSISTENCE,
        /** How the cache is expected to be used. */
        ACCESS_PATTERN,
        /** Who shares the cache: threads, processes, machines. */
        CONCURRENCY,
        /** The fastest that is present. */
        FASTEST
    }

    /**
     * One rule and what it said.
     *
     * @param rule the rule
     * @param because what it was told and what follows, in a sentence
     * @param prefers the engines that it likes best among all known ones, present or not
     */
    public record Reason(Rule rule, String because, List<String> prefers) {
        /** Copies the list. */
        public Reason {
            prefers = List.copyOf(prefers);
        }
    }

    /** Why an engine was not taken. */
    public enum Obstacle {
        /** It is not on the class path. */
        ABSENT,
        /** It says that it cannot run here. */
        UNAVAILABLE,
        /** It failed to open. */
        NOT_OPENED,
        /** It cannot honour a setting. */
        CANNOT_HONOUR,
        /** It cannot keep what the cache is to hold: nothing names the function, or keys or values have no encoding. */
        CANNOT_KEEP,
        /** Something that was asked for would be lost. */
        LOSES,
        /** It could have been taken, but the rules prefer another. */
        LESS_FIT,
        /** It is taken only where it is named. */
        ONLY_BY_NAME
    }

    /**
     * An engine that was not taken.
     *
     * @param engine its name
     * @param obstacle what kept it from being taken
     * @param why the same in words
     * @param mend what to do to have it
     */
    public record PassedOver(String engine, Obstacle obstacle, String why, String mend) {
        @Override
        public String toString() {
            return "'" + engine + "' was passed over: " + why + (mend.isEmpty() ? "" : "; " + mend);
        }
    }

    /**
     * The choice in sentences: what speaks for the engine, then what was passed over.
     *
     * @return the sentences; unmodifiable
     */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        reasons.forEach(reason -> sentences.add(reason.because));
        passedOver.forEach(passed -> sentences.add(passed.toString()));
        new TreeSet<>(lost).forEach(trait -> sentences.add("lost by that: " + trait.words()));
        for (int i = 0; i < parts.size(); i++) {
            EngineChoice part = parts.get(i);
            String values = i == 0 ? "small values on '" : "large values on '";
            part.sentences().forEach(sentence -> sentences.add(values + part.engine + "': " + sentence));
        }
        return List.copyOf(sentences);
    }
}
