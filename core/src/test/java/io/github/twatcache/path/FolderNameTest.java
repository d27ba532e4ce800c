package io.github.twatcache.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.error.ConfigurationException;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderNameTest {
    private static final List<String> CLOSE = List.of(
            "a-b",
            "a_b",
            "A-B",
            "A_b",
            "a b",
            "a.b",
            "a:b",
            "a~b",
            "a-b ",
            " a-b",
            "a-b.",
            ".a-b",
            "-a-b",
            "_a-b",
            "a--b",
            "a*b",
            "a?b",
            "a|b",
            "a\"b",
            "a<b",
            "A-b",
            "a-B",
            "users",
            "Users",
            "USERS",
            "ﬁ",
            "fi",
            "é",
            "e",
            "É",
            "ß",
            "ss",
            "i",
            "ı",
            "İ",
            "I",
            "K",
            "k",
            "Å",
            "å",
            "com.acme.Api.fetch",
            "com.acme.api.fetch",
            "console",
            "x".repeat(64),
            "x".repeat(65),
            "x".repeat(255),
            "X".repeat(255),
            "a-b~0123456789abcdef0123");

    /** What a blind file system takes for the same. */
    private static String blind(String folder) {
        return Normalizer.normalize(folder, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    }

    @Test
    void of_namesThatDiffer_haveFoldersThatDifferOnABlindFileSystem() {
        Map<String, String> taken = new HashMap<>();
        for (String name : CLOSE) {
            assertThat(taken.put(blind(FolderName.of(name)), name))
                    .as("the folder of '%s' is taken by", name)
                    .isNull();
        }
    }

    @Test
    void of_generatedNames_differAndAreFitForAnyFileSystem() {
        Random random = new Random(20261125);
        String alphabet = "abAB01-_.~ :é|İ";
        Map<String, String> taken = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            StringBuilder name = new StringBuilder("n");
            for (int length = random.nextInt(6); length > 0; length--) {
                name.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String folder = FolderName.of(name.toString());
            String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
            String before = taken.put(folder, composed);
            assertThat(before == null || before.equals(composed)).isTrue();
            assertThat(folder).matches("[a-z0-9][a-z0-9_-]*(~[0-9a-f]{20})?").hasSizeLessThanOrEqualTo(64);
            assertThat(FolderName.possible(folder)).isTrue();
        }
    }

    @Test
    void of_plainNames_areTheirOwnFolders() {
        assertThat(FolderName.of("users")).isEqualTo("users");
        assertThat(FolderName.of("a-b_2")).isEqualTo("a-b_2");
        assertThat(FolderName.of("A-B")).startsWith("a-b~");
    }

    @Test
    void of_twoFormsOfOneName_areTheSame() {
        assertThat(FolderName.of("cafe\u0301")).isEqualTo(FolderName.of("caf\u00e9"));
        assertThat(FolderName.checked("cafe\u0301")).isEqualTo("caf\u00e9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "..",
                "../x",
                "a/b",
                "/etc",
                "a\\b",
                "C:\\x",
                "con",
                "CON",
                "con.txt",
                "Nul",
                "COM1",
                "lpt9.log",
                "aux ",
                "a\0b",
                "a\nb",
                "\ud800",
                "x\udc00y",
                "com¹"
            })
    void checked_namesThatNoDirectoryCanHave_areRefused(String name) {
        assertThatThrownBy(() -> FolderName.of(name))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("cannot have a directory", "choose another name");
    }

    @Test
    void checked_tooLong_isRefusedWithItsLength() {
        assertThatThrownBy(() -> FolderName.of("x".repeat(256)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("256", "255");
        // 85 letters that the composed form makes three times as long.
        assertThatThrownBy(() -> FolderName.of("\ufb2c".repeat(86))).isInstanceOf(ConfigurationException.class);
    }
}
