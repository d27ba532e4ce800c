package io.github.twatcache.disk.diskcache;

import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.ValueCodec;
import io.github.twatcache.stats.MissReason;
import java.lang.reflect.Modifier;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Values as Python's {@code JSONDisk} keeps them. Null, booleans, texts, whole numbers as {@link Long} (as {@link BigInteger}
 * where they are longer), other numbers as {@link Double}, lists and maps with texts as keys stand there as such; every other
 * value, lists and maps of classes with an order or a use of their own among them, stands there as an object with the codec's
 * id and its bytes.
 */
final class JsonValues implements Values {
    private static final String MARK = "twat-cache";
    private static final String BODY = "base64";
    private static final int DEEPEST = 500;

    private final ValueCodec codec;
    private final JsonDisk disk;
    private final Accepted accepted;

    JsonValues(ValueCodec codec, JsonDisk disk) {
        this.codec = codec;
        this.disk = disk;
        this.accepted = new Accepted(codec);
    }

    @Override
    public Object write(Object value) {
        Object plain = Nil.unmask(value);
        if (isJson(plain, 0)) {
            return disk.compress(JsonWriter.text(plain));
        }
        Map<String, Object> marked = new LinkedHashMap<>();
        marked.put(MARK, codec.id());
        marked.put(BODY, Base64.getEncoder().encodeToString(Marked.wrap(codec.id(), codec.encode(value))));
        return disk.compress(JsonWriter.text(marked));
    }

    /** Whether a value comes back from JSON as an equal one. */
    private static boolean isJson(@Nullable Object value, int depth) {
        if (depth > DEEPEST) {
            return false;
        }
        if (value instanceof BigInteger number) {
            return number.bitLength() >= Long.SIZE;
        }
        if (value instanceof List<?> list) {
            return comesBack(list, ArrayList.class) && list.stream().allMatch(part -> isJson(part, depth + 1));
        }
        if (value instanceof Map<?, ?> map) {
            // One by one: a sorted map compares what it is asked for with its keys, whatever they are.
            return (comesBack(map, LinkedHashMap.class) || map.getClass() == HashMap.class)
                    && map.entrySet().stream()
                            .allMatch(entry -> entry.getKey() instanceof String key
                                    && !key.equals(MARK)
                                    && isJson(entry.getValue(), depth + 1));
        }
        return value == null
                || value instanceof Boolean
                || value instanceof String
                || value instanceof Long
                || value instanceof Double;
    }

    /**
     * Whether what JSON gives back can stand for a list or map: one of the same class, or of a class of the JDK's that nobody
     * can name, such as that of {@code List.of}. Others keep a class or an order of their own, which the codec keeps too.
     */
    private static boolean comesBack(Object value, Class<?> read) {
        Class<?> type = value.getClass();
        return type == read
                || (type.getModule() == Object.class.getModule()
                        && !Modifier.isPublic(type.getModifiers())
                        && !(value instanceof SortedMap));
    }

    @Override
    public Reading read(@Nullable Object content) {
        String json = content instanceof byte[] bytes ? JsonDisk.decompress(bytes) : null;
        if (json == null) {
            return Reading.none(MissReason.UNDECODABLE);
        }
        Object value;
        try {
            value = JsonReader.value(json);
        } catch (IllegalArgumentException noJson) {
            return Reading.none(MissReason.UNDECODABLE);
        }
        if (value == null) {
            return Reading.of(Nil.NIL);
        }
        if (value instanceof Map<?, ?> map && map.containsKey(MARK)) {
            return marked(map.get(BODY));
        }
        return Reading.of(fit(value));
    }

    private Reading marked(@Nullable Object body) {
        try {
            byte[] bytes = body instanceof String text ? Base64.getDecoder().decode(text) : new byte[0];
            return Marked.is(bytes)
                    ? PlainValues.decoded(codec, Marked.read(bytes))
                    : Reading.none(MissReason.UNDECODABLE);
        } catch (IllegalArgumentException damaged) {
            return Reading.none(MissReason.UNDECODABLE);
        }
    }

    /** What the cache can hold, as its codec says. */
    private Object fit(Object value) {
        if (value instanceof String || value instanceof Long || value instanceof Double) {
            if (!accepted.accepts(value)) {
                throw new Unfit(words(value));
            }
            return value;
        }
        try {
            return codec.decode(codec.encode(value));
        } catch (RuntimeException refused) {
            throw new Unfit(words(value));
        }
    }

    private static String words(Object value) {
        if (value instanceof Map) {
            return "an object of JSON, which is a Map";
        } else if (value instanceof List) {
            return "an array of JSON, which is a List";
        }
        return "a value of JSON, which is a " + value.getClass().getSimpleName();
    }
}
