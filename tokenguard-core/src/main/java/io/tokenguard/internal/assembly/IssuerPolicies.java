package io.tokenguard.internal.assembly;

import io.tokenguard.config.Introspection;
import io.tokenguard.internal.claims.ClaimsPolicy;
import io.tokenguard.internal.claims.ClaimsValidator;
import io.tokenguard.internal.claims.LifetimeCheck;
import io.tokenguard.internal.claims.LifetimePolicy;
import io.tokenguard.internal.claims.TokenShape;
import io.tokenguard.internal.issuers.IssuerRules;
import io.tokenguard.internal.keys.KeyRefreshPolicy;
import io.tokenguard.internal.keys.WaitPolicy;
import io.tokenguard.internal.settings.IssuerSettings;
import io.tokenguard.internal.settings.KeyLoadSettings;
import io.tokenguard.internal.settings.KeySettings;
import io.tokenguard.internal.settings.LifetimeSettings;
import io.tokenguard.internal.token.HeaderPolicy;
import io.tokenguard.spi.KeySource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Turns the settings of one issuer into policies. */
final class IssuerPolicies {
    private static final List<String> ANSWER_SCOPE = List.of("scope");

    private IssuerPolicies() {}

    static IssuerRules rules(IssuerSettings issuer, KeySource keys) {
        return new IssuerRules(
                issuer.issuer(),
                header(issuer),
                keys,
                new ClaimsValidator(claims(issuer)),
                new LifetimeCheck(lifetime(issuer)));
    }

    private static HeaderPolicy header(IssuerSettings issuer) {
        return new HeaderPolicy(
                issuer.tokens().algorithms(), IssuerShape.rules(issuer).types());
    }

    static LifetimePolicy lifetime(IssuerSettings issuer) {
        LifetimeSettings lifetime = issuer.tokens().lifetime();
        return new LifetimePolicy(lifetime.clockSkew(), lifetime.maxAge(), lifetime.maxLifetime());
    }

    private static ClaimsPolicy claims(IssuerSettings issuer) {
        ClaimsPolicy claims = claimsOfAllTenants(issuer);
        TokenShape shape = issuer.tenants()
                .own()
                .map(tenant -> claims.shape().marked("tid", tenant))
                .orElse(claims.shape());
        return claims.of(issuer.issuer(), shape);
    }

    private static ClaimsPolicy claimsOfAllTenants(IssuerSettings issuer) {
        DialectRules rules = IssuerShape.rules(issuer);
        return new ClaimsPolicy(
                issuer.issuer(), issuer.tokens().audiences(), rules.shape(), rules.scopeClaims(), rules.rolesClaims());
    }

    /** What the issuer's introspection answers must contain (RFC 7662 §2.2 has the scopes in {@code scope}). */
    static ClaimsPolicy answers(IssuerSettings issuer, Introspection how) {
        Set<String> required = new HashSet<>(Set.of("aud", "exp"));
        if (!issuer.isUnnamed()) {
            required.add("iss");
        }
        required.removeAll(how.acceptedWithout());
        required.addAll(issuer.tokens().claims().required());
        return claimsOfAllTenants(issuer)
                .forAnswers(
                        required,
                        issuer.tokens().claims().scopePaths().orElse(ANSWER_SCOPE),
                        how.acceptedWithout(),
                        issuer.isUnnamed());
    }

    static KeyRefreshPolicy refresh(KeySettings keys) {
        KeyLoadSettings loads = keys.loads();
        KeyRefreshPolicy policy = new KeyRefreshPolicy(
                keys.cache().cacheTtl(),
                keys.cache().refreshAhead(),
                loads.unknownKeyCooldown(),
                keys.cache().staleTtl(),
                loads.initialJitter(),
                loads.maxPerMinute(),
                new WaitPolicy(loads.timeout(), loads.maxWaiting(), true));
        return keys.isNamedByToken() ? policy.ofNamedIssuers() : policy;
    }
}
