package io.github.twatcache.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON by the letter of RFC 8259, and nothing that follows it: the other side of what the commands write. */
final class JsonReader {
    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    static Object read(String text) {
        JsonReader reader = new JsonReader(text);
        Object value = reader.value();
        reader.space();
        if (reader.at != text.length()) {
            throw reader.fault("end");
        }
        return value;
    }

    private Object value() {
        space();
        char letter = peek();
        if (letter == '{') {
            return object();
        } else if (letter == '[') {
            return array();
        } else if (letter == '"') {
            return string();
        } else if (text.startsWith("true", at) || text.startsWith("null", at)) {
            at += 4;
            return letter == 't' ? true : null;
        } else if (text.startsWith("false", at)) {
            at += 5;
            return false;
        }
        var number = java.util.regex.Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d+)?")
                .matcher(text)
                .region(at, text.length());
        if (!number.lookingAt()) {
            throw fault("a value");
        }
        at = number.end();
        return new BigDecimal(number.group());
    }

    private Map<String, Object> object() {
        Map<String, Object> members = new LinkedHashMap<>();
        expect('{');
        space();
        while (peek() != '}') {
            space();
            String name = string();
            space();
            expect(':');
            if (members.put(name, value()) != null) {
                throw fault("no second '" + name + "'");
            }
            space();
            if (peek() != '}') {
                expect(',');
            }
        }
        expect('}');
        return members;
    }

    private List<Object> array() {
        List<Object> elements = new ArrayList<>();
        expect('[');
        space();
        while (peek() != ']') {
            elements.add(value());
            space();
            if (peek() != ']') {
                expect(',');
            }
        }
        expect(']');
        return elements;
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        expect('"');
        while (peek() != '"') {
            char letter = text.charAt(at++);
            if (letter == '\\') {
                char escaped = text.charAt(at++);
                if (escaped == 'u') {
                    letter = (char) Integer.parseInt(text.substring(at, at + 4), 16);
                    at += 4;
                } else if (escaped == '"' || escaped == '\\') {
                    letter = escaped;
                } else {
                    throw fault("an escape");
                }
            } else if (letter < ' ') {
                throw fault("no control character");
            }
            string.append(letter);
        }
        expect('"');
        return string.toString();
    }

    private void space() {
        while (at < text.length() && " \n\r\t".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at == text.length()) {
            throw fault("more");
        }
        return text.charAt(at);
    }

    private void expect(char letter) {
        if (peek() != letter) {
            throw fault("'" + letter + "'");
        }
        at++;
    }

    private AssertionError fault(String wanted) {
        return new AssertionError("expected " + wanted + " at " + at + " of " + text);
    }
}
