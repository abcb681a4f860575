package io.tokenguard.internal.possession;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The confirmation of a token (RFC 7800 §3.1, {@code cnf}).
 *
 * @param keyThumbprint the key that its sender must hold, {@code jkt} (RFC 9449 §6.1)
 * @param certificateThumbprint the certificate that its sender must present, {@code x5t#S256} (RFC 8705 §3.1)
 */
record TokenBinding(Optional<String> keyThumbprint, Optional<String> certificateThumbprint) {
    private static final String KEY = "jkt";
    private static final String CERTIFICATE = "x5t#S256";
    private static final Set<String> KNOWN = Set.of(KEY, CERTIFICATE);
    private static final int THUMBPRINT_CHARACTERS = 43;

    /**
     * Reads the binding of a token.
     *
     * <p>Null counts as absent. Unknown members are ignored beside a known method (RFC 7800 §3.1).
     *
     * @throws RefusedException if it has no known method, or a malformed one
     */
    static TokenBinding of(AccessToken token) throws RefusedException {
        if (token.claims().get("cnf") == null) {
            return new TokenBinding(Optional.empty(), Optional.empty());
        }
        boolean isUnderstood = token.claims().get("cnf") instanceof Map<?, ?> members
                && KNOWN.stream().anyMatch(members::containsKey)
                && KNOWN.stream().filter(members::containsKey).map(members::get).allMatch(TokenBinding::isThumbprint);
        if (!isUnderstood) {
            throw new RefusedException(
                    RefusalReason.BINDING_UNSUPPORTED,
                    "",
                    () -> Finding.of("cnf with " + methods(token), "cnf with jkt or x5t#S256, a SHA-256 in base64url"));
        }
        return new TokenBinding(member(token, KEY), member(token, CERTIFICATE));
    }

    private static Object methods(AccessToken token) {
        return token.claims().get("cnf") instanceof Map<?, ?> members
                ? members.keySet().stream().map(String::valueOf).sorted().toList()
                : "no members";
    }

    /** Whether the token is unbound: anyone who holds it can use it. */
    boolean isNone() {
        return keyThumbprint.isEmpty() && certificateThumbprint.isEmpty();
    }

    private static Optional<String> member(AccessToken token, String name) {
        return token.claims().get("cnf") instanceof Map<?, ?> members && members.get(name) instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }

    /** The 32 bytes of a SHA-256 in base64url; other encodings match nothing. */
    private static boolean isThumbprint(@Nullable Object value) {
        return value instanceof String text
                && text.length() == THUMBPRINT_CHARACTERS
                && text.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '_'));
    }
}
