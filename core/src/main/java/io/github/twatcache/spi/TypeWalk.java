package io.github.twatcache.spi;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Follows a declared type to all classes that may be in a value of it. No code of these classes runs. */
final class TypeWalk {
    private static final int DIGEST_BYTES = 16;

    private final Set<Class<?>> allowed;
    private final Set<Type> seen = new HashSet<>();
    private final Set<Class<?>> known = new HashSet<>();
    private final Set<Class<?>> strange = new HashSet<>();
    private final Set<Class<?>> arrays = new HashSet<>();
    private final StringBuilder shape = new StringBuilder();

    private TypeWalk(Set<Class<?>> allowed) {
        this.allowed = allowed;
    }

    static TypeWalk of(Type declared, Set<Class<?>> allowed) {
        TypeWalk walk = new TypeWalk(allowed);
        walk.visit(declared);
        allowed.forEach(walk::visit);
        walk.shape.append(declared.getTypeName()).append('\n');
        walk.classes().forEach(walk::describe);
        return walk;
    }

    static Class<?> raw(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        } else if (type instanceof ParameterizedType parameterized) {
            return raw(parameterized.getRawType());
        } else if (type instanceof GenericArrayType array) {
            return raw(array.getGenericComponentType()).arrayType();
        } else if (type instanceof TypeVariable<?> variable) {
            return raw(variable.getBounds()[0]);
        } else if (type instanceof WildcardType wildcard) {
            return raw(wildcard.getUpperBounds()[0]);
        }
        return Object.class;
    }

    private void visit(Type type) {
        if (!seen.add(type)) {
            return;
        }
        if (type instanceof Class<?> plain) {
            visitClass(plain);
        } else if (type instanceof ParameterizedType parameterized) {
            visit(parameterized.getRawType());
            Arrays.stream(parameterized.getActualTypeArguments()).forEach(this::visit);
        } else if (type instanceof GenericArrayType array) {
            arrays.add(raw(array));
            visit(array.getGenericComponentType());
        } else if (type instanceof TypeVariable<?> variable) {
            Arrays.stream(variable.getBounds()).forEach(this::visit);
        } else if (type instanceof WildcardType wildcard) {
            Arrays.stream(wildcard.getUpperBounds()).forEach(this::visit);
        }
    }

    private void visitClass(Class<?> type) {
        if (type.isArray()) {
            arrays.add(type);
            visit(type.getComponentType());
        } else if (type.isRecord()) {
            known.add(type);
            for (RecordComponent component : type.getRecordComponents()) {
                visit(component.getGenericType());
            }
        } else if (type.isEnum()) {
            known.add(type);
        } else if (allowed.contains(type)) {
            known.add(type);
            fields(type).forEach(field -> visit(field.getGenericType()));
            permitted(type);
        } else if (type.isSealed() && !isJdk(type)) {
            permitted(type);
            if (!Modifier.isAbstract(type.getModifiers())) {
                strange.add(type);
            }
        } else if (!isJdk(type) && !type.isPrimitive()) {
            strange.add(type);
        }
    }

    private void permitted(Class<?> type) {
        if (type.isSealed()) {
            Arrays.stream(type.getPermittedSubclasses()).forEach(this::visit);
        }
    }

    private static List<Field> fields(Class<?> type) {
        List<Field> fields = Arrays.stream(type.getDeclaredFields())
                .filter(field ->
                        !Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers()))
                .sorted(Comparator.comparing(Field::getName))
                .collect(Collectors.toList());
        Class<?> parent = type.getSuperclass();
        if (parent != null && !isJdk(parent)) {
            fields.addAll(fields(parent));
        }
        return fields;
    }

    private static boolean isJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    /** One line for a class; a name cannot hold what separates names here. */
    private void describe(Class<?> type) {
        shape.append(type.getName());
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                part(component.getName(), component.getType(), component.getGenericSignature());
            }
        } else if (type.isEnum()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.isEnumConstant()) {
                    part(field.getName(), type, null);
                }
            }
        } else {
            fields(type)
                    .forEach(field -> part(
                            field.getDeclaringClass().getName() + '.' + field.getName(),
                            field.getType(),
                            field.getGenericType().getTypeName()));
        }
        shape.append('\n');
    }

    private void part(String name, Class<?> type, @Nullable String signature) {
        shape.append(';').append(name).append('=').append(type.getName());
        if (signature != null) {
            shape.append(' ').append(signature);
        }
    }

    List<Class<?>> classes() {
        return sorted(known);
    }

    List<Class<?>> arrays() {
        return sorted(arrays);
    }

    List<Class<?>> unknown() {
        return sorted(strange);
    }

    private static List<Class<?>> sorted(Set<Class<?>> classes) {
        return classes.stream().sorted(Comparator.comparing(Class::getName)).toList();
    }

    byte[] schema() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(shape.toString().getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
