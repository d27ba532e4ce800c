package io.github.twatcache.key;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Reads an encoding as {@code docs/key-format.md} describes it, into words; it uses nothing of the product. */
final class IndependentDecoder {
    private static final Map<Integer, String> KINDS = Map.of(
            0x28, "list", 0x29, "set", 0x2a, "map", 0x2b, "queue", 0x2c, "priority", 0x2d, "collection", 0x2e, "entry");
    private static final Map<Integer, String> TEXTS = Map.of(
            0x51, "uri", 0x52, "url", 0x53, "path", 0x54, "file", 0x56, "currency", 0x57, "charset", 0x4d, "zone");
    private static final String[] ARRAYS = {"boolean", "byte", "short", "char", "int", "long", "float", "double"};

    private final ByteBuffer in;
    private final boolean key;
    private final List<String> names = new ArrayList<>();
    private final List<String[]> shapes = new ArrayList<>();

    private IndependentDecoder(byte[] bytes) {
        in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        require(in.get() == 1, "version");
        byte form = in.get();
        require(form == 0x4b || form == 0x56, "form");
        key = form == 0x4b;
    }

    static String words(byte[] bytes) {
        IndependentDecoder decoder = new IndependentDecoder(bytes);
        String words = decoder.object();
        decoder.require(!decoder.in.hasRemaining(), "the end");
        return words;
    }

    private void require(boolean sound, String what) {
        if (!sound) {
            throw new IllegalStateException(what + " at " + in.position());
        }
    }

    private int u8() {
        return in.get() & 0xff;
    }

    private int length() {
        int value = 0;
        int shift = 0;
        int next = u8();
        while (next >= 0x80) {
            value += (next - 0x80) << shift;
            shift += 7;
            next = u8();
        }
        return value + (next << shift);
    }

    private String text() {
        int tag = u8();
        require(tag == 0x0a || tag == 0x0b, "a text");
        return text(tag);
    }

