package io.tokenguard.internal.feeds;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * On which terms a token of a feed is taken.
 *
 * @param issuer who signed it
 * @param audiences what this application is called by that issuer
 * @param clockSkew how far the clocks may be apart
 * @param now the one time of this request
 */
public record FeedTerms(String issuer, Set<String> audiences, Duration clockSkew, Instant now) {
    /** Copies the audiences. */
    public FeedTerms {
        audiences = Set.copyOf(audiences);
    }
}
