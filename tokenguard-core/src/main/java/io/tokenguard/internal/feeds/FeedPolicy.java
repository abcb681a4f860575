package io.tokenguard.internal.feeds;

import java.util.Optional;
import java.util.Set;

/**
 * Which logout tokens and security events are accepted.
 *
 * @param logoutAudiences the audiences of logout tokens; empty for those of the issuer's access tokens
 * @param acceptsUntypedLogoutTokens whether logout tokens without their own type are accepted
 * @param endsAllSessions whether the logout of one session ends all sessions of its subject
 * @param eventAudiences the audiences of events; empty for those of the issuer's access tokens
 * @param eventSecret the bearer token that transmitters must send; empty if they need none
 */
public record FeedPolicy(
        Set<String> logoutAudiences,
        boolean acceptsUntypedLogoutTokens,
        boolean endsAllSessions,
        Set<String> eventAudiences,
        Optional<String> eventSecret) {
    /** Shows no secret. */
    @Override
    public String toString() {
        return "FeedPolicy[not shown]";
    }
}
