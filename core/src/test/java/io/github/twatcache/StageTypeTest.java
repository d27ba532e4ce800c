package io.github.twatcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import org.junit.jupiter.api.Test;

/** What return types tell of the values that are kept. */
class StageTypeTest {
    interface Returning {
        Flow.Publisher<Map<String, int[]>> rows();

        SubmissionPublisher<? extends Number> numbers();

        @SuppressWarnings("rawtypes")
        Flow.Publisher plain();

        <T> Flow.Publisher<T> some();

        CompletableFuture<? extends Number> later();
    }

    private static Type returned(String method) throws NoSuchMethodException {
        return Returning.class.getDeclaredMethod(method).getGenericReturnType();
    }

    @Test
    void ofList_ofAPublisher_isTheTypeThatReflectionHas() throws Exception {
        Type read = new TypeOf<List<Map<String, int[]>>>() {}.type();
        Type made = StageType.ofList(returned("rows"));
        assertThat(made).isEqualTo(read).hasSameHashCodeAs(read).hasToString(read.toString());
        assertThat(read).isEqualTo(made);
        assertThat(made.getTypeName()).isEqualTo(read.getTypeName());
        assertThat(((ParameterizedType) made).getOwnerType()).isNull();
        assertThat(made).isNotEqualTo(new TypeOf<List<String>>() {}.type());
    }

    @Test
    void ofList_whereTheElementIsNotTold_isAPlainList() throws Exception {
        assertThat(StageType.ofList(returned("numbers")).getTypeName()).isEqualTo("java.util.List<java.lang.Number>");
        for (Type type : List.of(returned("plain"), returned("some"), returned("later"), Object.class)) {
            assertThat(StageType.ofList(type)).isEqualTo(List.class);
        }
        assertThat(StageType.ofValue(returned("later"))).isEqualTo(Number.class);
        assertThat(StageType.ofValue(returned("numbers"))).isEqualTo(Object.class);
    }
}
