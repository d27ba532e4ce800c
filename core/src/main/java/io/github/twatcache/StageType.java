package io.github.twatcache;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.concurrent.CompletionStage;

/** What the type of a stage tells of the value that it ends with. */
final class StageType {
    private StageType() {}

    /** The type of the value; {@code Object} where the stage's type does not tell it, as that of a lambda. */
    static Type ofValue(Type stage) {
        if (stage instanceof ParameterizedType known
                && known.getRawType() instanceof Class<?> raw
                && CompletionStage.class.isAssignableFrom(raw)
                && known.getActualTypeArguments().length == 1) {
            Type value = known.getActualTypeArguments()[0];
            if (value instanceof WildcardType some) {
                value = some.getUpperBounds()[0];
            }
            if (value instanceof Class<?> || value instanceof ParameterizedType) {
                return value;
            }
        }
        return Object.class;
    }
}
