package io.github.twatcache.wrap;

import io.github.twatcache.key.Unended;
import io.github.twatcache.text.CacheNames;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one {@link CacheInvalidate}. */
final class Removals {
    private final Reading reading;
    private final Method method;
    private final CacheInvalidate annotation;
    private final String place;

    Removals(Reading reading, Method method, CacheInvalidate annotation) {
        this.reading = reading;
        this.method = method;
        this.annotation = annotation;
        this.place = "@CacheInvalidate on " + Plan.words(method);
    }

    private void fault(String fault) {
        reading.faults().add(place, fault);
    }

    @Nullable Removal read() {
        boolean tagged = annotation.tags().length > 0;
        if (List.of(annotation.tags()).stream().anyMatch(String::isBlank)) {
            fault("a tag is blank; leave it out, or give it a name");
            return null;
        }
        boolean keyed = annotation.key().length > 0;
        if ((tagged && (keyed || annotation.all())) || (keyed && annotation.all())) {
            fault("key, all and tags exclude each other; give one of them");
            return null;
        }
        Unended result = Unended.of(reading.returnType(method));
        if (result.goesOn() && annotation.when() != CacheInvalidate.When.BEFORE) {
            fault("it returns " + result.words() + ", whose work goes on after the method has returned; remove results"
                    + " where that completes, or say when = BEFORE");
        }
        if (annotation.cache().isEmpty()) {
            if (!tagged) {
                fault("it names no cache; say which, or give tags");
                return null;
            }
            return removal(-1, List.of(), false);
        }
        int cached = reading.cached(annotation.cache());
        if (cached < 0) {
            return ofAnother(tagged);
        }
        if (tagged && reading.cachedMethod(cached).tags().isEmpty()) {
            fault("the results of cache '" + annotation.cache() + "' have no tags; give its @Cached some");
        }
        return tagged || annotation.all()
                ? removal(cached, List.of(), annotation.all())
                : removal(cached, key(reading.cachedMethod(cached)), false);
    }

    /** Of a cache that was opened elsewhere, nothing is known but its name, and whether it has tags. */
    private @Nullable Removal ofAnother(boolean tagged) {
        Optional<Boolean> open = reading.isOpenWithTags(CacheNames.composed(annotation.cache()));
        if (open.isEmpty()) {
            fault(reading.unknown(annotation.cache()) + "; nor is a cache of that name open");
            return null;
        }
        if (!tagged && !annotation.all()) {
            fault("cache '" + annotation.cache()
                    + "' is not of this interface, and the key of one of its results is not known here; say all = true"
                    + " or tags");
            return null;
        }
        if (tagged && !open.get()) {
            fault("the results of cache '" + annotation.cache()
                    + "' have no tags; add tags() where it is built, or say all = true");
            return null;
        }
        return removal(-1, List.of(), annotation.all());
    }

    private Removal removal(int cached, List<Integer> key, boolean all) {
        String cache = CacheNames.composed(annotation.cache());
        return new Removal(annotation.when(), cached, cache, List.of(annotation.tags()), key, all);
    }

    private List<Integer> key(CachedMethod cached) {
        Parameters mine = reading.parametersOf(method);
        int wanted = cached.key().size();
        List<Integer> places;
        if (annotation.key().length > 0) {
            int before = reading.faults().size();
            places = mine.places(annotation.key(), place, reading.faults());
            if (reading.faults().size() > before) {
                return places;
            }
        } else {
            places = Parameters.first(Math.min(wanted, mine.types().size()));
        }
        if (places.size() != wanted) {
            fault("the key of " + Plan.words(cached.method()) + " is made of " + wanted + " parameters, and here are "
                    + places.size() + "; name as many in key, or say all = true");
            return places;
        }
        Parameters theirs = reading.parametersOf(cached.method());
        for (int i = 0; i < wanted; i++) {
            Class<?> needed = theirs.types().get(cached.key().get(i));
            Class<?> given = mine.types().get(places.get(i));
            if (!Reading.boxed(needed).isAssignableFrom(Reading.boxed(given))) {
                fault("parameter #" + places.get(i) + " is of type " + given.getSimpleName() + ", where the key of "
                        + Plan.words(cached.method()) + " has " + needed.getSimpleName()
                        + "; name the right parameters in key, or say all = true");
            }
        }
        return places;
    }
}
