package io.github.twatcache.jackson;

import io.github.twatcache.error.KeyException;
import io.github.twatcache.error.SerializationException;
import io.github.twatcache.key.CanonicalEncoding;
import io.github.twatcache.key.Encoders;
import io.github.twatcache.key.KeyDigest;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.ValueCodec;
import io.github.twatcache.spi.ValueType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes <code>{"schema":"…","value":…}</code>: the digest of the classes' shapes, then the value. What is written is read back
 * once and compared, so that a value which JSON cannot tell from another is refused at write. Thread-safe.
 */
final class JacksonCodec implements ValueCodec {
    private static final String ID = "jackson-1";
    private static final byte[] END = {'}'};
    private static final CanonicalEncoding CONTENT = CanonicalEncoding.of(Encoders.standard(), KeyDigest.NONE);

    private final byte[] head;
    private final ObjectWriter writer;
    private final ObjectReader reader;

    JacksonCodec(ValueType type) {
        this.head = ("{\"schema\":\"" + HexFormat.of().formatHex(type.schema()) + "\",\"value\":")
                .getBytes(StandardCharsets.US_ASCII);
        // Numbers and strings are as long as the value's own: the bytes are there, so nothing is bounded twice.
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNumberLength(Integer.MAX_VALUE)
                .maxStringLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .build();
        JsonMapper mapper = JsonMapper.builder(
                        JsonFactory.builder().streamReadConstraints(constraints).build())
                .annotationIntrospector(new SealedTypes())
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
                .build();
        JavaType declared = mapper.getTypeFactory().constructType(type.declared());
        this.writer = mapper.writerFor(declared);
        this.reader = mapper.readerFor(declared);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public byte[] encode(Object masked) {
        Object value = Nil.unmask(masked);
        byte[] json;
        boolean same;
        try {
            json = writer.writeValueAsBytes(value);
            same = same(value, reader.readValue(json), json);
        } catch (JacksonException | LinkageError | StackOverflowError | IllegalArgumentException refused) {
            throw new SerializationException(
                    "a value of " + masked.getClass().getTypeName() + " cannot be written and read back, as "
                            + refused.getClass().getName()
                            + " shows; make it a record, tell Jackson by its annotations, or choose another codec",
                    refused);
        }
        if (!same) {
            throw new SerializationException("a value of " + masked.getClass().getTypeName()
                    + " would be read back as another one: JSON does not tell them apart; use types that it does, or choose"
                    + " another codec, such as fory");
        }
        return ByteBuffer.allocate(head.length + json.length + END.length)
                .put(head)
                .put(json)
                .put(END)
                .array();
    }

    /** By content where that is defined; else whatever comes back must be written alike. */
    private boolean same(@Nullable Object value, @Nullable Object back, byte[] json) {
        try {
            return Arrays.equals(CONTENT.encode(value), CONTENT.encode(back));
        } catch (KeyException noContent) {
            return value != null
                    && back != null
                    && value.getClass() == back.getClass()
                    && Arrays.equals(json, writer.writeValueAsBytes(back));
        }
    }

    @Override
    public Object decode(byte[] bytes) {
        int to = bytes.length - END.length;
        if (to < head.length || !Arrays.equals(bytes, 0, head.length, head, 0, head.length) || bytes[to] != END[0]) {
            throw new SerializationException(
                    "a stored value is damaged, or of classes that have changed since; compute it" + " anew");
        }
        try {
            return Nil.mask(reader.readValue(bytes, head.length, to - head.length));
        } catch (RuntimeException | LinkageError | StackOverflowError damaged) {
            throw new SerializationException(
                    "a stored value is damaged, as " + damaged.getClass().getName() + " shows; compute it anew",
                    damaged);
        }
    }
}
