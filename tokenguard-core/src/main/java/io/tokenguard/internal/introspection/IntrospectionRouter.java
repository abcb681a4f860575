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
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Selects the issuer that introspects a token. Immutable, except for the cached answers. */
public final class IntrospectionRouter {
    private final Map<String, IntrospectedIssuer> byName = new HashMap<>();
    private final List<IntrospectedIssuer> byPrefix;
    private final @Nullable IntrospectedIssuer rest;
    private final List<String> unnamed;
    private final boolean isOnlyWay;
    private final int longestToken;
    private final Clock clock;

    /**
     * A router.
     *
     * @param asked the issuers with introspection; at most one without a prefix
     * @param unnamed the identifiers of those whose answers may name any issuer
     * @param isOnlyWay whether no issuer's signed tokens can be verified here
     * @param longestToken the greatest number of characters of a token
     */
    public IntrospectionRouter(
            Collection<IntrospectedIssuer> asked,
            List<String> unnamed,
            boolean isOnlyWay,
            int longestToken,
            Clock clock) {
        this.unnamed = List.copyOf(unnamed);
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

    /** The same for decisions that must not wait: uses cached answers only. */
    public IntrospectionRouter withoutWaiting() {
        return new IntrospectionRouter(
                byName.values().stream().map(IntrospectedIssuer::withoutWaiting).toList(),
                unnamed,
                isOnlyWay,
                longestToken,
                clock);
    }

    /**
     * The issuer to ask about a token that can't be verified here; empty if it can. What looks like a signed or an encrypted
     * token is not introspected instead of being verified (RFC 7662 §4), unless no such token can be verified here.
     */
    public Optional<IntrospectedIssuer> issuerFor(String token) {
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

    /** Introspects a token that can't be verified here. */
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
    public Optional<AccessToken> confirm(String token, AccessToken verified, boolean isFresh) throws RefusedException {
        IntrospectedIssuer issuer = byName.get(verified.issuer());
        if (issuer == null) {
            requireNoAnswerNeeded(isFresh);
            return Optional.empty();
        }
        return isFresh || issuer.isAlwaysAsked()
                ? Optional.of(issuer.confirm(token, verified, isFresh, clock.instant()))
                : Optional.empty();
    }

    /** Whether an issuer's answers say that a token is active, or was a few minutes ago. Makes no call. */
    public boolean isKnownActive(String token) {
        return byName.values().stream().anyMatch(issuer -> issuer.introspector().isKnownActive(token));
    }

    /** Whether {@link #confirm} has anything to do. */
    public boolean isToConfirm(AccessToken verified, boolean isFresh) {
        if (isFresh || byName.isEmpty()) {
            return isFresh;
        }
        IntrospectedIssuer issuer = byName.get(verified.issuer());
        return issuer != null && issuer.isAlwaysAsked();
    }

    /**
     * The lifetime rules of a token that was introspected only.
     *
     * @param isTrusted whether an issuer is trusted by its identifier; the answer of an unnamed one may name any other
     */
    public Optional<LifetimeCheck> lifetimeOf(AccessToken token, Predicate<String> isTrusted) {
        if (!token.keyId().isEmpty()) {
            return Optional.empty();
        }
        boolean isOfUnnamed = !byName.containsKey(token.issuer()) && !isTrusted.test(token.issuer());
        Stream<String> names = isOfUnnamed ? unnamed.stream() : Stream.of(token.issuer());
        return names.map(byName::get).filter(Objects::nonNull).findFirst().map(IntrospectedIssuer::lifetime);
    }

    private static void requireNoAnswerNeeded(boolean isFresh) throws RefusedException {
        if (isFresh) {
            throw new RefusedException(RefusalReason.ANSWER_REQUIRED);
        }
    }

    /** Introspects again a token that was accepted earlier in the same request, in whichever way. */
    public void confirmAgain(String token, AccessToken alreadyGood) throws RefusedException {
        Optional<IntrospectedIssuer> issuer = issuerFor(token);
        if (issuer.isPresent()) {
            AccessToken unused = issuer.get().confirm(token, alreadyGood, true, clock.instant());
        } else {
            Optional<AccessToken> unused = confirm(token, alreadyGood, true);
        }
    }

    /** The state of each endpoint. */
    public List<IntrospectionHealth> health() {
        return byName.values().stream()
                .map(issuer -> issuer.introspector().health())
                .toList();
    }
}
