package io.github.twatcache.fory;

import io.github.twatcache.error.KeyException;
import io.github.twatcache.error.SerializationException;
import io.github.twatcache.key.CanonicalEncoding;
import io.github.twatcache.key.Encoders;
import io.github.twatcache.key.KeyDigest;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.ValueCodec;
import io.github.twatcache.spi.ValueType;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.fory.Fory;
import org.apache.fory.ThreadSafeFory;
import org.apache.fory.exception.InsecureException;
import org.apache.fory.resolver.TypeResolver;
import org.apache.fory.serializer.JdkProxySerializer;
import org.apache.fory.serializer.LambdaSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the digest of the classes' shapes, then what Fory writes. Fory's bytes hold no names of fields, so that a changed
 * class would be read as another value: where the digest differs nothing is read. Thread-safe.
 */
final class ForyCodec implements ValueCodec {
    private static final String ID = "fory-1";
    private static final Pattern NAMED = Pattern.compile("[Cc]lass (\\S+) is not registered");
    private static final CanonicalEncoding CONTENT = CanonicalEncoding.of(Encoders.standard(), KeyDigest.NONE);
    private static final int MOST_AT_ONCE = 2 * Runtime.getRuntime().availableProcessors();

    private final byte[] schema;
    private final ThreadSafeFory fory;

    ForyCodec(ValueType type) {
        this.schema = type.schema();
        this.fory = Fory.builder()
                .withXlang(false)
                .requireClassRegistration(true)
                .withRefTracking(true)
                .withCodegen(false)
                .withClassVersionCheck(true)
                .suppressClassRegistrationWarnings(true)
                .buildThreadSafeForyPool(MOST_AT_ONCE);
        // By name: numbers would depend on the order in which the classes are found.
        type.classes().forEach(known -> fory.register(known, known.getName()));
        type.arrays().stream().filter(array -> !innermost(array).isPrimitive()).forEach(this::registerArray);
        fory.registerSerializer(ZonedDateTime.class, (TypeResolver resolver) -> new Zoned(resolver.getConfig()));
        refuse(LambdaSerializer.STUB_LAMBDA_CLASS);
        refuse(JdkProxySerializer.SUBT_PROXY.getClass());
    }

    /** Functions and proxies are known to Fory by themselves; to read one runs code of the class that made it. */
    private <T> void refuse(Class<T> type) {
        fory.registerSerializer(type, (TypeResolver resolver) -> new Refusing<>(resolver.getConfig(), type));
    }

    private static Class<?> innermost(Class<?> array) {
        Class<?> type = array;
        while (type.isArray()) {
            type = type.getComponentType();
        }
        return type;
    }

    /** Some arrays are known to Fory by themselves; others get numbers, in an order that the schema fixes. */
    private void registerArray(Class<?> array) {
        boolean known = fory.execute(one -> one.getTypeResolver().isRegistered(array));
        if (!known) {
            fory.register(array);
        }
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public byte[] encode(Object value) {
        byte[] bytes;
        boolean same;
        try {
            Object plain = Nil.unmask(value);
            bytes = fory.serialize(plain);
            // Fory writes some things that it cannot read, or reads as others: refused here, where somebody is told.
            same = same(plain, fory.deserialize(bytes));
        } catch (RuntimeException | LinkageError | StackOverflowError refused) {
            throw refusal(value, refused);
        }
        if (!same) {
            throw new SerializationException("a value of " + value.getClass().getTypeName()
                    + " would be read back as another one; return something else, or choose another codec");
        }
        byte[] stored = Arrays.copyOf(schema, schema.length + bytes.length);
        System.arraycopy(bytes, 0, stored, schema.length, bytes.length);
        return stored;
    }

    /** By equals where that says so; else by content; a class that has neither is trusted to Fory. */
    private static boolean same(@Nullable Object value, @Nullable Object back) {
        if (Objects.deepEquals(value, back)) {
            return true;
        }
        byte[] content;
        try {
            content = CONTENT.encode(value);
        } catch (KeyException noContent) {
            return value != null && back != null && value.getClass() == back.getClass();
        }
        return Arrays.equals(content, CONTENT.encode(back));
    }

    private static SerializationException refusal(Object value, Throwable refused) {
        Throwable root = refused;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String type = value.getClass().getTypeName();
        Matcher named = NAMED.matcher(String.valueOf(root.getMessage()));
        if (root instanceof InsecureException && named.find()) {
            String strange = named.group(1);
            return new SerializationException(
                    "a value of " + type + " cannot be written: nobody has named the class " + strange
                            + "; name it with allow("
                            + strange.substring(strange.lastIndexOf('.') + 1).replace('$', '.')
                            + ".class), make it a record or an enum that the type of the values leads to, or choose"
                            + " another codec",
                    refused);
        }
        return new SerializationException(
                "a value of " + type + " cannot be written and read back, as "
                        + root.getClass().getName() + " shows; return something else, or choose another codec",
                refused);
    }

    @Override
    public Object decode(byte[] bytes) {
        if (bytes.length <= schema.length || !Arrays.equals(bytes, 0, schema.length, schema, 0, schema.length)) {
            throw new SerializationException(
                    "a stored value is damaged, or of classes that have changed since; compute it" + " anew");
        }
        try {
            return Nil.mask(fory.deserialize(Arrays.copyOfRange(bytes, schema.length, bytes.length)));
        } catch (RuntimeException | LinkageError | StackOverflowError damaged) {
            throw new SerializationException(
                    "a stored value is damaged, as " + damaged.getClass().getName() + " shows; compute it anew",
                    damaged);
        }
    }
}
