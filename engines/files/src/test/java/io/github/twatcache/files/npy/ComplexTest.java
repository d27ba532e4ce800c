package io.github.twatcache.files.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ComplexTest {
    @Test
    void parts_areFoundByPosition() {
        Complex128 numbers = Complex128.of(1, 2, 3, 4);
        Complex64 small = new Complex64(new float[] {1, 2, 3, 4}, 1, 2);

        assertThat(numbers.size()).isEqualTo(2);
        assertThat(numbers.real(1)).isEqualTo(3);
        assertThat(numbers.imaginary(1)).isEqualTo(4);
        assertThat(small.real(0)).isEqualTo(1);
        assertThat(small.imaginary(0)).isEqualTo(2);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> numbers.real(2));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> small.imaginary(-1));
    }

    @Test
    void shapes_thatDoNotGoWithThePairs_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Complex128.of(1, 2, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> new Complex128(new double[4], 3));
        assertThatIllegalArgumentException().isThrownBy(() -> new Complex128(new double[4], -1, -2));
        assertThatIllegalArgumentException().isThrownBy(() -> new Complex64(new float[4]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Complex64(new float[0], 1 << 30, 1 << 30, 1 << 30, 1 << 30));
    }

    @Test
    void equality_isByContentBitForBit_andByShape() {
        double odd = Double.longBitsToDouble(0x7FF8_0000_0000_0001L);

        assertThat(Complex128.of(odd, 1)).isEqualTo(Complex128.of(odd, 1)).hasSameHashCodeAs(Complex128.of(odd, 1));
        assertThat(Complex128.of(odd, 1)).isNotEqualTo(Complex128.of(Double.NaN, 1));
        assertThat(Complex64.of(0.0f, 1)).isNotEqualTo(Complex64.of(-0.0f, 1));
        assertThat(new Complex64(new float[4], 1, 2)).isNotEqualTo(new Complex64(new float[4], 2, 1));
        assertThat(new Complex64(new float[4], 1, 2).toString()).isEqualTo("Complex64[1, 2]");
    }
}
