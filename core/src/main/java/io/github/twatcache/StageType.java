package io.github.twatcache;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** What the type of a stage tells of the value that it ends with, and that of a publisher of the elements that it brings. */
final class StageType {
    private StageType() {}

    /** The type of the value; {@code Object} where the stage's type does not tell it, as that of a lambda. */
    static Type ofValue(Type stage) {
        return argument(stage, CompletionStage.class);
    }

    /** The type of the list of all elements; a plain {@code List} where the publisher's type does not tell them. */
    static Type ofList(Type publisher) {
        Type element = argument(publisher, Flow.Publisher.class);
        return element == Object.class ? List.class : new ListOf(element);
    }

    private static Type argument(Type type, Class<?> generic) {
        if (type instanceof ParameterizedType known
                && known.getRawType() instanceof Class<?> raw
                && generic.isAssignableFrom(raw)
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

    /** The type of a list, as reflection has it: equal to the same type read from a signature. */
    private record ListOf(Type element) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return new Type[] {element};
        }

        @Override
        public Type getRawType() {
            return List.class;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return null;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ParameterizedType that
                    && that.getOwnerType() == null
                    && that.getRawType() == List.class
                    && that.getActualTypeArguments()[0].equals(element);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(getActualTypeArguments()) ^ List.class.hashCode();
        }

        @Override
        public String toString() {
            return List.class.getName() + "<" + element.getTypeName() + ">";
        }
    }
}
