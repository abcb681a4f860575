package io.tokenguard.access;

import java.time.Instant;
import java.util.Optional;

/**
 * How asking an issuer about its tokens fares, at one moment.
 *
 * @param issuer who is asked
 * @param lastFailure why the last call failed, in fixed words; empty where it was answered, or none was made
 * @param refusesUs whether the last answer was that our own credentials are wrong (RFC 7662 §2.3)
 * @param nextCallAt until when nobody is asked, because too many calls have failed; empty where calls are made
 */
public record IntrospectionHealth(
        String issuer, Optional<String> lastFailure, boolean refusesUs, Optional<Instant> nextCallAt) {
    /** Whether tokens can be asked about. */
    public boolean isServing() {
        return !refusesUs && nextCallAt.isEmpty();
    }
}
