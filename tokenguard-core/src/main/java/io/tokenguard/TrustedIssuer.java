package io.tokenguard;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.Introspection;
import io.tokenguard.internal.bounds.Bounds;
import io.tokenguard.internal.claims.ClaimsPolicy;
import io.tokenguard.internal.claims.LifetimePolicy;
import io.tokenguard.internal.claims.TokenShape;
import io.tokenguard.internal.token.HeaderPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An issuer whose access tokens are accepted, and on which terms. Immutable.
 *
 * @see #builder(String)
 */
public final class TrustedIssuer {
    static final String TENANT = "{tenantid}";

    private final String keyPrefix;
    private final HeaderPolicy header;
    private final ClaimsPolicy claims;
    private final LifetimePolicy lifetime;
    private final KeySupply keys;
    private final List<String> tenants;
    private final Aliveness aliveness;
    private final Optional<AnswerTerms> asked;

    /**
     * Which of the issuers that a template stands for are let live.
     *
     * @param most how many at once
     * @param accepts which
     * @param areHostsNamed whether tokens name their hosts
     */
    record Aliveness(int most, Predicate<String> accepts, boolean areHostsNamed) {}

    TrustedIssuer(
            String keyPrefix,
            HeaderPolicy header,
            ClaimsPolicy claims,
            LifetimePolicy lifetime,
            KeySupply keys,
            List<String> tenants,
            Aliveness aliveness,
            Optional<AnswerTerms> asked) {
        this.keyPrefix = keyPrefix;
        this.header = header;
        this.claims = claims;
        this.lifetime = lifetime;
        this.keys = keys;
        this.tenants = tenants;
        this.aliveness = aliveness;
        this.asked = asked;
    }

    /**
     * Starts to describe an issuer.
     *
     * @param issuer its identifier, to the letter as it stands in {@code iss}; for discovery an https address (RFC 8414 §2)
     */
    public static TrustedIssuerBuilder builder(String issuer) {
        return new TrustedIssuerBuilder(issuer);
    }

    /**
     * Starts to describe an issuer of which nothing is known but where it answers questions about its tokens: an API of opaque
     * tokens only (RFC 7662). Whoever answers there may speak for any issuer; what it names as {@code iss} is passed on.
     *
     * @param introspection with the address of the endpoint
     * @throws ConfigurationException if it has none
     */
    public static TrustedIssuerBuilder opaque(Introspection introspection) {
        String endpoint = introspection
                .uri()
                .map(URI::toString)
                .orElseThrow(() -> ConfigurationException.missing(
                        "tokenguard.introspection.uri", "without an issuer nothing else tells where to ask"));
        TrustedIssuerBuilder issuer =
                new TrustedIssuerBuilder(Bounds.withoutUserInfo("tokenguard.introspection.uri", endpoint));
        issuer.asked().unnamed();
        return issuer.introspection(introspection);
    }

    /** Its identifier, or the template of its tenants' identifiers. */
    public String issuer() {
        return claims.issuer();
    }

    /** One issuer for each of its tenants; itself, where it has none. */
    List<TrustedIssuer> perTenant() {
        return tenants.isEmpty()
                ? List.of(this)
                : tenants.stream().map(this::forTenant).toList();
    }

    private TrustedIssuer forTenant(String tenant) {
        return as(claims.issuer().replace(TENANT, tenant), claims.shape().marked("tid", tenant), keys);
    }

    /** One of the issuers that this template stands for. */
    TrustedIssuer named(String issuer) {
        return as(issuer, claims.shape(), keys.ofNamedIssuer());
    }

    /** The same within narrower bounds: fewer algorithms, and keys that serve through a shorter outage. */
    TrustedIssuer within(Set<SignatureAlgorithm> algorithms, Duration outage) {
        return new TrustedIssuer(
                keyPrefix,
                new HeaderPolicy(algorithms, header.types()),
                claims,
                lifetime,
                keys.servingThrough(outage),
                tenants,
                aliveness,
                asked);
    }

    private TrustedIssuer as(String issuer, TokenShape shape, KeySupply supply) {
        return new TrustedIssuer(
                keyPrefix,
                header,
                claims.of(issuer, shape),
                lifetime,
                supply,
                List.of(),
                aliveness,
                asked.map(terms -> terms.of(issuer)));
    }

    int mostAlive() {
        return aliveness.most;
    }

    /** Whether a token has named the host of this issuer, and not whoever configured the guard. */
    boolean isHostNamedByToken() {
        return aliveness.areHostsNamed;
    }

    boolean accepts(String issuer) {
        return aliveness.accepts.test(issuer);
    }

    /** What its settings are called in messages, such as {@code tokenguard.issuers.main.}. */
    String keyPrefix() {
        return keyPrefix;
    }

    HeaderPolicy header() {
        return header;
    }

    ClaimsPolicy claims() {
        return claims;
    }

    LifetimePolicy lifetime() {
        return lifetime;
    }

    KeySupply keys() {
        return keys;
    }

    /** How it is asked about tokens; empty where it is not. */
    Optional<AnswerTerms> asked() {
        return asked;
    }

    /** Whether nothing is known of it but where it answers. */
    boolean isUnnamed() {
        return asked.filter(AnswerTerms::isUnnamed).isPresent();
    }

    /** Shows the identifier only. */
    @Override
    public String toString() {
        return "TrustedIssuer[" + issuer() + "]";
    }
}
