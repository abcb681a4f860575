package io.tokenguard.access;

import java.security.PublicKey;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The key that verified a token, and the token's fingerprint. Immutable, thread-safe. */
final class Provenance {
    /** Of a token that was made by hand. */
    public static final Provenance UNKNOWN = new Provenance("", Optional.empty(), new Known(""));

    private final String keyId;
    private final Optional<PublicKey> key;

    /** A hash that few ask for, and that would cost more than all else about a token but its signature. */
    private volatile Supplier<String> fingerprint;

    private record Known(String get) implements Supplier<String> {}

    private Provenance(String keyId, Optional<PublicKey> key, Supplier<String> fingerprint) {
        this.keyId = keyId;
        this.key = key;
        this.fingerprint = fingerprint;
    }

    /** Of a token, from its presented text. */
    public static Provenance of(String keyId, String presented) {
        return new Provenance(
                keyId,
                Optional.empty(),
                new Known(Revocation.presented(presented).target()));
    }

    /**
     * Of a token that a key verified, from its signed part.
     *
     * @param keyId the key, {@code kid}; empty where it has none
     * @param key the key
     * @param signed the header, a dot and the payload (RFC 7515 §5.1); held until the fingerprint is asked for, and not to be
     *     changed
     */
    public static Provenance ofSigned(String keyId, PublicKey key, byte[] signed) {
        return new Provenance(
                keyId, Optional.of(key), () -> Revocation.signed(signed).target());
    }

    /** The key ID of the key that verified it; empty if the key has none, or no key did. */
    public String keyId() {
        return keyId;
    }

    /** The key that has verified it; empty if no key has, or it is not known. */
    public Optional<PublicKey> key() {
        return key;
    }

    /** What {@link Revocation#presented} calls the token; empty where that is not known. */
    public String fingerprint() {
        Supplier<String> known = fingerprint;
        if (known instanceof Known) {
            return known.get();
        }
        String computed = known.get();
        fingerprint = new Known(computed);
        return computed;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Provenance that
                && keyId.equals(that.keyId)
                && fingerprint().equals(that.fingerprint());
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
