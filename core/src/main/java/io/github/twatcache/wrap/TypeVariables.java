package io.github.twatcache.wrap;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the type variables of generic super-interfaces stand for in the interface that is wrapped. */
final class TypeVariables {
    private final Map<TypeVariable<?>, Type> meanings = new HashMap<>();

    private TypeVariables(Class<?> type) {
        collect(type);
    }

    static TypeVariables of(Class<?> type) {
        return new TypeVariables(type);
    }

    private void collect(Class<?> type) {
        for (Type parent : type.getGenericInterfaces()) {
            if (parent instanceof ParameterizedType generic) {
                TypeVariable<?>[] variables = ((Class<?>) generic.getRawType()).getTypeParameters();
                for (int i = 0; i < variables.length; i++) {
                    meanings.put(variables[i], generic.getActualTypeArguments()[i]);
                }
            }
        }
        for (Class<?> parent : type.getInterfaces()) {
            collect(parent);
        }
    }

    /** The types of a method's parameters, as far as known. */
    List<Class<?>> parameterTypes(Method method) {
        List<Class<?>> types = new ArrayList<>();
        for (Type type : method.getGenericParameterTypes()) {
            types.add(raw(type));
        }
        return types;
    }

    /** The type of a method's result, as far as known. */
    Class<?> returnType(Method method) {
        return raw(method.getGenericReturnType());
    }

    private Class<?> raw(Type type) {
        if (type instanceof Class<?> known) {
            return known;
        } else if (type instanceof ParameterizedType generic) {
            return raw(generic.getRawType());
        } else if (type instanceof GenericArrayType array) {
            return Array.newInstance(raw(array.getGenericComponentType()), 0).getClass();
        } else if (type instanceof WildcardType wildcard) {
            return raw(wildcard.getUpperBounds()[0]);
        } else if (type instanceof TypeVariable<?> variable) {
            Type meaning = meanings.get(variable);
            return raw(meaning == null ? variable.getBounds()[0] : meaning);
        }
        return Object.class;
    }
}
