package io.github.twatcache.files.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.error.SerializationException;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }   \n",
                "{'shape': (3, 4,), 'fortran_order': False, 'descr': '<f8'}",
                "  {\"descr\":\"<f8\",\n\"fortran_order\":False,\t'shape':(3L,4L)}\n"
            })
    void everyFormThatPythonAllows_isRead(String text) {
        Layout layout = HeaderText.parse(text);

        assertThat(layout.element()).isEqualTo(new Element(Dtype.FLOAT64, 1, ByteOrder.LITTLE_ENDIAN));
        assertThat(layout.fortranOrder()).isFalse();
        assertThat(layout.shape()).containsExactly(3, 4);
    }

    @Test
    void shapes_ofNoAndOfOneDimension_areRead() {
        assertThat(HeaderText.parse("{'descr': '|u1', 'fortran_order': True, 'shape': ()}")
                        .shape())
                .isEmpty();
        assertThat(HeaderText.parse("{'descr': '>c16', 'fortran_order': True, 'shape': (0,)}")
                        .shape())
                .containsExactly(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "{",
                "{}",
                "}",
                "()",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (3,)",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (3,)}}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (3,)} # comment",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (3)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': 3}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': [3]}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (3 4)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (3,,4)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (,)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (-3,)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (03,)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (0x3,)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (3.0,)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (1_0,)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (True,)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (9223372036854775808,)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': ((3,),)}",
                "{'descr': '<f8', 'fortran_order': 0, 'shape': (3,)}",
                "{'descr': '<f8', 'fortran_order': false, 'shape': (3,)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), 'more': 1}",
                "{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (3,)}",
                "{'descr': '<f8', 'fortran_order': False}",
                "{'descr': '<f8' 'fortran_order': False, 'shape': (3,)}",
                "{'descr' '<f8', 'fortran_order': False, 'shape': (3,)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape: (3,)}",
                "{'descr': '\\x3cf8', 'fortran_order': False, 'shape': (3,)}",
                "{'descr': f8, 'fortran_order': False, 'shape': (3,)}",
                "{'descr': None, 'fortran_order': False, 'shape': (3,)}",
                "{**{}, 'descr': '<f8', 'fortran_order': False, 'shape': (3,)}",
                "{'descr': __import__('os').system('true'), 'fortran_order': False, 'shape': (3,)}"
            })
    void anythingElse_isRefused(String text) {
        assertThatThrownBy(() -> HeaderText.parse(text))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("the header is not a dictionary of");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "f",
                "<",
                "f8",
                "<f",
                "=f8",
                "|f8",
                "<f8 ",
                "<f08x",
                "<f3",
                "<f16",
                "<f2",
                "<i3",
                "<i16",
                "<u4",
                "<u8",
                "<c4",
                "<c32",
                "<b2",
                "|b0",
                "<U0",
                "|U3",
                "<U",
                "<U-1",
                "<U536870912",
                "<U99999999999999999999",
                "|O",
                "|S5",
                "<M8[ns]",
                "|V8",
                "<m8",
                "x",
                "<F8",
                "f<8",
                "<f\u0668"
            })
    void dataTypes_withoutCounterpart_areRefused_namingThem(String descr) {
        assertThatThrownBy(() -> HeaderText.parse("{'descr': '" + descr + "', 'fortran_order': False, 'shape': ()}"))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("dtype " + descr + " has no counterpart in Java");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "|O,it holds pickled objects",
                "<M8[ns],store its numbers: a.astype('int64')",
                "<m8[s],store its numbers: a.astype('int64')",
                "|S5,store it as text: a.astype('U')",
                "<u4,store it as int64: a.astype('int64')",
                "<f2,store it as float32",
                "<f16,store it as float64: a.astype('float64')",
                "<c32,store it as complex128: a.astype('complex128')"
            })
    void dataTypes_withoutCounterpart_areRefused_sayingWhatToDo(String descr, String advice) {
        assertThatThrownBy(() -> HeaderText.parse("{'descr': '" + descr + "', 'fortran_order': False, 'shape': ()}"))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("dtype " + descr + " has no counterpart in Java; ")
                .hasMessageContaining(advice);
    }

    @Test
    void structuredDataTypes_howeverDeeplyNested_areRefused_namingTheirBeginning() {
        String nested = "[('a', ".repeat(10_000);

        assertThatThrownBy(() -> HeaderText.parse("{'descr': " + nested))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("dtype [('a', [('a', ")
                .hasMessageContaining("…")
                .hasMessageContaining("structured");
        assertThatThrownBy(() -> HeaderText.parse("{'shape': " + "(".repeat(60_000)))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void tooManyDimensions_areRefused() {
        String shape = "1, ".repeat(65);

        assertThatThrownBy(() -> HeaderText.parse("{'descr': '<f8', 'fortran_order': False, 'shape': (" + shape + ")}"))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("more than 64 dimensions");
    }
}
