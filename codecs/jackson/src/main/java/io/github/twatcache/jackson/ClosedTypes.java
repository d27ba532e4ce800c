package io.github.twatcache.jackson;

import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.spi.ValueType;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Currency;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Whether a declared type says all that must be known to read a value of it from JSON. */
final class ClosedTypes {
    private static final Set<Class<?>> SCALARS = Set.of(
            Boolean.class,
            Byte.class,
            Short.class,
            Character.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            String.class,
            BigDecimal.class,
            BigInteger.class,
            UUID.class,
            URI.class,
            Locale.class,
            Currency.class,
            Instant.class,
            Duration.class,
            Period.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            Year.class,
            YearMonth.class,
            MonthDay.class,
            ZoneOffset.class,
            ZoneId.class,
            OptionalInt.class,
            OptionalLong.class,
            OptionalDouble.class);

    private static final Set<Class<?>> COLLECTIONS = Set.of(
            List.class,
            Set.class,
            Deque.class,
            ArrayList.class,
            LinkedList.class,
            ArrayDeque.class,
            HashSet.class,
            LinkedHashSet.class,
            TreeSet.class,
            Optional.class);

    private static final Set<Class<?>> MAPS = Set.of(Map.class, HashMap.class, LinkedHashMap.class, TreeMap.class);

    private static final Set<Class<?>> KEYS =
            Set.of(String.class, Byte.class, Short.class, Integer.class, Long.class, UUID.class);

    private final ValueType type;
    private final Set<Type> seen = new HashSet<>();

    ClosedTypes(ValueType type) {
        this.type = type;
    }

    /**
     * Refuses a type that leaves something open.
     *
     * @throws ConfigurationException naming what is open, and where
     */
    void require() {
        visit(type.declared(), "");
        type.allowed().forEach(allowed -> {
            visit(allowed, "");
            type.classes().stream()
                    .filter(other -> other != allowed && allowed.isAssignableFrom(other) && !allowed.isSealed())
                    .findFirst()
                    .ifPresent(other -> {
                        throw new ConfigurationException(allowed.getName() + " and its subclass " + other.getName()
                                + " cannot both be in values of the codec 'jackson', which would not tell them apart;"
                                + " make them records of a sealed interface");
                    });
        });
    }

    private void visit(Type next, String where) {
        if (next instanceof WildcardType wildcard) {
            visit(wildcard.getUpperBounds()[0], where);
        } else if (next instanceof TypeVariable<?> variable) {
            visit(variable.getBounds()[0], where);
        } else if (next instanceof GenericArrayType array) {
            visit(array.getGenericComponentType(), where);
        } else if (next instanceof ParameterizedType parameterized) {
            arguments(parameterized, (Class<?>) parameterized.getRawType(), where);
        } else if (next instanceof Class<?> plain && seen.add(plain)) {
            visitClass(plain, where);
        }
    }

    private void arguments(ParameterizedType next, Class<?> raw, String where) {
        Type[] arguments = next.getActualTypeArguments();
        if (MAPS.contains(raw)) {
            if (!(arguments[0] instanceof Class<?> key) || !(KEYS.contains(key) || key.isEnum())) {
                throw open(next, where, "a map's keys must be strings, whole numbers, UUIDs or enums");
            }
            visit(arguments[1], where);
        } else if (COLLECTIONS.contains(raw)) {
            visit(arguments[0], where);
        } else if (raw.isRecord() && seen.add(next)) {
            for (Type argument : arguments) {
                visit(argument, where);
            }
            components(raw, where, true);
        } else if (!raw.isRecord()) {
            throw open(next, where, "it is no type that JSON is read back as");
        }
    }

    private void visitClass(Class<?> next, String where) {
        if (next.isPrimitive() || SCALARS.contains(next) || next.isEnum()) {
            return;
        }
        if (next.isArray()) {
            visit(next.getComponentType(), where);
        } else if (next.isRecord()) {
            components(next, where, false);
        } else if (type.allowed().contains(next)) {
            fields(next, where);
        } else if (next.isSealed() && Modifier.isAbstract(next.getModifiers())) {
            for (Class<?> permitted : next.getPermittedSubclasses()) {
                visit(permitted, where + " permitted by " + next.getName());
            }
        } else {
            throw open(next, where, "it does not say what is in it");
        }
    }

    /** Type variables of a record are as open as what stands for them, which was looked at where it stands. */
    private void components(Class<?> record, String where, boolean argumentsKnown) {
        for (RecordComponent component : record.getRecordComponents()) {
            Type generic = component.getGenericType();
            if (!argumentsKnown || !(generic instanceof TypeVariable<?>)) {
                visit(generic, where + " in " + record.getName() + '.' + component.getName());
            }
        }
    }

    private void fields(Class<?> next, String where) {
        for (Class<?> owner = next; owner != null && owner != Object.class; owner = owner.getSuperclass()) {
            for (Field field : owner.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
                    visit(field.getGenericType(), where + " in " + owner.getName() + '.' + field.getName());
                }
            }
        }
    }

    private ConfigurationException open(Type what, String where, String why) {
        return new ConfigurationException("values of type " + type + " cannot be stored by the codec 'jackson': "
                + what.getTypeName() + where + ": " + why
                + "; say the type with its arguments, returns(new TypeOf<List<User>>() {}), use records, enums and sealed"
                + " types, allow the class by name, or choose another codec, such as fory");
    }
}
