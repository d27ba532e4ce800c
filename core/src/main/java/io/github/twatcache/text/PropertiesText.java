package io.github.twatcache.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads what {@link java.util.Properties} reads, and remembers the line of each key: comments, continued lines, escapes.
 * Where {@code Properties} throws, this goes on and tells of all faults.
 */
public final class PropertiesText {
    /**
     * A key with its value.
     *
     * @param line where the key begins, from 1
     * @param key the key, unescaped
     * @param value the value, unescaped; spaces at its end are part of it
     */
    public record Property(int line, String key, String value) {}

    /**
     * What could not be read.
     *
     * @param line where it stands, from 1
     * @param key the key as it stands there; the value may be a secret
     * @param problem what is wrong with it
     */
    public record Fault(int line, String key, String problem) {}

    private final String text;
    private final List<Property> properties = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private int at;
    private int line = 1;

    private PropertiesText(String text) {
        this.text = text;
    }

    /**
     * Reads a whole file.
     *
     * @param text its text
     * @return the properties in their order, and the faults
     */
    public static PropertiesText read(String text) {
        PropertiesText reading = new PropertiesText(text);
        while (reading.at < text.length()) {
            reading.logicalLine();
        }
        return reading;
    }

    /**
     * The properties in the order in which they stand there; a key that is repeated comes repeatedly.
     *
     * @return the properties
     */
    public List<Property> properties() {
        return List.copyOf(properties);
    }

    /**
     * What could not be read.
     *
     * @return the faults in the order in which they stand there
     */
    public List<Fault> faults() {
        return List.copyOf(faults);
    }

    private void logicalLine() {
        String start = naturalLine();
        int first = line - 1;
        String stripped = withoutIndent(start);
        if (stripped.isEmpty() || stripped.charAt(0) == '#' || stripped.charAt(0) == '!') {
            return;
        }
        StringBuilder whole = new StringBuilder(stripped);
        while (continued(whole)) {
            whole.setLength(whole.length() - 1);
            if (whole.isEmpty()) {
                return; // what follows begins anew, and may be a comment
            }
            if (at == text.length()) {
                break;
            }
            whole.append(withoutIndent(naturalLine()));
        }
        property(first, whole.toString());
    }

    /** The next line without its end, which is \n, \r or both. */
    private String naturalLine() {
        int start = at;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        String natural = text.substring(start, at);
        if (at < text.length() && text.charAt(at++) == '\r' && at < text.length() && text.charAt(at) == '\n') {
            at++;
        }
        line++;
        return natural;
    }

    private static String withoutIndent(String natural) {
        int start = 0;
        while (start < natural.length() && blank(natural.charAt(start))) {
            start++;
        }
        return natural.substring(start);
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t' || c == '\f';
    }

    /** Whether an odd number of backslashes stands at the end. */
    private static boolean continued(CharSequence whole) {
        int slashes = 0;
        while (slashes < whole.length() && whole.charAt(whole.length() - 1 - slashes) == '\\') {
            slashes++;
        }
        return slashes % 2 == 1;
    }

    private void property(int first, String whole) {
        int end = 0;
        while (end < whole.length() && !blank(whole.charAt(end)) && "=:".indexOf(whole.charAt(end)) < 0) {
            end += whole.charAt(end) == '\\' ? 2 : 1;
        }
        end = Math.min(end, whole.length());
        int value = end;
        boolean separated = false;
        while (value < whole.length()
                && (blank(whole.charAt(value)) || (!separated && "=:".indexOf(whole.charAt(value)) >= 0))) {
            separated |= !blank(whole.charAt(value));
            value++;
        }
        try {
            properties.add(new Property(first, unescaped(whole.substring(0, end)), unescaped(whole.substring(value))));
        } catch (IllegalArgumentException malformed) {
            faults.add(new Fault(first, whole.substring(0, end), String.valueOf(malformed.getMessage())));
        }
    }

    private static String unescaped(String escaped) {
        StringBuilder plain = new StringBuilder(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c != '\\' || ++i == escaped.length()) {
                plain.append(c);
                continue;
            }
            c = escaped.charAt(i);
            if (c == 'u') {
                plain.append(unicode(escaped, i + 1));
                i += 4;
            } else {
                int special = "tnrf".indexOf(c);
                plain.append(special < 0 ? c : "\t\n\r\f".charAt(special));
            }
        }
        return plain.toString();
    }

    private static char unicode(String escaped, int start) {
        String digits = escaped.substring(start, Math.min(start + 4, escaped.length()));
        if (!digits.matches("[0-9A-Fa-f]{4}")) {
            // What stands there instead is not shown: it may be of a secret.
            throw new IllegalArgumentException("\\u at character " + (start - 1)
                    + " is not followed by four hexadecimal digits (a backslash itself is \\\\)");
        }
        return (char) Integer.parseInt(digits, 16);
    }
}
