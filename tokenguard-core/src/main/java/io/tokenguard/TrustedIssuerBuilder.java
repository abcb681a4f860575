package io.tokenguard;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.Dialect;
import io.tokenguard.config.Introspection;
import io.tokenguard.internal.bounds.Bounds;
import io.tokenguard.internal.claims.ClaimsPolicy;
import io.tokenguard.internal.claims.LifetimePolicy;
import io.tokenguard.internal.token.HeaderPolicy;
import io.tokenguard.spi.KeySource;
import io.tokenguard.spi.VerificationKey;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Describes an issuer. Strict where nothing is said; only the audience has no default. Not thread-safe. */
public final class TrustedIssuerBuilder {
    private final String issuer;
    private final KeySupplyBuilder keys = new KeySupplyBuilder();
    private final IntrospectionBuilder introspection = new IntrospectionBuilder();
    private final Set<String> audiences = new LinkedHashSet<>();
    private final Set<String> requiredClaims = new HashSet<>();
    private Set<SignatureAlgorithm> algorithms = EnumSet.allOf(SignatureAlgorithm.class);
    private final Set<String> tenants = new LinkedHashSet<>();
    private Dialect dialect = Dialect.RFC9068;
    private @Nullable Set<String> tokenTypes;
    private @Nullable List<String> scopeClaim;
    private @Nullable List<String> rolesClaim;
    private Duration clockSkew = Duration.ofSeconds(30);
    private Optional<Duration> maxTokenAge = Optional.empty();
    private Duration maxTokenLifetime = Duration.ofHours(24);
    private String keyPrefix = "tokenguard.";
    private int mostAlive = 100;
    private Predicate<String> accepts = issuer -> true;

    TrustedIssuerBuilder(String issuer) {
        this.issuer = Bounds.withoutUserInfo("tokenguard.issuer-uri", Bounds.text("tokenguard.issuer-uri", issuer));
    }

    /** Says what the settings are called in messages. */
    TrustedIssuerBuilder calledInMessages(String prefix) {
        keyPrefix = prefix;
        return this;
    }

    /**
     * Names this API as the issuer does, in {@code aud}; a token must be meant for at least one of the names (RFC 9068 §4).
     * Required: an issuer without an audience can't be built.
     */
    public TrustedIssuerBuilder audience(String... names) {
        audiences.addAll(Bounds.texts("tokenguard.audiences", names));
        return this;
    }

    /** Accepts these signature algorithms only. Default: all of {@link SignatureAlgorithm}. */
    public TrustedIssuerBuilder algorithms(SignatureAlgorithm... accepted) {
        if (accepted.length == 0) {
            throw ConfigurationException.missing("tokenguard.algorithms", "name at least one");
        }
        algorithms = EnumSet.copyOf(List.of(accepted));
        return this;
    }

    /** Accepts these values of {@code typ} only. Default: those of the dialect, {@code at+jwt} (RFC 9068 §2.1) as a rule. */
    public TrustedIssuerBuilder tokenTypes(String... types) {
        tokenTypes = Set.copyOf(Bounds.texts("tokenguard.token-types", types));
        return this;
    }

    /**
     * Accepts tokens of any type and of none. Gives up telling an access token from an ID token, a logout token or any
     * other JWT of the same issuer (RFC 8725 §2.8, §3.11).
     */
    public TrustedIssuerBuilder acceptAnyTokenType() {
        tokenTypes = Set.of();
        return this;
    }

    /** The shape of this issuer's tokens. Default: {@link Dialect#RFC9068}. */
    public TrustedIssuerBuilder dialect(Dialect shape) {
        dialect = shape;
        return this;
    }

    /**
     * Trusts the issuer for these tenants only: each takes the place of <code>{tenantid}</code> in its identifier, which
     * must then be there. For {@link Dialect#ENTRA_ID}. Default: none.
     */
    public TrustedIssuerBuilder tenants(String... ids) {
        tenants.addAll(Bounds.texts("tokenguard.tenants", ids));
        return this;
    }

    /** Requires further claims, beside those of the dialect. */
    public TrustedIssuerBuilder requireClaims(String... names) {
        requiredClaims.addAll(Bounds.texts("tokenguard.required-claims", names));
        return this;
    }

