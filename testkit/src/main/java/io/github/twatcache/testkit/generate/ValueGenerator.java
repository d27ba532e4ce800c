package io.github.twatcache.testkit.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes tuples of values, nested at most three deep.
 *
 * <p>What a tuple holds follows from its seed alone. Which classes its collections have, and in which order they were
 * filled, follows from a second number, the style: two styles of one seed are equal by content, which is how copies are
 * made. A near-miss is the same tuple with one value in it changed a little.
 */
public final class ValueGenerator {
    private static final int DEEPEST = 3;
    private static final int LONGEST = 3;
    private static final int NOWHERE = -1;

    private final SplittableRandom content;
    private final Styles styles;
    private final SplittableRandom change;
    private final int changed;
    private int nodes;

    private ValueGenerator(long seed, long style, int changed) {
        this.content = new SplittableRandom(seed);
        this.styles = new Styles(new SplittableRandom(style));
        this.change = new SplittableRandom(seed ^ style);
        this.changed = changed;
    }

    /**
     * Makes a tuple.
     *
     * @param seed what it holds
     * @param style of which classes, in which order
     * @return one to three values
     */
    public static @Nullable Object[] tuple(long seed, long style) {
        return new ValueGenerator(seed, style, NOWHERE).tuple();
    }

    /**
     * Makes a tuple in which one value, at any depth, is another one. On rare occasions the change is undone by its
     * surroundings, such as an element of a set that becomes like another; ask the {@link Oracle}.
     *
     * @param seed what the unchanged tuple holds
     * @param style of which classes, in which order, and what is changed
     * @return one to three values
     */
    public static @Nullable Object[] nearMiss(long seed, long style) {
        ValueGenerator unchanged = new ValueGenerator(seed, style, NOWHERE);
        unchanged.tuple();
        int at = new SplittableRandom(style).nextInt(unchanged.nodes);
        return new ValueGenerator(seed, style, at).tuple();
    }

    private @Nullable Object[] tuple() {
        @Nullable Object[] values = new Object[1 + content.nextInt(LONGEST)];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(DEEPEST);
        }
        return values;
    }

    private @Nullable Object value(int depth) {
        int node = nodes++;
        Object value = content.nextInt(3) == 0 && depth > 0 ? holder(depth - 1) : Scalars.draw(content);
        return node == changed ? NearMiss.of(value, change) : value;
    }

    private Object holder(int depth) {
        return switch (content.nextInt(12)) {
            case 0, 1 -> styles.list(values(depth));
            case 2, 3 -> styles.set(distinct(values(depth)));
            case 4, 5 -> map(depth);
            case 6 -> values(depth).toArray();
            case 7 -> new Samples.Named<>(Scalars.text(content), value(depth));
            case 8 -> new Samples.Titled<>(Scalars.text(content), value(depth));
            case 9 -> new Samples.Measured(content.doubles(content.nextInt(4)).toArray(), styles.list(values(depth)));
            case 10 ->
                content.nextBoolean()
                        ? Optional.of(Scalars.text(content))
                        : styles.entry(Scalars.text(content), value(depth));
            default -> styles.queue(texts());
        };
    }

    private List<@Nullable Object> values(int depth) {
        int n = content.nextInt(LONGEST + 1);
        boolean uniform = content.nextBoolean();
        List<@Nullable Object> values = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            values.add(uniform ? Integer.valueOf(content.nextInt(8)) : value(depth));
        }
        return values;
    }

    private List<Object> texts() {
        List<Object> texts = new ArrayList<>();
        for (int n = content.nextInt(LONGEST + 1); n > 0; n--) {
            texts.add(Scalars.text(content));
        }
        return texts;
    }

    private Map<@Nullable Object, @Nullable Object> map(int depth) {
        List<@Nullable Object> keys = values(depth);
        List<@Nullable Object> items = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            items.add(value(depth));
        }
        return styles.map(distinct(keys), items);
    }

    /** Drops what is the same as an earlier one, by content: neither order nor class may decide what stays. */
    private static List<@Nullable Object> distinct(List<@Nullable Object> values) {
        List<@Nullable Object> distinct = new ArrayList<>();
        for (Object value : values) {
            if (distinct.stream().noneMatch(earlier -> Oracle.same(earlier, value))) {
                distinct.add(value);
            }
        }
        return distinct;
    }
}
