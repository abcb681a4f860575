package io.tokenguard.testkit;

import java.security.GeneralSecurityException;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC with SHA-2 (RFC 7518 §3.2), with secrets of any length. */
final class Hmac {
    private static final Map<String, String> JCA_NAMES =
            Map.of("HS256", "HmacSHA256", "HS384", "HmacSHA384", "HS512", "HmacSHA512");

    private Hmac() {}

    static byte[] sign(String joseName, byte[] secret, byte[] input) {
        String jcaName = JCA_NAMES.get(joseName);
        if (jcaName == null) {
            throw new IllegalArgumentException("Not an HMAC algorithm: " + joseName);
        }
        try {
            Mac mac = Mac.getInstance(jcaName);
            mac.init(new SecretKeySpec(orZero(secret), jcaName));
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no " + jcaName, e);
        }
    }

    /** The JCA takes no empty secret; HMAC pads with zeros (RFC 2104 §2), so one zero byte is the same key. */
    private static byte[] orZero(byte[] secret) {
        return secret.length == 0 ? new byte[1] : secret;
    }
}
