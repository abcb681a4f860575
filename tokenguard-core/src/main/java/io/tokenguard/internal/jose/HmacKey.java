package io.tokenguard.internal.jose;

import io.tokenguard.access.SignatureAlgorithm;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * A configured secret that verifies HMACs (RFC 7518 §3.2), where other algorithms have a public key. It has no encoding, so code
 * that handles public keys can't show it. Only the configuration makes one; no key set contains one. Immutable.
 */
public final class HmacKey implements PublicKey {
    private static final long serialVersionUID = 1L;
    private static final String HASH = "HmacSHA256";

    private final transient SecretKey secret;

    /** A key with a secret. */
    public HmacKey(SecretKey secret) {
        this.secret = secret;
    }

    /** The length of the hash of an HMAC algorithm, in bytes: also the minimum length of its secret (RFC 7518 §3.2). */
    static int hashBytes(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case HS256 -> 32;
            case HS384 -> 48;
            case HS512 -> 64;
            default -> throw new IllegalArgumentException(algorithm + " is not HMAC");
        };
    }

    /** The HMAC of a text. */
    byte[] code(Mac mac, byte[] text) throws GeneralSecurityException {
        mac.init(secret);
        return mac.doFinal(text);
    }

    /** Identifies the secret, and reveals no more of it than a token does: 43 characters of base64url. */
    String thumbprint() {
        try {
            byte[] code = code(Mac.getInstance(HASH), "thumbprint".getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + HASH, impossible);
        }
    }

    @Override
    public String getAlgorithm() {
        return "HMAC";
    }

    /** Always null: the key supports no encoding. */
    @Override
    public @Nullable String getFormat() {
        return null;
    }

    /** Always null: the key supports no encoding. */
    @Override
    public byte @Nullable [] getEncoded() {
        return null;
    }

    private void writeObject(ObjectOutputStream unused) throws NotSerializableException {
        throw new NotSerializableException("a secret");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HmacKey that && secret.equals(that.secret);
    }

    @Override
    public int hashCode() {
        return secret.hashCode();
    }

    /** Contains nothing of the secret. */
    @Override
    public String toString() {
        return "HmacKey[not shown]";
    }
}
