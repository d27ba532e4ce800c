package io.github.twatcache.files.store;

import io.github.twatcache.files.json.JsonException;
import io.github.twatcache.files.json.JsonReader;
import io.github.twatcache.files.json.JsonWriter;
import io.github.twatcache.files.store.Lifetime.Late;
import io.github.twatcache.key.Digest;
import io.github.twatcache.spi.Terms;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What {@code entry.json} says of an entry. Its last line is a checksum over all that stands before it, so that one that was
 * changed by anybody but us is taken for damaged.
 *
 * @param value the name of the value's file; no other entry, and no other life of this one, has the same
 * @param stored how the value is written there
 * @param key the SHA-256 of the encoded key, in hexadecimal digits
 * @param encoded the encoded key where it can be read back
 * @param created when it was stored, in nanoseconds since 1970
 * @param fresh until when it lives, in nanoseconds since 1970; {@link Terms#FOREVER} for ever
 * @param kept until when it is kept, not before {@code fresh}
 * @param cost how long it took to compute, in nanoseconds; 0 where nobody knows
 * @param weight how heavy it is
 * @param tags what it can be invalidated by
 * @param arguments what the function was called with, where that is to be stored
 * @param late what more there is to say of one that may outlive its freshness; null for nothing
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Head(
        String value,
        Stored stored,
        String key,
        byte @Nullable [] encoded,
        long created,
        long fresh,
        long kept,
        long cost,
        int weight,
        Set<String> tags,
        @Nullable List<@Nullable Object> arguments,
        @Nullable Late late) {
    /** What {@code format} says. */
    static final long FORMAT = 1;

    /** No {@code entry.json} is longer. */
    static final int LONGEST = 16 << 20;

    private static final String SEAL = ",\n  \"crc32c\": \"";
    private static final String END = "\"\n}\n";
    private static final byte[] SEAL_START = SEAL.getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] END_BYTES = END.getBytes(StandardCharsets.ISO_8859_1);
    private static final int CRC_DIGITS = 8;
    private static final int HEX_BITS = 4;
    private static final int SEAL_BYTES = SEAL.length() + CRC_DIGITS + END.length();
    private static final long SECOND = 1_000_000_000L;

    /** The same with another lifetime. */
    Head living(Lifetime lifetime) {
        return new Head(
                value,
                stored,
                key,
                encoded,
                created,
                lifetime.fresh(),
                lifetime.kept(),
                cost,
                weight,
                tags,
                arguments,
                lifetime.late());
    }

    /** The same, which is alive, stale from now on. */
    Head aged(long now) {
        return living(new Lifetime(now, kept, new Late(now, true, version())));
    }

    /** What the source said of the value; null for nothing. */
    @Nullable String version() {
        return late == null ? null : late.version();
    }

    /** Until when look-ups find it. */
    long due() {
        return late == null ? fresh : late.due();
    }

    /** How many bytes the value's file has. */
    long length() {
        return stored.length();
    }

    boolean lives(long now) {
        return fresh > now;
    }

    byte[] written() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("format", FORMAT);
        Map<String, @Nullable Object> file = new LinkedHashMap<>();
        file.put("file", value);
        file.put("type", stored.type());
        file.put("codec", stored.codec());
        file.put("length", stored.length());
        file.put("crc32c", hex(stored.crc()));
        if (stored.compressor() != null) {
            file.put("compressor", stored.compressor());
            file.put("plain", stored.plain());
        }
        members.put("value", file);
        members.put("key", key);
        if (encoded != null) {
            members.put("encoded", Base64.getEncoder().encodeToString(encoded));
        }
        members.put("created", time(created));
        if (cost != 0) {
            members.put("nanoseconds", cost);
        }
        if (fresh != Terms.FOREVER) {
            members.put("fresh", time(fresh));
        }
        if (kept != fresh) {
            members.put("kept", time(kept));
        }
        if (late != null) {
            if (late.due() != fresh) {
                members.put("due", time(late.due()));
            }
            if (late.aged()) {
                members.put("aged", true);
            }
            if (late.version() != null) {
                members.put("version", late.version());
            }
        }
        if (weight != 1) {
            members.put("weight", (long) weight);
        }
        if (!tags.isEmpty()) {
            members.put("tags", tags.stream().sorted().toList());
        }
        if (arguments != null) {
            members.put("arguments", arguments);
        }
        String text = JsonWriter.open(members);
        int seal = crc(text.getBytes(StandardCharsets.ISO_8859_1), text.length());
        return (text + SEAL + hex(seal) + END).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Reads one; null where it is damaged, or of a format that is not known here. */
    static @Nullable Head read(byte[] bytes) {
        int sealed = bytes.length - SEAL_BYTES;
        if (sealed < 0 || !sealed(bytes, sealed)) {
            return null;
        }
        Head plain = PlainHead.read(bytes, sealed);
        if (plain != null) {
            return plain;
        }
        try {
            return read(JsonReader.object(bytes));
        } catch (JsonException
                | ClassCastException
                | IllegalArgumentException
                | DateTimeException
                | ArithmeticException foreign) {
            return null;
        }
    }

    /** The same; null also where it speaks of another entry than the one whose folder it is in. */
    static @Nullable Head read(byte[] bytes, String digest) {
        Head head = read(bytes);
        return head != null
                        && head.key.equals(digest)
                        && (head.encoded == null
                                || Digest.of(head.encoded).hex().equals(digest))
                ? head
                : null;
    }

    /** Whether bytes end as an {@code entry.json} does. */
    static boolean ends(byte[] bytes, int count) {
        return count >= END.length() && PlainHead.stands(END_BYTES, bytes, count - END.length());
    }

    private static boolean sealed(byte[] bytes, int sealed) {
        return PlainHead.stands(SEAL_START, bytes, sealed)
                && ends(bytes, bytes.length)
                && says(bytes, sealed + SEAL.length(), crc(bytes, sealed));
    }

    /** Whether a checksum stands at a place, as {@link #hex} writes it. */
    private static boolean says(byte[] bytes, int at, int crc) {
        for (int digit = 0; digit < CRC_DIGITS; digit++) {
            int value = (crc >>> ((CRC_DIGITS - 1 - digit) * HEX_BITS)) & 0xF;
            if (bytes[at + digit] != Character.forDigit(value, 16)) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("unchecked") // a cast that fails is another's file
    private static @Nullable Head read(Map<String, @Nullable Object> members) {
        if (!Long.valueOf(FORMAT).equals(members.get("format"))) {
            return null;
        }
        Map<String, @Nullable Object> file = (Map<String, @Nullable Object>) there(members, "value");
        String name = (String) there(file, "file");
        if (!ValueName.known(name)) {
            return null;
        }
        Object encoded = members.get("encoded");
        long fresh = members.containsKey("fresh") ? time((String) there(members, "fresh")) : Terms.FOREVER;
        Set<String> tags = new HashSet<>();
        for (Object tag : members.containsKey("tags") ? (List<Object>) there(members, "tags") : List.of()) {
            tags.add((String) tag);
        }
        return new Head(
                name,
                new Stored(
                        name.substring(name.indexOf('.') + 1),
                        (String) there(file, "type"),
                        (String) there(file, "codec"),
                        (Long) there(file, "length"),
                        Integer.parseUnsignedInt((String) there(file, "crc32c"), 16),
                        (String) file.get("compressor"),
                        (Long) there(file, file.containsKey("plain") ? "plain" : "length")),
                (String) there(members, "key"),
                encoded == null ? null : Base64.getDecoder().decode((String) encoded),
                time((String) there(members, "created")),
                fresh,
                members.containsKey("kept") ? time((String) there(members, "kept")) : fresh,
                members.containsKey("nanoseconds") ? (Long) there(members, "nanoseconds") : 0,
                members.containsKey("weight") ? Math.toIntExact((Long) there(members, "weight")) : 1,
                Set.copyOf(tags),
                (List<@Nullable Object>) members.get("arguments"),
                new Late(
                                members.containsKey("due") ? time((String) there(members, "due")) : fresh,
                                members.containsKey("aged"),
                                (String) members.get("version"))
                        .unless(fresh));
    }

    private static Object there(Map<String, @Nullable Object> members, String name) {
        Object value = members.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name);
        }
        return value;
    }

    private static String time(long nanos) {
        return nanos == Terms.FOREVER
                ? "forever"
                : Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND))
                        .toString();
    }

    private static long time(String text) {
        if (text.equals("forever")) {
            return Terms.FOREVER;
        }
        Instant time = Instant.parse(text);
        try {
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), SECOND), time.getNano());
        } catch (ArithmeticException far) {
            throw new IllegalArgumentException(far);
        }
    }

    private static String hex(int crc) {
        String digits = Integer.toHexString(crc);
        return "0".repeat(CRC_DIGITS - digits.length()) + digits;
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