    /** The path to the scopes, one name for each level. Default: that of the dialect. No other claim counts. */
    public TrustedIssuerBuilder scopeClaim(String... path) {
        scopeClaim = Bounds.texts("tokenguard.scope-claim", path);
        return this;
    }

    /**
     * The path to the roles, one name for each level, such as {@code realm_access}, {@code roles}. Default: that of the
     * dialect. A role is a text, or an object with its name in {@code value} (RFC 7643 §2.4).
     */
    public TrustedIssuerBuilder rolesClaim(String... path) {
        rolesClaim = Bounds.texts("tokenguard.roles-claim", path);
        return this;
    }

    /** How far the clocks of issuer and API may be apart. Default: 30 s; 0 to 120 s. More lets expired tokens live longer. */
    public TrustedIssuerBuilder clockSkew(Duration skew) {
        clockSkew = Bounds.between("tokenguard.clock-skew", skew, Duration.ZERO, Bounds.LONGEST_CLOCK_SKEW);
        return this;
    }

    /** The greatest age of a token since {@code iat}, which is then required. Default: no limit; 1 s to 30 d. */
    public TrustedIssuerBuilder maxTokenAge(Duration age) {
        maxTokenAge = Optional.of(
                Bounds.between("tokenguard.max-token-age", age, Duration.ofSeconds(1), Bounds.LONGEST_TOKEN_LIFE));
        return this;
    }

    /** The longest life of a token, from {@code iat} or from now. Default: 24 h; 1 s to 30 d. */
    public TrustedIssuerBuilder maxTokenLifetime(Duration life) {
        maxTokenLifetime =
                Bounds.between("tokenguard.max-token-lifetime", life, Duration.ofSeconds(1), Bounds.LONGEST_TOKEN_LIFE);
        return this;
    }

    /** Takes the keys from a key set at an address, https or on this machine. Default: where the issuer's metadata says. */
    public TrustedIssuerBuilder keysFrom(URI jwksUri) {
        keys.locate(new KeyLocation.At(jwksUri));
        return this;
    }

    /** Takes the keys from a key set in a file, which is read again as often as an address is. */
    public TrustedIssuerBuilder keysFrom(Path jwksFile) {
        keys.locate(new KeyLocation.In(jwksFile));
        return this;
    }

    /** Takes the keys from the application. The guard closes the source when it is closed itself. */
    public TrustedIssuerBuilder keysFrom(KeySource source) {
        keys.locate(new KeyLocation.Plugged(source));
        return this;
    }

    /** Trusts exactly these keys. They are held to the same rules as keys from the network. */
    public TrustedIssuerBuilder keys(VerificationKey... trusted) {
        if (trusted.length == 0) {
            throw ConfigurationException.missing(keyPrefix + "keys", "give at least one");
        }
        keys.locate(new KeyLocation.Given(new ArrayList<>(List.of(trusted))));
        return this;
    }

    /** How long loaded keys count as fresh. Default: 5 m; 30 s to 1 h. A key that was withdrawn may serve that long. */
    public TrustedIssuerBuilder keyCacheTtl(Duration ttl) {
        keys.cacheTtl(ttl);
        return this;
    }

    /** How long before they count as old keys are loaded anew. Default: a fifth of the time that they count as fresh. */
    public TrustedIssuerBuilder keyRefreshAhead(Duration ahead) {
        keys.refreshAhead(ahead);
        return this;
    }

    /** The shortest time between two loads that tokens with unknown keys can cause. Default: 30 s; 5 s to 1 h. */
    public TrustedIssuerBuilder unknownKeyCooldown(Duration cooldown) {
        keys.cooldown(cooldown);
        return this;
    }

    /** How long keys go on to serve after their last good load. Default: 4 h; from the fresh time to 24 h. */
    public TrustedIssuerBuilder keyStaleTtl(Duration ttl) {
        keys.outageTtl(ttl);
        return this;
    }

    /** How long one load may take, body included. Default: 3 s; 100 ms to 30 s. */
    public TrustedIssuerBuilder keyTimeout(Duration timeout) {
        keys.timeout(timeout);
        return this;
    }

    /** The greatest size of a key set or of metadata, in bytes. Default: 256 KiB; 1 KiB to 4 MiB. */
    public TrustedIssuerBuilder keySetMaxSize(int bytes) {
        keys.largest(bytes);
        return this;
    }

