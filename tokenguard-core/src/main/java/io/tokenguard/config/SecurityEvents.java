package io.tokenguard.config;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.bounds.Bounds;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which security event tokens of trusted issuers are accepted (RFC 8417, RFC 8935). Immutable: each method returns a new
 * value.
 *
 * @param audiences the recipients for which event tokens are issued, as in {@code aud}. Empty, the default: the audiences of
 *     the issuer's access tokens
 * @param secret the bearer token that transmitters must send. Empty, the default: the signature is enough
 * @see io.tokenguard.TokenGuardBuilder#securityEvents(SecurityEvents)
 */
public record SecurityEvents(Set<String> audiences, Optional<String> secret) {
    private static final int SHORTEST_SECRET = 32;

    /** Copies the audiences. */
    public SecurityEvents {
        audiences = Set.copyOf(audiences);
    }

    /** The defaults. */
    public static SecurityEvents strict() {
        return new SecurityEvents(Set.of(), Optional.empty());
    }

    /**
     * The recipients for which security event tokens are issued, as in {@code aud}.
     *
     * @throws ConfigurationException if none is named, or one is blank
     */
    public SecurityEvents audiences(String... recipients) {
        Set<String> names = new LinkedHashSet<>(Bounds.texts("tokenguard.events.audiences", recipients));
        return new SecurityEvents(names, secret);
    }

    /**
     * The bearer token that transmitters of events must send in the {@code Authorization} field.
     *
     * @throws ConfigurationException if it is shorter than 32 characters, or has characters that a bearer token can't have
     *     (RFC 6750 §2.1)
     */
    public SecurityEvents secret(String text) {
        if (text.length() < SHORTEST_SECRET || !text.chars().allMatch(SecurityEvents::isTokenCharacter)) {
            throw ConfigurationException.of(
                    "tokenguard.events.secret",
                    "(not shown)",
                    "set at least 32 random characters out of letters, digits and -._~+/");
        }
        return new SecurityEvents(audiences, Optional.of(text));
    }

    private static boolean isTokenCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~+/".indexOf(c) >= 0;
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "SecurityEvents[audiences=" + audiences + "]";
    }
}
