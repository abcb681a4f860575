package io.tokenguard;

import io.tokenguard.access.ConfigurationException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What issuers may send of their own accord: logout tokens (OpenID Connect Back-Channel Logout 1.0) and security event tokens
 * (RFC 8417, RFC 8935). Only trusted issuers are heard, and by their own keys. Immutable: each method returns a new value.
 *
 * @param logoutAudiences the clients for which logout tokens are meant. Default: what the API is called by the issuer
 * @param acceptsUntypedLogoutTokens whether logout tokens without a type of their own are taken. Default: they are not
 * @param endsAllSessions whether the logout of one session ends all of its subject. Default: it does not
 * @param eventAudiences the recipients for which event tokens are meant. Default: what the API is called by the issuer
 * @param eventSecret what transmitters of events have to send as bearer token; empty where they need not. Default: empty
 * @see TokenGuardBuilder#feeds(Feeds)
 */
public record Feeds(
        Set<String> logoutAudiences,
        boolean acceptsUntypedLogoutTokens,
        boolean endsAllSessions,
        Set<String> eventAudiences,
        Optional<String> eventSecret) {
    private static final int SHORTEST_SECRET = 32;

    /** Copies the audiences. */
    public Feeds {
        logoutAudiences = Set.copyOf(logoutAudiences);
        eventAudiences = Set.copyOf(eventAudiences);
    }

    /** Everything as by default. */
    public static Feeds strict() {
        return new Feeds(Set.of(), false, false, Set.of(), Optional.empty());
    }

    /** The OAuth clients for which logout tokens are meant, as in {@code aud}. */
    public Feeds logoutAudiences(String... clients) {
        Set<String> names = new LinkedHashSet<>(Bounds.texts("tokenguard.logout.audiences", clients));
        return new Feeds(names, acceptsUntypedLogoutTokens, endsAllSessions, eventAudiences, eventSecret);
    }

    /**
     * Takes logout tokens of type {@code JWT} and of none too, as issuers send them that do not follow the advice of
     * Back-Channel Logout 1.0 §2.4. Gives up that the type alone tells them from other tokens; that they hold the event of a
     * logout does still.
     */
    public Feeds acceptUntypedLogoutTokens() {
        return new Feeds(logoutAudiences, true, endsAllSessions, eventAudiences, eventSecret);
    }

    /**
     * Ends all sessions of a subject when one of them is logged out: for issuers whose access tokens do not name their session
     * in {@code sid}. Gives up that one logs out on one device only.
     */
    public Feeds endAllSessions() {
        return new Feeds(logoutAudiences, acceptsUntypedLogoutTokens, true, eventAudiences, eventSecret);
    }

    /** The recipients for which security event tokens are meant, as in {@code aud}. */
    public Feeds eventAudiences(String... recipients) {
        Set<String> names = new LinkedHashSet<>(Bounds.texts("tokenguard.events.audiences", recipients));
        return new Feeds(logoutAudiences, acceptsUntypedLogoutTokens, endsAllSessions, names, eventSecret);
    }

    /**
     * What transmitters of events have to send as bearer token in the {@code Authorization} field, beside a token that an
     * issuer has signed.
     *
     * @throws ConfigurationException if it is shorter than 32 characters, or holds others than a bearer token may (RFC 6750
     *     §2.1)
     */
    public Feeds eventSecret(String secret) {
        if (secret.length() < SHORTEST_SECRET || !secret.chars().allMatch(Feeds::isSent)) {
            throw ConfigurationException.of(
                    "tokenguard.events.secret",
                    "(not shown)",
                    "set at least 32 random characters out of letters, digits and -._~+/");
        }
        return new Feeds(
                logoutAudiences, acceptsUntypedLogoutTokens, endsAllSessions, eventAudiences, Optional.of(secret));
    }

    private static boolean isSent(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~+/".indexOf(c) >= 0;
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "Feeds[logoutAudiences=" + logoutAudiences + ", eventAudiences=" + eventAudiences + "]";
    }
}
