package io.tokenguard.attacks;

import io.tokenguard.testkit.TokenBuilder;

/** Makes good tokens of an exact length. */
final class Sizes {
    private static final int LONGEST_PAD = 8_000;
    private static final int PAD_SYNTAX = ",\"p\":\"\"".length();

    private Sizes() {}

    /** A good token of so many characters. */
    static String tokenOfLength(AttackBench bench, int length) {
        for (int headerPad = 0; headerPad < 4; headerPad++) {
            TokenBuilder token = bench.token().header("pad", "x".repeat(headerPad));
            int others = token.rawPayload("").sign().length();
            int bytes = bytesOf(length - others);
            if (bytes > 0) {
                return token.rawPayload(padded(bench.token().payloadJson(), bytes))
                        .sign();
            }
        }
        throw new IllegalStateException("No token has " + length + " characters");
    }

    /** A good token whose header has so many characters. */
    static String tokenWithHeaderOfLength(AttackBench bench, int length) {
        TokenBuilder token = bench.token();
        return token.rawHeader(padded(token.headerJson(), bytesOf(length))).sign();
    }

    /** How many bytes have that many letters in base64url; -1 where there is no such number. */
    private static int bytesOf(int letters) {
        int rest = letters % 4;
        return rest == 1 ? -1 : letters / 4 * 3 + Math.max(0, rest - 1);
    }

    /** Adds members to an object, none of them too long, until it has so many bytes. */
    static String padded(String json, int bytes) {
        StringBuilder padded = new StringBuilder(json.substring(0, json.length() - 1));
        char name = 'a';
        int missing = bytes - json.length();
        while (missing > 0) {
            int pad = missing <= LONGEST_PAD ? missing : Math.min(LONGEST_PAD, missing - PAD_SYNTAX);
            padded.append(",\"")
                    .append(name++)
                    .append("\":\"")
                    .append("x".repeat(pad - PAD_SYNTAX))
                    .append('"');
            missing -= pad;
        }
        return padded.append('}').toString();
    }
}
