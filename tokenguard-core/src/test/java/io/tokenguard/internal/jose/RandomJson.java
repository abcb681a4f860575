package io.tokenguard.internal.jose;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/** Random JSON, whole or damaged; the same for the same seed. */
public final class RandomJson {
    private static final List<String> TOKENS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"a\"",
            "\"b\"",
            "\"\"",
            "1",
            "0",
            "-1",
            "1.5",
            "1e3",
            "-0",
            "true",
            "false",
            "null",
            " ",
            "\n",
            "\"\\u0061\"",
            "\"\u00e9\"",
            "{\"a\":1}",
            "[1,2]",
            "01",
            "tru",
            "\"",
            "'",
            "NaN",
            "/**/",
            "+1",
            ".5",
            "1.",
            "\t");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "1",
            "-1",
            "10",
            "1795294105",
            "999999999999999999",
            "-999999999999999999",
            "1000000000000000000",
            "12345678901234567890",
            "0.5",
            "-0.0",
            "1.0",
            "1e0",
            "1E+2",
            "1e-2",
            "1.25e10",
            "-1.5E-7",
            "1e300",
            "1e-300",
            "0e5",
            "0.000000000000000001");
    private static final int DEEPEST = 5;

    private final Random random;

    /** A source of JSON by a source of chance. */
    public RandomJson(Random random) {
        this.random = random;
    }

    /** An object with up to eight members. */
    public String object() {
        return space() + object(1) + space();
    }

    /** A value of any kind. */
    public String value() {
        return value(DEEPEST - 2);
    }

    private String object(int depth) {
        StringJoiner members = new StringJoiner("," + space(), "{" + space(), space() + "}");
        int count = random.nextInt(9);
        for (int i = 0; i < count; i++) {
            // The number keeps names apart: twice the same name would be malformed.
            members.add(text(i + "-") + space() + ":" + space() + value(depth + 1));
        }
        return members.toString();
    }

    private String value(int depth) {
        int kind = random.nextInt(depth >= DEEPEST ? 5 : 7);
        return switch (kind) {
            case 0 -> "true";
            case 1 -> random.nextBoolean() ? "false" : "null";
            case 2 -> NUMBERS.get(random.nextInt(NUMBERS.size()));
            case 3 -> String.valueOf(random.nextLong() >> random.nextInt(60));
            case 4 -> text("");
            case 5 -> object(depth);
            default -> array(depth);
        };
    }

    private String array(int depth) {
        StringJoiner items = new StringJoiner("," + space(), "[" + space(), space() + "]");
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            items.add(value(depth + 1));
        }
        return items.toString();
    }

    /** A text in quotes that starts so, with letters of every plane and every way to escape. */
    public String text(String start) {
        StringBuilder text = new StringBuilder("\"").append(start);
        int length = random.nextInt(12);
        for (int i = 0; i < length; i++) {
            appendCharacter(text);
        }
        return text.append('"').toString();
    }

    private void appendCharacter(StringBuilder text) {
        switch (random.nextInt(8)) {
            case 0 -> text.append('\\').append("\"\\/bfnrt".charAt(random.nextInt(8)));
            case 1 -> text.append(String.format("\\u%04x", random.nextInt(0xD800)));
            case 2 -> text.append(String.format("\\u%04X", 0xE000 + random.nextInt(0x2000)));
            case 3 -> appendEscapedPair(text, 0x10000 + random.nextInt(0x100000));
            case 4 -> text.appendCodePoint(0xA0 + random.nextInt(0xD000));
            case 5 -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
            default -> text.append("abcxyz 0189_-.:/[]{},'".charAt(random.nextInt(22)));
        }
    }

    private static void appendEscapedPair(StringBuilder text, int codePoint) {
        text.append(String.format(
                "\\u%04x\\u%04x", (int) Character.highSurrogate(codePoint), (int) Character.lowSurrogate(codePoint)));
    }

    private String space() {
        return random.nextInt(6) == 0 ? " \t\r\n".substring(random.nextInt(4)) : "";
    }

    /** Some tokens in a row; now and then they are JSON. */
    String shuffledTokens() {
        StringBuilder text = new StringBuilder("{");
        int count = random.nextInt(9);
        for (int i = 0; i < count; i++) {
            text.append(TOKENS.get(random.nextInt(TOKENS.size())));
        }
        return text.append(random.nextInt(4) == 0 ? "" : "}").toString();
    }

    /** The same bytes with one to three of them changed, left out, doubled or put in. */
    static byte[] damaged(byte[] bytes, Random random) {
        byte[] damaged = bytes;
        int blows = 1 + random.nextInt(3);
        for (int i = 0; i < blows && damaged.length > 0; i++) {
            int at = random.nextInt(damaged.length);
            damaged = switch (random.nextInt(5)) {
                case 0 -> spliced(damaged, at, at + 1, new byte[0]);
                case 1 -> spliced(damaged, at, at, new byte[] {damaged[at]});
                case 2 -> spliced(damaged, at, at + 1, new byte[] {(byte) random.nextInt(256)});
                case 3 ->
                    spliced(damaged, at, at, new byte[] {(byte) "{}[],:\"\\ 01e.-+tfnu".charAt(random.nextInt(19))});
                default -> spliced(damaged, at, at + 1, new byte[] {(byte) (damaged[at] ^ (1 << random.nextInt(8)))});
            };
        }
        return damaged;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] middle) {
        byte[] spliced = Arrays.copyOf(bytes, bytes.length - (to - from) + middle.length);
        System.arraycopy(middle, 0, spliced, from, middle.length);
        System.arraycopy(bytes, to, spliced, from + middle.length, bytes.length - to);
        return spliced;
    }
}
