package io.tokenguard.internal.jose;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a token's header names the key that signed it. Selects one of the issuer's keys, and adds none (RFC 7515 §10.11).
 *
 * @param keyId the key ID, {@code kid} (RFC 7515 §4.1.4); null if absent
 * @param thumbprints the thumbprints of the key's certificate, {@code x5t#S256} and {@code x5t} (RFC 7515 §4.1.7, §4.1.8), the
 *     stronger one first; empty if there is a key ID, which then decides alone
 */
public record KeyReference(@Nullable String keyId, List<String> thumbprints) {
    /** Copies the list. */
    public KeyReference {
        thumbprints = List.copyOf(thumbprints);
    }

    /** By the key ID only; by nothing if it is null. */
    public static KeyReference of(@Nullable String keyId) {
        return new KeyReference(keyId, List.of());
    }

    /** Compared by hand: the platform's generated comparison of records keeps their class loader alive. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyReference that
                && Objects.equals(keyId, that.keyId)
                && thumbprints.equals(that.thumbprints);
    }

    @Override
    public int hashCode() {
        return Objects.hash(keyId, thumbprints);
    }

    /** The text by which keys that a set does not have are distinguished; empty if nothing names the key. */
    public String name() {
        if (keyId != null) {
            return keyId;
        }
        return thumbprints.isEmpty() ? "" : "x5t " + thumbprints.get(0);
    }
}
