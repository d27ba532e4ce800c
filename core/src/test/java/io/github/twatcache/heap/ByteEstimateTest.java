package io.github.twatcache.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Figures of the Java object layout tool, for 4-byte references, written as constants. */
final class ByteEstimateTest {
    private static long bytes(Object value) {
        return (long) new ByteEstimate().weigh(null, value) - ByteEstimate.ENTRY;
    }

    @Test
    void weigh_arrays_asLaidOut() {
        assertThat(bytes(new byte[1000])).isEqualTo(1016);
        assertThat(bytes(new byte[0])).isEqualTo(16);
        assertThat(bytes(new int[3])).isEqualTo(32);
        assertThat(bytes(new double[10])).isEqualTo(96);
        assertThat(bytes(new Object[4])).isEqualTo(32);
        assertThat(bytes(new int[][] {{1}, {2}})).isEqualTo(24 + 24 + 24);
        assertThat(bytes(new boolean[9])).isEqualTo(32);
        assertThat(bytes(new char[9])).isEqualTo(40);
    }

    @Test
    void weigh_strings_byTheirCoder() {
        assertThat(bytes("abc")).isEqualTo(24 + 24);
        assertThat(bytes("")).isEqualTo(24 + 16);
        assertThat(bytes("é".repeat(9))).isEqualTo(24 + 32);
        assertThat(bytes("€".repeat(9))).isEqualTo(24 + 40);
    }

    @Test
    void weigh_scalars_asLaidOut() {
        assertThat(bytes(null)).isZero();
        assertThat(bytes(1)).isEqualTo(16);
        assertThat(bytes(true)).isEqualTo(16);
        assertThat(bytes(1L)).isEqualTo(24);
        assertThat(bytes(1.0)).isEqualTo(24);
        assertThat(bytes(1.0f)).isEqualTo(16);
        assertThat(bytes(TimeUnit.DAYS)).isZero();
        assertThat(bytes(BigInteger.ONE)).isEqualTo(40 + 24);
        assertThat(bytes(Optional.of(1L))).isEqualTo(16 + 24);
    }

    private record Pair(Object left, int right) {}

    @SuppressWarnings("UnusedVariable") // only their sizes count
    private static class Plain {
        long number;
        Object other = new byte[1000];
    }

    @SuppressWarnings("UnusedVariable") // only their sizes count
    private static final class More extends Plain {
        byte small;
    }

    @Test
    void weigh_recordsAndObjects_byTheirFields() {
        assertThat(bytes(new Pair("abc", 1))).isEqualTo(24 + 48);
        assertThat(bytes(new Pair(new Pair(null, 1), 2))).isEqualTo(24 + 24);
        assertThat(bytes(new Plain())).isEqualTo(24);
        assertThat(bytes(new More())).isEqualTo(32);
    }

    @Test
    void weigh_collections_withTheirElements() {
        assertThat(bytes(List.of())).isEqualTo(24 + 16);
        assertThat(bytes(Arrays.asList(1L, 2L, 3L))).isEqualTo(24 + 32 + 3 * 24);
        assertThat(bytes(Map.of("abc", 1L))).isEqualTo(64 + 40 + 48 + 24);
    }

    @Test
    void weigh_sharedAndCyclic_countOnce() {
        byte[] shared = new byte[1000];
        assertThat(bytes(new Object[] {shared, shared})).isEqualTo(24 + 1016);
        assertThat(new ByteEstimate().weigh(shared, shared)).isEqualTo(ByteEstimate.ENTRY + 1016);
        List<Object> list = new ArrayList<>();
        list.add(list);
        assertThat(bytes(list)).isEqualTo(24 + 24);
        Map<String, Object> map = new HashMap<>();
        map.put("", map);
        assertThat(bytes(map)).isEqualTo(64 + 40 + 40);
    }

    @Test
    void weigh_deepChain_doesNotOverflowTheStack() {
        Object chain = "";
        for (int i = 0; i < 200_000; i++) {
            chain = new Pair(chain, i);
        }
        assertThat(bytes(chain)).isEqualTo(40 + 200_000L * 24);
    }

    @Test
    void weigh_huge_saturates() {
        Object huge = new AbstractSet<Object>() {
            @Override
            public Iterator<Object> iterator() {
                return Collections.emptyIterator();
            }

            @Override
            public int size() {
                return Integer.MAX_VALUE;
            }
        };
        assertThat(new ByteEstimate().weigh("k", huge)).isEqualTo(Integer.MAX_VALUE);
    }
}
