package io.tokenguard.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash of DPoP's {@code ath} (RFC 9449 §4.2) and of PKCE's S256 (RFC 7636 §4.2). */
final class Sha256 {
    private Sha256() {}

    /** The hash of a text in base64url. */
    static String of(String text) {
        try {
            return CompactToken.encode(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
