package io.tokenguard.config;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.bounds.Bounds;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which logout tokens of trusted issuers are accepted (OpenID Connect Back-Channel Logout 1.0). Immutable: each method
 * returns a new value.
 *
 * @param audiences the clients for which logout tokens are issued, as in {@code aud}. Empty, the default: the audiences of
 *     the issuer's access tokens
 * @param acceptsUntypedTokens whether logout tokens without a type of their own are accepted. Default: false
 * @param endsAllSessions whether the logout of one session ends all sessions of its subject. Default: false
 * @see io.tokenguard.TokenGuardBuilder#backChannelLogout(BackChannelLogout)
 */
public record BackChannelLogout(Set<String> audiences, boolean acceptsUntypedTokens, boolean endsAllSessions) {
    /** Copies the audiences. */
    public BackChannelLogout {
        audiences = Set.copyOf(audiences);
    }

    /** The defaults. */
    public static BackChannelLogout strict() {
        return new BackChannelLogout(Set.of(), false, false);
    }

    /**
     * The OAuth clients for which logout tokens are issued, as in {@code aud}.
     *
     * @throws ConfigurationException if none is named, or one is blank
     */
    public BackChannelLogout audiences(String... clients) {
        Set<String> names = new LinkedHashSet<>(Bounds.texts("tokenguard.logout.audiences", clients));
        return new BackChannelLogout(names, acceptsUntypedTokens, endsAllSessions);
    }

    /**
     * Also accepts logout tokens with the type {@code JWT} or without a type, from issuers that do not follow the
     * recommendation of Back-Channel Logout 1.0 §2.4. Cost: the type no longer distinguishes them from other tokens; only the
     * logout event does.
     */
    public BackChannelLogout acceptUntypedTokens() {
        return new BackChannelLogout(audiences, true, endsAllSessions);
    }

    /**
     * Ends all sessions of a subject when one of them is logged out, for issuers whose access tokens have no {@code sid}.
     * Cost: users can't log out on one device only.
     */
    public BackChannelLogout endAllSessions() {
        return new BackChannelLogout(audiences, acceptsUntypedTokens, true);
    }
}
