package io.tokenguard.access;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The key that verified a token, and the token's fingerprint. Immutable, thread-safe. */
final class Provenance {
    /** The provenance of a token made by hand. */
    public static final Provenance UNKNOWN = new Provenance("", null, new Fingerprint(""), "");

    private final String keyId;
    private final @Nullable PublicKey key;

    /**
     * A {@link Fingerprint}; before its first use, the signed part of the token as bytes, or a text with the token. Computed on
     * first use: it is rarely needed, and only signature verification costs more.
     */
    private volatile Object identity;

    /** The fingerprint of the encrypted token around it; empty if there is none. */
    private final String wrapper;

    private record Fingerprint(String text) {}

    private Provenance(String keyId, @Nullable PublicKey key, Object identity, String wrapper) {
        this.keyId = keyId;
        this.key = key;
        this.identity = identity;
        this.wrapper = wrapper;
    }

    /** The same for a token that was presented as another text. */
    public Provenance presentedAs(String text) {
        return new Provenance(
                keyId, key, new Fingerprint(Revocation.presented(text).target()), wrapper);
    }

    /** The same for a token that was inside an encrypted one (RFC 7519 §11.2). */
    public Provenance inside(String encrypted) {
        return new Provenance(
                keyId, key, identity, Revocation.presented(encrypted).target());
    }

    /** The same, computed from a text with the signed token: from its last space to its second dot. */
    public Provenance readFrom(String text) {
        return new Provenance(keyId, key, text, wrapper);
    }

    /**
     * Creates the provenance of a token that a key verified, from its signed part.
     *
     * @param keyId the key ID, {@code kid}; empty if the key has none
     * @param key the key
     * @param signed the header, a dot and the payload (RFC 7515 §5.1); kept without a copy until the fingerprint is first
     *     requested; must not be changed
     */
    public static Provenance ofSigned(String keyId, PublicKey key, byte[] signed) {
        return new Provenance(keyId, key, signed, "");
    }

    /** The key ID of the key that verified the token; empty if the key has none, or no key verified the token. */
    public String keyId() {
        return keyId;
    }

    /** The key that verified the token; empty if no key did, or if it is unknown. */
    public Optional<PublicKey> key() {
        return Optional.ofNullable(key);
    }

    /** The fingerprint, as in {@link Revocation#presented}; empty if unknown. */
    public String fingerprint() {
        Object known = identity;
        if (known instanceof Fingerprint fingerprint) {
            return fingerprint.text();
        }
        byte[] signed = known instanceof String text ? signedPart(text) : (byte[]) known;
        String computed = Revocation.signed(signed).target();
        identity = new Fingerprint(computed);
        return computed;
    }

    private static byte[] signedPart(String text) {
        int end = text.indexOf('.', text.indexOf('.') + 1);
        return text.substring(text.lastIndexOf(' ', end) + 1, end).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** All fingerprints by which it can be revoked; none if unknown. */
    public List<String> fingerprints() {
        return Stream.of(fingerprint(), wrapper).filter(text -> !text.isEmpty()).toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Provenance that
                && keyId.equals(that.keyId)
                && fingerprints().equals(that.fingerprints());
    }

    @Override
    public int hashCode() {
        return fingerprint().hashCode();
    }

    @Override
    public String toString() {
        return "Provenance[" + keyId + ", " + fingerprint() + "]";
    }
}