    /**
     * Where {@code *} in the issuer stands for names, such as those of tenants: how many issuers are alive at once. Those
     * that are used seldom make room. Default: 100; 1 to 10000.
     */
    public TrustedIssuerBuilder maxActiveIssuers(int issuers) {
        mostAlive = Bounds.between("tokenguard.max-alive", issuers, 1, 10_000);
        return this;
    }

    /**
     * Where {@code *} in the issuer stands for names: which of the issuers are trusted. Asked before any signature is
     * checked, with what anybody may have written; it must be quick. Default: all.
     */
    public TrustedIssuerBuilder onlyIf(Predicate<String> isTrusted) {
        accepts = isTrusted;
        return this;
    }

    /** The greatest number of loads in a minute, whatever causes them. Default: 4; 1 to 10. */
    public TrustedIssuerBuilder keyMaxLoadsPerMinute(int loads) {
        keys.mostLoads(loads);
        return this;
    }

    /**
     * The longest random delay of the first load after a start, for thousands of processes that start together. A token that
     * arrives earlier starts the load at once. Default: 0, which loads while the guard is built; 0 to 5 min.
     */
    public TrustedIssuerBuilder initialFetchJitter(Duration longest) {
        keys.startSpread(longest);
        return this;
    }

    /**
     * How many requests may wait for the first load of this issuer's keys; further ones get 503 at once. Default: 2000; 1 to
     * 100000.
     */
    public TrustedIssuerBuilder keyMaxWaiting(int requests) {
        keys.mostWaiting(requests);
        return this;
    }

    /** Builds no guard before the first load was good. Default: the guard is built, and answers 503 until it was. */
    public TrustedIssuerBuilder keyFailFast() {
        keys.failFast();
        return this;
    }

    /**
     * Keeps the last good keys in a folder, in a file that only its owner can write, so that an application serves at once
     * though it starts while the issuer is out of reach; for as long as keys serve through an outage. Default: none. Whoever
     * can write the folder can make keys trusted.
     */
    public TrustedIssuerBuilder keySnapshotFolder(Path folder) {
        keys.snapshots(folder);
        return this;
    }

    /** Asks the issuer about tokens that only it can read, or about all (RFC 7662). Default: it is not asked. */
    public TrustedIssuerBuilder introspection(Introspection settings) {
        introspection.set(settings);
        return this;
    }

    /** How the issuer is asked, to be said piece by piece. */
    IntrospectionBuilder asked() {
        return introspection;
    }

    /**
     * The issuer.
     *
     * @throws ConfigurationException if a setting is missing or contradicts another
     */
    public TrustedIssuer build() {
        if (audiences.isEmpty()) {
            throw ConfigurationException.missing(
                    keyPrefix + "audiences", "name this API as issuer " + issuer + " does in aud");
        }
        IssuerTemplate.requireTenants(keyPrefix + "tenants", issuer, tenants, dialect);
        boolean isTemplate = IssuerTemplate.isTemplate(issuer) && !introspection.isUnnamed();
        if (isTemplate && !keys.areDiscovered()) {
            throw ConfigurationException.of(
                    keyPrefix + "issuer-uri", issuer, "issuers with * have keys of their own, by their metadata");
        }
        DialectRules rules = DialectRules.of(dialect);
        ClaimsPolicy claims = new ClaimsPolicy(
                issuer,
                audiences,
                rules.shape().requiring(requiredClaims),
                scopeClaim == null ? rules.scopeClaim() : scopeClaim,
                rolesClaim == null ? rules.rolesClaim() : rolesClaim);
        return new TrustedIssuer(
                keyPrefix,
                new HeaderPolicy(algorithms, tokenTypes == null ? rules.types() : tokenTypes),
                claims,
                new LifetimePolicy(clockSkew, maxTokenAge, maxTokenLifetime),
                keys.build(keyPrefix),
                List.copyOf(tenants),
                new TrustedIssuer.Aliveness(mostAlive, accepts, isTemplate && IssuerTemplate.isNamedInHost(issuer)),
                introspection.build(keyPrefix, claims, requiredClaims, scopeClaim));
    }
}
