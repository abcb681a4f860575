package io.tokenguard.internal.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.Attempt;
import java.util.Base64;

/** Tokens of any header and payload, with a signature that nobody looks at here; quotes may be single. */
final class Compact {
    static final int LIMIT = 16_384;
    static final String SIGNATURE = "c2lnbmF0dXJl";

    private Compact() {}

    static String part(String json) {
        byte[] bytes = json.replace('\'', '"').getBytes(UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String token(String header, String payload) {
        return part(header) + "." + part(payload) + "." + SIGNATURE;
    }

    static UnverifiedToken parse(String token) throws RefusedException {
        return new TokenParser(LIMIT).parse(token);
    }

    static Attempt parsing(String token) {
        return () -> parse(token);
    }

    /** Parsing a token with more in its header than its algorithm. */
    static Attempt parsingHeader(String members) {
        return parsing(token("{'alg':'ES256'," + members + "}", "{}"));
    }
}
