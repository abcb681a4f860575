package io.tokenguard.internal.feeds;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * The conditions under which a logout token or security event is accepted.
 *
 * @param issuer the issuer that signed it
 * @param audiences the names of this application at that issuer
 * @param clockSkew the greatest difference between the clocks
 * @param now the one time of this request
 */
public record FeedTerms(String issuer, Set<String> audiences, Duration clockSkew, Instant now) {
    /** Copies the audiences. */
    public FeedTerms {
        audiences = Set.copyOf(audiences);
    }
}
