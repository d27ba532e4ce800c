package io.github.twatcache.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.twatcache.fory.ForyFormat;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.ValueCodec;
import io.github.twatcache.spi.ValueType;
import java.util.Arrays;
import java.util.Set;

/** The codec fory, told of a type; the schema before the bytes is right. */
class ForyFuzz {
    private static final ValueCodec CODEC = new ForyFormat().codec(ValueType.of(Samples.Value.class, Set.of()));
    private static final byte[] HEAD = head();

    /** What stands before each value: the longest common beginning of two that differ at once. */
    private static byte[] head() {
        byte[] nothing = CODEC.encode(Nil.NIL);
        return Arrays.copyOf(nothing, 16);
    }

    @FuzzTest(maxDuration = "", maxExecutions = Samples.INPUTS)
    void bytes_ofAnybody_areReadOrRefused(byte[] bytes) {
        byte[] stored = Arrays.copyOf(HEAD, HEAD.length + bytes.length);
        System.arraycopy(bytes, 0, stored, HEAD.length, bytes.length);
        Samples.readOrRefused(() -> CODEC.decode(stored));
    }
}
