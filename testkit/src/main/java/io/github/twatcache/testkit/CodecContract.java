package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.Cache;
import io.github.twatcache.Cached1;
import io.github.twatcache.error.SerializationException;
import io.github.twatcache.spi.Trait;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Contract 4.9, and what 4.10 says of references: no one else's code runs. An engine on the heap hands out the very object
 * and looks at no class; another one gives a fresh equal and refuses classes that it does not know, at write.
 */
@Contract("4.9 codec and references")
public abstract class CodecContract extends EngineContract {
    private static final AtomicInteger FOREIGN_CODE = new AtomicInteger();

    /** Makes a contract. */
    protected CodecContract() {}

    /** A class that only its own code can write and read. */
    static final class Foreign implements Serializable {
        private static final long serialVersionUID = 1;

        private void writeObject(ObjectOutputStream out) throws NotSerializableException {
            FOREIGN_CODE.incrementAndGet();
            throw new NotSerializableException("written");
        }

        private void readObject(ObjectInputStream in) throws NotSerializableException {
            FOREIGN_CODE.incrementAndGet();
            throw new NotSerializableException("read");
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // a value that holds an array is what is tested
    record Report(String title, double[] values, Map<String, List<Integer>> index) {}

    private Cache<String, Object> cacheOfAnything() {
        return cache().types(String.class, Object.class).build();
    }

    private static Report report() {
        return new Report("r", new double[] {1, Double.NaN, -0.0}, Map.of("a", List.of(1, 2)));
    }

    @Test
    void value_handedOut_sameOrFresh() {
        Cache<String, Object> cache = cacheOfAnything();
        Report report = report();
        cache.put("k", report);
        Object found = cache.getIfPresent("k");
        if (claims(Trait.BY_REFERENCE)) {
            assertThat(found).isSameAs(report);
        } else {
            // Not by a recursive comparison, to which NaN is not itself.
            Report fresh = (Report) there(found);
            assertThat(fresh).isNotSameAs(report);
            assertThat(fresh.title()).isEqualTo(report.title());
            assertThat(fresh.values()).isEqualTo(report.values());
            assertThat(fresh.index()).isEqualTo(report.index());
        }
    }

    @Test
    void value_ofForeignClass_byReferenceOrRefusedAtWrite() {
        Cache<String, Object> cache = cacheOfAnything();
        Foreign foreign = new Foreign();
        if (claims(Trait.BY_REFERENCE)) {
            cache.put("k", foreign);
            assertThat(cache.getIfPresent("k")).isSameAs(foreign);
        } else {
            assertThatExceptionOfType(SerializationException.class)
                    .isThrownBy(() -> cache.put("k", foreign))
                    .withMessageContaining("Foreign");
            assertThat(cache.get("k", key -> foreign)).isSameAs(foreign);
            assertThat(cache.peek("k").present()).isFalse();
            assertThat(cache.stats().unstoredCount()).isPositive();
        }
        assertThat(FOREIGN_CODE).hasValue(0);
    }

    @Test
    void copyOnRead_callersChange_nothingKeptChanges() {
        Cache<String, Object> cache =
                cache().copyOnRead().types(String.class, Object.class).build();
        int[] given = {1, 2};
        cache.put("array", given);
        given[0] = 9;
        assertThat((int[]) there(cache.getIfPresent("array"))).containsExactly(1, 2);
        ((int[]) there(cache.getIfPresent("array")))[1] = 9;
        assertThat((int[]) there(cache.getIfPresent("array"))).containsExactly(1, 2);
        List<Object> list = new ArrayList<>(List.of(new int[] {1}));
        ((List<?>) cache.get("list", key -> list)).clear();
        ((List<?>) there(cache.getIfPresent("list"))).clear();
        assertThat((List<?>) there(cache.getIfPresent("list"))).hasSize(1);
    }

    @Test
    void copyOnRead_ofMemoized_nothingKeptChanges() {
        Cached1<Integer, int[], RuntimeException> array = cache().copyOnRead().memoize((Integer n) -> new int[] {n});
        array.apply(1)[0] = 7;
        array.apply(1)[0] = 8;
        assertThat(array.apply(1)).containsExactly(1);
    }

    @Test
    void memoized_serialized_refused() {
        Cached1<Integer, Integer, RuntimeException> function = cache().memoize((Integer n) -> n);
        assertThatExceptionOfType(NotSerializableException.class).isThrownBy(() -> {
            try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
                out.writeObject(function);
            }
        });
    }
}
