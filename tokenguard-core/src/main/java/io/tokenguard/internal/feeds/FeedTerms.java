package io.tokenguard.internal.feeds;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * The conditions under which a logout token or security event is accepted.
 *
 * @param issuer who signed it
 * @param aliases further names of that issuer
 * @param audiences what this application is called by that issuer
 * @param clockSkew how far the clocks may be apart
 * @param now the one time of this request
 */
public record FeedTerms(String issuer, Set<String> aliases, Set<String> audiences, Duration clockSkew, Instant now) {
    /** Copies the sets. */
    public FeedTerms {
        aliases = Set.copyOf(aliases);
        audiences = Set.copyOf(audiences);
    }
}
