package io.tokenguard.internal.jose;

import java.util.List;
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

    /** The text by which keys that a set does not have are distinguished; empty if nothing names the key. */
    public String name() {
        if (keyId != null) {
            return keyId;
        }
        return thumbprints.isEmpty() ? "" : "x5t " + thumbprints.get(0);
    }
}