    private String text(int tag) {
        int n = length();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < n; i++) {
            char unit = tag == 0x0a ? (char) u8() : in.getChar();
            text.append(
                    unit >= ' ' && unit < 0x7f && unit != '|' ? String.valueOf(unit) : "\\u%04x".formatted((int) unit));
        }
        return n > 150 ? text.charAt(0) + "*" + n : text.toString();
    }

    private String hex(int n) {
        byte[] bytes = new byte[n];
        in.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private String big() {
        byte[] bytes = new byte[length()];
        in.get(bytes);
        return new BigInteger(bytes).toString();
    }

    private String className() {
        int number = key ? 0 : length();
        if (number == 0) {
            names.add(text());
            number = names.size();
        }
        return names.get(number - 1);
    }

    private String objects(String open, int n, boolean pairs) {
        StringJoiner words = new StringJoiner(", ", open, "]");
        for (int i = 0; i < n; i++) {
            words.add(pairs ? object() + "=" + object() : object());
        }
        return words.toString();
    }

    private String object() {
        int tag = u8();
        if (tag >= 0x10 && tag <= 0x17) {
            return array(tag - 0x10);
        }
        if (TEXTS.containsKey(tag)) {
            return TEXTS.get(tag) + ":" + text();
        }
        if (KINDS.containsKey(tag)) {
            return collection(tag);
        }
        return tag >= 0x40 && tag < 0x50 ? time(tag) : other(tag);
    }

    private String other(int tag) {
        return switch (tag) {
            case 0x00 -> "null";
            case 0x01 -> "false";
            case 0x02 -> "true";
            case 0x03 -> "byte:" + in.get();
            case 0x04 -> "short:" + in.getShort();
            case 0x05 -> "char:" + in.getChar();
            case 0x06 -> "int:" + in.getInt();
            case 0x07 -> "long:" + in.getLong();
            case 0x08 -> "float:" + Integer.toHexString(in.getInt());
            case 0x09 -> "double:" + Long.toHexString(in.getLong());
            case 0x0a, 0x0b -> "'" + text(tag) + "'";
            case 0x0c -> "integer:" + big();
            case 0x0d -> "decimal:scale " + in.getInt() + " of " + big();
            case 0x18 -> objects(className() + "[", length(), false);
            case 0x1e ->
                "xxh3 of " + bulk() + " low " + Long.toHexString(in.getLong()) + " high "
                        + Long.toHexString(in.getLong());
            case 0x1f -> "sha-256 of " + bulk() + " " + hex(32);
            case 0x20 -> "enum " + className() + "." + text();
            case 0x21 -> record();
            case 0x22 -> "class " + className();
            case 0x23 -> "registered " + text() + " " + object();
            case 0x2f -> bits();
            case 0x30 -> "optional[" + (u8() == 1 ? object() : "") + "]";
            case 0x31 -> "optional-int:" + u8() + ":" + in.getInt();
            case 0x32 -> "optional-long:" + u8() + ":" + in.getLong();
            case 0x33 -> "optional-double:" + u8() + ":" + Long.toHexString(in.getLong());
            case 0x50 -> "uuid:" + in.getLong() + ":" + in.getLong();
            case 0x55 -> "locale:" + text() + ":" + text() + ":" + text() + ":" + text() + ":" + text();
            case 0x58 -> "pattern:" + in.getInt() + ":" + text();
            default -> throw new IllegalStateException("tag " + tag);
        };
    }

    private String bulk() {
        int tag = u8();
        return (tag == 0x0b ? "string" : ARRAYS[tag - 0x10]) + " " + length();
    }

    private String bits() {
        StringJoiner words = new StringJoiner(" ", "bits:", "");
        int n = length();
        for (int i = 0; i < n; i++) {
            words.add(Long.toBinaryString(in.getLong()));
        }
        return words.toString();
    }

    private String array(int type) {
        int n = length();
        StringJoiner words = new StringJoiner(" ", ARRAYS[type] + "[", "]");
        for (int i = 0; i < n; i++) {
            String unit = switch (type) {
                case 0, 1 -> String.valueOf(in.get());
                case 2 -> String.valueOf(in.getShort());
                case 3 -> "%04x".formatted((int) in.getChar());
                case 4 -> String.valueOf(in.getInt());
                case 5 -> String.valueOf(in.getLong());
                case 6 -> Integer.toHexString(in.getInt());
                default -> Long.toHexString(in.getLong());
            };
            words.add(unit);
        }
        return n > 100 ? ARRAYS[type] + "[" + n + " of them]" : words.toString();
    }

    private String record() {
        int number = key ? 0 : length();
        if (number == 0) {
            String name = text();
            String[] shape = new String[length() + 1];
            shape[0] = name;
            for (int i = 1; i < shape.length; i++) {
                shape[i] = text() + " " + text();
            }
            shapes.add(shape);
            number = shapes.size();
        }
        String[] shape = shapes.get(number - 1);
        StringJoiner words = new StringJoiner(", ", "record " + shape[0] + "(", ")");
        for (int i = 1; i < shape.length; i++) {
            words.add(shape[i] + "=" + object());
        }
        return words.toString();
    }

    private String collection(int tag) {
        String words = KINDS.get(tag);
        int kind = -1;
        if (!key && tag != 0x2d) {
            kind = u8();
            words += " of kind " + kind;
        }
        boolean ordered = tag == 0x2c || ((tag == 0x29 || tag == 0x2a) && kind >= 2 && kind <= 4);
        if (ordered) {
            words += " in order " + u8();
        } else if ((tag == 0x29 || tag == 0x2a) && kind == 5) {
            words += " of " + className();
        } else if (tag == 0x2b && kind >= 3) {
            words += " for " + length();
        }
        return tag == 0x2e
                ? words + "[" + object() + "=" + object() + "]"
                : objects(words + "[", length(), tag == 0x2a);
    }

    private String date() {
        return in.getInt() + "-" + u8() + "-" + u8();
    }

    private String dateTime() {
        return date() + "T" + in.getLong();
    }

    private String time(int tag) {
        return switch (tag) {
            case 0x40 -> "instant:" + in.getLong() + "+" + in.getInt();
            case 0x41 -> "duration:" + in.getLong() + "+" + in.getInt();
            case 0x42 -> "period:" + in.getInt() + ":" + in.getInt() + ":" + in.getInt();
            case 0x43 -> "date:" + date();
            case 0x44 -> "time:" + in.getLong();
            case 0x45 -> "date-time:" + dateTime();
            case 0x46 -> "offset-time:" + in.getLong() + " at " + in.getInt();
            case 0x47 -> "offset-date-time:" + dateTime() + " at " + in.getInt();
            case 0x48 -> "zoned:" + dateTime() + " at " + in.getInt() + " in " + text();
            case 0x49 -> "year:" + in.getInt();
            case 0x4a -> "year-month:" + in.getInt() + "-" + u8();
            case 0x4b -> "month-day:" + u8() + "-" + u8();
            case 0x4c -> "offset:" + in.getInt();
            case 0x4e -> "date:" + in.getLong();
            default -> throw new IllegalStateException("tag " + tag);
        };
    }
}
