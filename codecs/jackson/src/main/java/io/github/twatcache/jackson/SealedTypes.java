package io.github.twatcache.jackson;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.jsontype.NamedType;

/**
 * Lets values of a sealed type carry the name of their class, of those that the type permits and no other. A user's own
 * {@code @JsonTypeInfo} is not heeded: it might let the JSON name any class.
 */
final class SealedTypes extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    private static final JsonTypeInfo.Value BY_NAME = JsonTypeInfo.Value.construct(
            JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, "@type", null, false, Boolean.TRUE, null);

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
        return annotated instanceof AnnotatedClass && open(annotated.getRawType()) ? BY_NAME : null;
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
        if (!(annotated instanceof AnnotatedClass) || !open(annotated.getRawType())) {
            return null;
        }
        List<NamedType> permitted = new ArrayList<>();
        leaves(annotated.getRawType(), permitted);
        return permitted;
    }

    private static boolean open(Class<?> type) {
        return type.isSealed() && !type.isEnum() && Modifier.isAbstract(type.getModifiers());
    }

    private static void leaves(Class<?> type, List<NamedType> leaves) {
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            if (open(permitted)) {
                leaves(permitted, leaves);
            } else {
                leaves.add(new NamedType(permitted, permitted.getName()));
            }
        }
    }
}
