package io.tokenguard.internal.possession;

import io.tokenguard.internal.jose.Base64Url;
import io.tokenguard.internal.jose.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Issues and checks nonces for proofs (RFC 9449 §9) without storing them: a nonce is the number of a period and a MAC over
 * it. Each period has its own MAC key. A nonce is valid for its period and the next one; in the next one, a fresh one is
 * already offered. Immutable apart from its secret; thread-safe.
 */
public final class NonceIssuer {
    private static final String MAC = "HmacSHA256";
    private static final int MAC_BYTES = 16;
    private static final int NONCE_BYTES = Long.BYTES + MAC_BYTES;
    private static final byte[] PURPOSE = {'d', 'p', 'o', 'p', '-', 'n', 'o', 'n', 'c', 'e'};

    private final Supplier<byte[]> secret;
    private final Duration period;
    private final Clock clock;

    /**
     * An issuer.
     *
     * @param secret returns at least 32 bytes, the same on all nodes that accept each other's nonces. It may return others
     *     once nodes have agreed on them; earlier nonces are then invalid
     * @param period how long one nonce is offered
     * @param clock the time
     */
    public NonceIssuer(Supplier<byte[]> secret, Duration period, Clock clock) {
        this.secret = secret;
        this.period = period;
        this.clock = clock;
    }

    /** The nonce for proofs from now on. */
    String current() {
        return nonceOf(periodNow());
    }

    /** Whether a proof may have this nonce. In constant time for nonces of the right length. */
    boolean accepts(String nonce) {
        long number = numberIn(nonce);
        long now = periodNow();
        boolean isRecent = number == now || number == now - 1;
        byte[] expected = nonceOf(isRecent ? number : now).getBytes(StandardCharsets.ISO_8859_1);
        byte[] given = nonce.getBytes(StandardCharsets.ISO_8859_1);
        return MessageDigest.isEqual(expected, given) && isRecent;
    }

    /** Whether a nonce is about to expire. */
    boolean isEnding(String nonce) {
        return numberIn(nonce) != periodNow();
    }

    private long periodNow() {
        return Math.floorDiv(clock.millis(), period.toMillis());
    }

    private static long numberIn(String nonce) {
        try {
            byte[] bytes = Base64Url.decode(nonce, 0, nonce.length());
            return bytes.length == NONCE_BYTES ? ByteBuffer.wrap(bytes).getLong() : -1;
        } catch (MalformedException malformed) {
            return -1;
        }
    }

    private String nonceOf(long number) {
        byte[] periodKey = mac(
                secret.get(),
                ByteBuffer.allocate(PURPOSE.length + Long.BYTES)
                        .put(PURPOSE)
                        .putLong(number)
                        .array());
        byte[] code =
                mac(periodKey, ByteBuffer.allocate(Long.BYTES).putLong(number).array());
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES)
                .putLong(number)
                .put(Arrays.copyOf(code, MAC_BYTES))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
    }

    private static byte[] mac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            return mac.doFinal(text);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", impossible);
        }
    }
}
