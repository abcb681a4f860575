package io.tokenguard.internal.assembly;

import io.tokenguard.config.Dialect;
import io.tokenguard.config.Dialect.ClaimNames;
import io.tokenguard.config.Introspection;
import io.tokenguard.internal.claims.ClaimsPolicy;
import io.tokenguard.internal.claims.ClaimsValidator;
import io.tokenguard.internal.claims.LifetimeCheck;
import io.tokenguard.internal.claims.LifetimePolicy;
import io.tokenguard.internal.claims.NameClaim;
import io.tokenguard.internal.claims.TokenShape;
import io.tokenguard.internal.issuers.AlgorithmUse;
import io.tokenguard.internal.issuers.IssuerNames;
import io.tokenguard.internal.issuers.IssuerRules;
import io.tokenguard.internal.issuers.TokenRules;
import io.tokenguard.internal.keys.KeyRefreshPolicy;
import io.tokenguard.internal.keys.MetadataSelection;
import io.tokenguard.internal.keys.WaitPolicy;
import io.tokenguard.internal.settings.ClaimSettings;
import io.tokenguard.internal.settings.IssuerSettings;
import io.tokenguard.internal.settings.KeyLoadSettings;
import io.tokenguard.internal.settings.KeyLocation;
import io.tokenguard.internal.settings.KeySettings;
import io.tokenguard.internal.settings.LifetimeSettings;
import io.tokenguard.internal.token.HeaderPolicy;
import io.tokenguard.spi.KeySource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns the settings of one issuer into policies. */
final class IssuerPolicies {
    private static final List<String> ANSWER_SCOPE = List.of("scope");

    private IssuerPolicies() {}

    static IssuerRules rules(IssuerSettings issuer, Optional<MetadataSelection> selection, KeySource keys) {
        LifetimeCheck lifetime = new LifetimeCheck(lifetime(issuer));
        return new IssuerRules(
                new IssuerNames(issuer.issuer(), issuer.tenants().texts().aliases()),
                issuer.tokens().audiences(),
                new AlgorithmUse(issuer.tokens().algorithms()),
                DialectChoice.rules(
                        issuer,
                        selection,
                        dialect -> new TokenRules(
                                header(issuer, dialect),
                                new ClaimsValidator(claims(issuer, dialect)),
                                lifetime,
                                isAlwaysAsked(issuer),
                                new TokenRules.Origin(dialect.settingName(), issuer.keyPrefix(), keySetting(issuer)))),
                keys,
                lifetime);
    }

    /** The setting that names the keys, as audit events show it. */
    private static String keySetting(IssuerSettings issuer) {
        KeyLocation location = issuer.keys().location();
        if (location instanceof KeyLocation.Given || location instanceof KeyLocation.Plugged) {
            return "TrustedIssuerBuilder." + location.setting();
        }
        return location instanceof KeyLocation.Discovered ? "jwks-uri" : location.setting();
    }

    private static boolean isAlwaysAsked(IssuerSettings issuer) {
        return issuer.introspection()
                .filter(asked -> asked.how().mode() == Introspection.Mode.ALWAYS)
                .isPresent();
    }

    private static HeaderPolicy header(IssuerSettings issuer, Dialect dialect) {
        return new HeaderPolicy(
                issuer.tokens().algorithms(), IssuerShape.rules(issuer, dialect).types());
    }

    static LifetimePolicy lifetime(IssuerSettings issuer) {
        LifetimeSettings lifetime = issuer.tokens().lifetime();
        return new LifetimePolicy(lifetime.clockSkew(), lifetime.maxAge(), lifetime.maxLifetime());
    }

    private static ClaimsPolicy claims(IssuerSettings issuer, Dialect dialect) {
        ClaimsPolicy claims = claimsOfAllTenants(issuer, dialect);
        TokenShape shape = issuer.tenants()
                .own()
                .map(tenant -> claims.shape().marked("tid", tenant))
                .orElse(claims.shape());
        return claims.of(issuer.issuer(), shape);
    }

    private static ClaimsPolicy claimsOfAllTenants(IssuerSettings issuer, Dialect dialect) {
        DialectRules rules = IssuerShape.rules(issuer, dialect);
        ClaimSettings own = issuer.tokens().claims();
        return new ClaimsPolicy(
                issuer.issuer(),
                issuer.tokens().audiences(),
                rules.shape(),
                names(own.scopes(), rules.scopeClaims()),
                names(own.roles(), rules.rolesClaims()),
                mayLack(issuer),
                false);
    }

    private static Set<String> mayLack(IssuerSettings issuer) {
        return issuer.tokens().audience().mayBeMissing() ? Set.of("aud") : Set.of();
    }

    private static NameClaim names(ClaimNames own, List<String> ofDialect) {
        boolean isStated = !own.paths().isEmpty();
        return NameClaim.in(
                isStated ? own.paths() : ofDialect,
                isStated,
                new NameClaim.Form(own.separator(), own.removedPrefix(), own.addedPrefix()));
    }

    /** What the issuer's introspection answers have to say (RFC 7662 §2.2 has the scopes in {@code scope}). */
    static ClaimsPolicy answers(IssuerSettings issuer, Introspection how, Dialect dialect) {
        Set<String> required = new HashSet<>(Set.of("aud", "exp"));
        if (!issuer.isUnnamed()) {
            required.add("iss");
        }
        Set<String> lacking = new HashSet<>(how.acceptedWithout());
        lacking.addAll(mayLack(issuer));
        required.removeAll(lacking);
        required.addAll(issuer.tokens().claims().required());
        return claimsOfAllTenants(issuer, dialect)
                .forAnswers(
                        required, names(issuer.tokens().claims().scopes(), ANSWER_SCOPE), lacking, issuer.isUnnamed());
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
