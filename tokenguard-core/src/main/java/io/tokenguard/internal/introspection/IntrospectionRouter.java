package io.tokenguard.internal.introspection;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.GuardHealth.IntrospectionHealth;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.claims.LifetimeCheck;
import io.tokenguard.internal.token.OpaqueToken;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Selects the issuer that is asked about a token. Immutable but for the cached answers. */
public final class IntrospectionRouter {
    private final Map<String, IntrospectedIssuer> byName = new HashMap<>();
    private final List<IntrospectedIssuer> byPrefix;
    private final @Nullable IntrospectedIssuer rest;
    private final boolean isOnlyWay;
    private final int longestToken;
    private final Clock clock;

    /**
     * Of some issuers.
     *
     * @param asked those that are asked; at most one without a prefix
     * @param isOnlyWay whether nobody here can judge a signed token
     * @param longestToken the greatest number of characters of a token
     */
    public IntrospectionRouter(Collection<IntrospectedIssuer> asked, boolean isOnlyWay, int longestToken, Clock clock) {
        asked.forEach(issuer -> byName.put(issuer.name(), issuer));
        this.byPrefix =
                asked.stream().filter(issuer -> !issuer.tokenPrefix().isEmpty()).toList();
        this.rest = asked.stream()
                .filter(issuer -> issuer.tokenPrefix().isEmpty())
                .findFirst()
                .orElse(null);
        this.isOnlyWay = isOnlyWay;
        this.longestToken = longestToken;
        this.clock = clock;
    }

    /**
     * Whom to ask about a token that is not judged here; empty where it is. What looks like a signed or an encrypted token is
     * never asked about in the place of being judged (RFC 7662 §4), unless nobody here can judge any.
     */
    public Optional<IntrospectedIssuer> whomToAsk(String token) {
        for (IntrospectedIssuer issuer : byPrefix) {
            if (token.startsWith(issuer.tokenPrefix())) {
                return Optional.of(issuer);
            }
        }
        return rest != null && (isOnlyWay || hasNoThreeParts(token)) ? Optional.of(rest) : Optional.empty();
    }

    private static boolean hasNoThreeParts(String token) {
        int firstDot = token.indexOf('.');
        return firstDot < 0 || token.indexOf('.', firstDot + 1) < 0;
    }

    /** What the issuer says of a token that nobody here can read. */
    public AccessToken introspect(IntrospectedIssuer issuer, String token, boolean isFresh) throws RefusedException {
        OpaqueToken.require(token, longestToken);
        return issuer.introspect(token, isFresh, clock.instant());
    }

    /**
     * Introspects a token that was verified here, if its issuer or the route requires that.
     *
     * @return the answer; empty if the issuer is not asked
     * @throws RefusedException if the issuer says otherwise, can't say now, or is not asked although the route requires it
     */
    public Optional<AccessToken> confirm(String token, AccessToken judged, boolean isFresh) throws RefusedException {
        IntrospectedIssuer issuer = byName.get(judged.issuer());
        if (issuer == null) {
            requireNoAnswerNeeded(isFresh);
            return Optional.empty();
        }
        return isFresh || issuer.isAlwaysAsked()
                ? Optional.of(issuer.confirm(token, judged, isFresh, clock.instant()))
                : Optional.empty();
    }

    /** Whether {@link #confirm} has anything to do. */
    public boolean isToConfirm(AccessToken judged, boolean isFresh) {
        if (isFresh || byName.isEmpty()) {
            return isFresh;
        }
        IntrospectedIssuer issuer = byName.get(judged.issuer());
        return issuer != null && issuer.isAlwaysAsked();
    }

    /** How long a token lives that was never signed, or whose issuer nobody here can judge signatures of. */
    public Optional<LifetimeCheck> lifetimeOf(AccessToken token) {
        return token.keyId().isEmpty()
                ? Optional.ofNullable(byName.get(token.issuer())).map(IntrospectedIssuer::lifetime)
                : Optional.empty();
    }

    private static void requireNoAnswerNeeded(boolean isFresh) throws RefusedException {
        if (isFresh) {
            throw new RefusedException(RefusalReason.ANSWER_REQUIRED);
        }
    }

    /** Asks once more about a token that was found good earlier in the same request, by whichever way. */
    public void confirmAgain(String token, AccessToken alreadyGood) throws RefusedException {
        Optional<IntrospectedIssuer> issuer = whomToAsk(token);
        if (issuer.isPresent()) {
            AccessToken unused = issuer.get().confirm(token, alreadyGood, true, clock.instant());
        } else {
            Optional<AccessToken> unused = confirm(token, alreadyGood, true);
        }
    }

    /** How each endpoint is. */
    public List<IntrospectionHealth> health() {
        return byName.values().stream()
                .map(issuer -> issuer.introspector().health())
                .toList();
    }
}
