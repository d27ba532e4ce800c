package io.github.twatcache;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.key.SourceCompiler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compiler refuses a capability to a cache whose values do not suit it. */
class CapabilityTypesTest {
    @TempDir
    Path directory;

    private void compile(String value, String use) throws IOException {
        SourceCompiler.compile(
                directory,
                List.of("-cp", SourceCompiler.path()),
                "Use.java",
                "import io.github.twatcache.*;\nclass Use { void use(Cache<String, " + value
                        + "> cache) throws Exception { " + use + "; } }");
    }

    @Test
    void counters_ofLongs_andOfNothingElse() {
        String use = "long n = Counters.of(cache).increment(\"k\")";
        assertThatCode(() -> compile("Long", use)).doesNotThrowAnyException();
        assertThatThrownBy(() -> compile("String", use)).hasMessageContaining("cannot be converted");
        assertThatThrownBy(() -> compile("Integer", use)).hasMessageContaining("cannot be converted");
    }

    @Test
    void streams_ofBytes_andOfNothingElse() {
        String use = "Streams.of(cache).open(\"k\").isPresent()";
        assertThatCode(() -> compile("byte[]", use)).doesNotThrowAnyException();
        assertThatThrownBy(() -> compile("String", use)).hasMessageContaining("cannot be converted");
    }

    @Test
    void queues_itemsAreValues() {
        assertThatCode(() -> compile("Long", "Long item = Queues.of(cache).queue(\"q\").poll()"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> compile("String", "Queues.of(cache).queue(\"q\").add(1L)"))
                .hasMessageContaining("cannot be converted");
    }
}
