package io.tokenguard.internal.request;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The text by which a client without fetch metadata proves that it is the application: HMAC-SHA-256 of a constant, with the access
 * token as key, in base64url. Only who has the token can make it, so it needs no other secret and no state, and a cookie that an
 * attacker sets does not help.
 */
final class CsrfProof {
    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] LABEL = "tokenguard-csrf".getBytes(StandardCharsets.US_ASCII);

    private CsrfProof() {}

    /** The proof for a token. */
    static String of(String token) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.US_ASCII), ALGORITHM));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(LABEL));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HmacSHA256 is missing", impossible);
        }
    }

    /** Whether a text is the proof for a token; in constant time for texts of its length. */
    static boolean isFor(String token, String text) {
        return MessageDigest.isEqual(
                of(token).getBytes(StandardCharsets.US_ASCII), text.getBytes(StandardCharsets.UTF_8));
    }
}
