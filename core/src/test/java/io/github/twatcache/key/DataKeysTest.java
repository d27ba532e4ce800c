package io.github.twatcache.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.error.KeyException;
import io.github.twatcache.error.SerializationException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

// The keys are what users hand over, arrays in records among them.
@SuppressWarnings("ArrayRecordComponent")
final class DataKeysTest {
    @Test
    void direct_values_areTheirOwnKeys() {
        for (Class<?> type : List.of(String.class, Integer.class, UUID.class, Thread.State.class, Id.class)) {
            assertThat(of(type).direct()).isTrue();
        }
        for (Class<?> type : List.of(double[].class, List.class, Object.class, Series.class, Map.class)) {
            assertThat(of(type).direct()).isFalse();
        }
        assertThat(of(String.class).settled("a")).isEqualTo("a");
        Id id = new Id(3, "x");
        assertThat(of(Id.class).settled(id)).isSameAs(id);
        assertThat(of(Object.class).prepared("a")).isEqualTo("a");
    }

    static List<Object> keys() {
        return List.of(
                new double[] {1, 2},
                new int[][] {{1}, {2, 3}},
                new ArrayList<>(List.of("a", new int[] {1})),
                new HashSet<>(List.of(new Id(1, "a"), List.of(2))),
                Map.of("k", new long[] {1}),
                new Series(1, new int[] {4}),
                Optional.of(new byte[] {1}),
                new String[] {"a", "b"});
    }

    @ParameterizedTest
    @MethodSource("keys")
    void prepared_andSettled_areEqualAndReadBack(Object key) {
        DataKeys keys = of(Object.class);
        Object prepared = keys.prepared(key);
        Object settled = keys.settled(key);
        assertThat(prepared).isEqualTo(settled).hasSameHashCodeAs(settled);
        assertThat(keys.settled(prepared)).isEqualTo(settled);
        Object plain = keys.plain(settled);
        assertThat(keys.settled(plain)).isEqualTo(settled);
        assertThat(plain).usingRecursiveComparison().isEqualTo(key);
        assertThat(keys.codec().decode(keys.codec().encoded(settled))).isEqualTo(settled);
    }

    @Test
    void settled_preparedArray_isCopied() {
        DataKeys keys = of(double[].class);
        double[] array = {1, 2, 3};
        Object settled = keys.settled(keys.prepared(array));
        array[1] = 0;
        assertThat(keys.prepared(new double[] {1, 2, 3})).isEqualTo(settled);
        ((double[]) keys.plain(settled))[0] = 9;
        assertThat(keys.prepared(new double[] {1, 2, 3})).isEqualTo(settled);
    }

    @Test
    void prepared_setWithAComparator_isNoOther() {
        DataKeys keys = of(Set.class);
        Set<String> asked = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        asked.addAll(List.of("A", "b"));
        assertThat(keys.prepared(asked)).isNotEqualTo(keys.settled(Set.of("a", "B")));
        assertThat(keys.prepared(asked)).isEqualTo(keys.settled(Set.of("A", "b")));
    }

    @Test
    void settled_queue_goesByContent() {
        DataKeys keys = of(Object.class);
        Object settled = keys.settled(new ArrayDeque<>(List.of(1, 2)));
        assertThat(keys.prepared(new ArrayDeque<>(List.of(1, 2)))).isEqualTo(settled);
        assertThat(keys.prepared(List.of(1, 2))).isNotEqualTo(settled);
    }

    @Test
    void settled_entry_goesByContent() {
        DataKeys keys = of(Object.class);
        Object settled = keys.settled(Map.entry("k", new int[] {1}));
        assertThat(keys.prepared(Map.entry("k", new int[] {1}))).isEqualTo(settled);
        assertThat(keys.prepared(Map.entry("k", new int[] {2}))).isNotEqualTo(settled);
    }

    @Test
    void of_typeWithoutEquals_isRefused() {
        assertThatThrownBy(() -> of(StringBuilder.class))
                .isInstanceOf(KeyException.class)
                .hasMessageContainingAll("the key", "java.lang.StringBuilder");
        assertThatThrownBy(() -> of(Object.class).settled(new Object())).isInstanceOf(KeyException.class);
        assertThat(DataKeys.of(Odd.class, Encoders.standard().register(Odd.class, "odd", odd -> "", text -> new Odd()))
                        .direct())
                .isFalse();
    }

    /** Found by fuzzing: a Pattern can be encoded, and is no key. */
    @Test
    void decode_bytesOfWhatIsNoKey_areRefusedAsBytes() {
        byte[] pattern = HexFormat.of().parseHex("014b58000000000a00");
        assertThat(new CanonicalKeyCodec<>(Encoders.standard()).decode(pattern)).isInstanceOf(Pattern.class);
        assertThatThrownBy(() -> of(Object.class).codec().decode(pattern))
                .isInstanceOf(SerializationException.class)
                .hasMessageContainingAll("java.util.regex.Pattern", "remove the entry");
    }

    private static DataKeys of(Class<?> type) {
        return DataKeys.of(type, Encoders.standard());
    }

    static final class Odd {}

    record Id(int number, String text) {}

    record Series(int start, int[] values) {}
}
