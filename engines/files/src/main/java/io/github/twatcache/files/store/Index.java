package io.github.twatcache.files.store;

import io.github.twatcache.files.Victims;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is stored, as far as limits, lifetimes and tags ask for it: in memory, so that no write walks. It is made by walking
 * once, and then kept by the {@link Journal}. Used under the directory's lock.
 */
final class Index {
    private static final Comparator<Item> BY_NAME = Comparator.comparing(item -> item.digest);

    private final Map<String, Item> items = new HashMap<>();
    private final TreeSet<Item> victims;
    private final TreeSet<Item> mortal =
            new TreeSet<>(Comparator.<Item>comparingLong(item -> item.kept).thenComparing(BY_NAME));

    /** Those that outlive their freshness. */
    private final TreeSet<Item> staling =
            new TreeSet<>(Comparator.<Item>comparingLong(item -> item.fresh).thenComparing(BY_NAME));

    private final Map<String, Set<Item>> tagged = new HashMap<>();
    private final Measure measure;

    /** How far it has read the journal. */
    Journal.@Nullable Position position;

    /** How far it has read the record of uses. */
    long heard;

    private long taken;

    Index(Measure measure, Victims order) {
        this.measure = measure;
        Comparator<Item> oldest =
                Comparator.<Item>comparingLong(item -> item.used).thenComparing(BY_NAME);
        this.victims = new TreeSet<>(
                order == Victims.LEAST_COST_PER_BYTE
                        ? Comparator.comparingDouble(Item::worth).thenComparing(oldest)
                        : oldest);
    }

    void put(Item item) {
        Item before = items.put(item.digest, item);
        if (before != null) {
            unlink(before);
            item.uses = before.uses;
            item.used = Math.max(item.used, before.used);
        }
        victims.add(item);
        if (item.kept != Long.MAX_VALUE) {
            mortal.add(item);
        }
        if (item.kept != item.fresh) {
            staling.add(item);
        }
        item.tags.forEach(
                tag -> tagged.computeIfAbsent(tag, first -> new HashSet<>()).add(item));
        taken += measure.of(item);
    }

    @Nullable Item remove(String digest) {
        Item item = items.remove(digest);
        if (item != null) {
            unlink(item);
        }
        return item;
    }

    private void unlink(Item item) {
        victims.remove(item);
        mortal.remove(item);
        staling.remove(item);
        item.tags.forEach(tag -> tagged.computeIfPresent(tag, (name, those) -> {
            those.remove(item);
            return those.isEmpty() ? null : those;
        }));
        taken -= measure.of(item);
    }

    /** Notes uses of an entry, if it is there. */
    void used(String digest, long last, long times) {
        Item item = items.get(digest);
        if (item != null) {
            victims.remove(item);
            item.used = Math.max(item.used, last);
            item.uses += times;
            victims.add(item);
        }
    }

    /** Notes when an entry was used last, and how often at least, if it is there. */
    void known(String digest, long last, long times) {
        Item item = items.get(digest);
        if (item != null) {
            used(digest, last, Math.max(0, times - item.uses));
        }
    }

    @Nullable Item get(String digest) {
        return items.get(digest);
    }

    Collection<Item> all() {
        return items.values();
    }

    /** How many are fresh, when those that are over have left. */
    long size(long now) {
        return (long) items.size() - stale(now).size();
    }

    /** What of the limit is taken. */
    long taken() {
        return taken;
    }

    /** What those take that are fresh, when those that are over have left. */
    long taken(long now) {
        return taken - stale(now).stream().mapToLong(measure::of).sum();
    }

    private List<Item> stale(long now) {
        List<Item> stale = new ArrayList<>();
        for (Item item : staling) {
            if (item.fresh > now) {
                break;
            }
            stale.add(item);
        }
        return stale;
    }

    /** Who leaves next, but for one that must stay: the one that has been stale longest; null where there is nobody. */
    @Nullable Item victim(@Nullable String spared, long now) {
        for (Item item : staling) {
            if (item.fresh > now) {
                break;
            } else if (!item.digest.equals(spared)) {
                return item;
            }
        }
        for (Item item : victims) {
            if (!item.digest.equals(spared)) {
                return item;
            }
        }
        return null;
    }

    /** Whether there is one of which nothing is to be kept any more. */
    boolean anyDead(long now) {
        return !mortal.isEmpty() && mortal.first().kept <= now;
    }

    /** Some of those of which nothing is to be kept any more. */
    List<Item> dead(long now, int most) {
        List<Item> dead = new ArrayList<>();
        for (Item item : mortal) {
            if (item.kept > now || dead.size() == most) {
                break;
            }
            dead.add(item);
        }
        return dead;
    }

    /** Some of those that carry a tag. */
    List<Item> tagged(String tag, long most) {
        return tagged.getOrDefault(tag, Set.of()).stream().limit(most).toList();
    }
}
