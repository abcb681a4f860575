package io.tokenguard;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.ClaimNames;
import io.tokenguard.config.Credentials;
import io.tokenguard.config.Dialect;
import io.tokenguard.config.Introspection;
import io.tokenguard.internal.settings.IssuerSettingsBuilder;
import io.tokenguard.internal.settings.KeyLocation;
import io.tokenguard.spi.KeySource;
import io.tokenguard.spi.VerificationKey;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Describes an issuer. Strict where nothing is said; only the audience has no default. Not thread-safe. */
public final class TrustedIssuerBuilder {
    private final IssuerSettingsBuilder settings;

    TrustedIssuerBuilder(IssuerSettingsBuilder settings) {
        this.settings = settings;
    }

    /**
     * Names this API as the issuer does, in {@code aud}; a token must be meant for at least one of the names (RFC 9068 §4).
     * Required: an issuer without an audience can't be built.
     */
    public TrustedIssuerBuilder audience(String... names) {
        settings.audience(names);
        return this;
    }

    /** Accepts these signature algorithms only. Default: all of {@link SignatureAlgorithm}. */
    public TrustedIssuerBuilder algorithms(SignatureAlgorithm... accepted) {
        settings.algorithms(accepted);
        return this;
    }

    /** Accepts these values of {@code typ} only; {@code none} stands for tokens without it. Default: those of the dialect. */
    public TrustedIssuerBuilder tokenTypes(String... types) {
        settings.tokenTypes(types);
        return this;
    }

    /** Accepts tokens of any type. Cost: the type tells no access token from the issuer's other JWTs (RFC 8725 §3.11). */
    public TrustedIssuerBuilder acceptAnyTokenType() {
        settings.acceptAnyTokenType();
        return this;
    }

    /** The shape of this issuer's tokens. Default: {@link Dialect#AUTO}. */
    public TrustedIssuerBuilder dialect(Dialect chosen) {
        settings.claims().dialect(chosen);
        return this;
    }

    /** The tenants that <code>{tenantid}</code> in the identifier stands for. For {@link Dialect#ENTRA_ID}. Default: none. */
    public TrustedIssuerBuilder tenants(String... ids) {
        settings.tenants(ids);
        return this;
    }

    /**
     * Requires further claims in addition to those of the dialect: names, names with values ({@code hd=example.com}), or
     * several of them joined by {@code and} and {@code or}.
     */
    public TrustedIssuerBuilder requireClaims(String... claims) {
        settings.claims().require(claims);
        return this;
    }

    /**
     * What tells an access token from the issuer's other tokens, of which one has to hold: {@code token_use=access},
     * {@code azp}, {@code !nonce}, or several joined by {@code and}. Only a value by which the issuer states that the token is
     * an access token lets claims of ID tokens, such as {@code nonce}, pass. Default: that of the dialect.
     */
    public TrustedIssuerBuilder marker(String... conditions) {
        settings.claims().marker(conditions);
        return this;
    }

    /** The claim with the audience, the first of these that is there. Default: that of the dialect, {@code aud} as a rule. */
    public TrustedIssuerBuilder audienceClaim(String... names) {
        settings.claims().audience(names);
        return this;
    }

    /**
     * The claim with the subject, the first of these that is there. Default: {@code sub}. Names and addresses can be given to
     * somebody else later (OpenID Connect Core §5.7). Revocations of the subject also match {@code sub}.
     */
    public TrustedIssuerBuilder subjectClaim(String... names) {
        settings.claims().subject(names);
        return this;
    }

    /** The claims with the client; those that are there must agree. Default: those of the dialect. */
    public TrustedIssuerBuilder clientClaim(String... names) {
        settings.claims().client(names);
        return this;
    }

    /**
     * How a token shows that the client acts for itself: {@code client} if it always does, or conditions as in
     * {@link #marker}. A token without a subject, or with the client as subject, always does. Default: that of the dialect.
     */
    public TrustedIssuerBuilder subjectKind(String... conditions) {
        settings.claims().subjectKind(conditions);
        return this;
    }

    /** Accepts ID tokens. Anyone who gets an ID token for one of the audiences can call this API. Default: refused. */
    public TrustedIssuerBuilder acceptIdTokens() {
        settings.claims().acceptIdTokens();
        return this;
    }

    /** The claims with the scopes, joined: names, paths with dots, or JSON Pointers. Default: that of the dialect. */
    public TrustedIssuerBuilder scopeClaim(String... paths) {
        return scopeClaim(ClaimNames.in(paths));
    }

    /** The claims with the scopes, and how names are written in them. Default: as the dialect has them. */
    public TrustedIssuerBuilder scopeClaim(ClaimNames names) {
        settings.claims().scopes(former -> names);
        return this;
    }

    /**
     * The claims with the roles, joined: names, paths with dots ({@code realm_access.roles}), or JSON Pointers (RFC 6901).
     * {@code *} stands for any member, whose name and a colon then precede its roles ({@code resource_access.*.roles}). Default:
     * that of the dialect.
     */
    public TrustedIssuerBuilder rolesClaim(String... paths) {
        return rolesClaim(ClaimNames.in(paths));
    }

    /** The claims with the roles, and how names are written in them. Default: as the dialect has them. */
    public TrustedIssuerBuilder rolesClaim(ClaimNames names) {
        settings.claims().roles(former -> names);
        return this;
    }

    /** How far the clocks of issuer and API may be apart. Default: 30 s; 0 to 120 s. More lets expired tokens live longer. */
    public TrustedIssuerBuilder clockSkew(Duration skew) {
        settings.clockSkew(skew);
        return this;
    }

    /** The greatest age of a token since {@code iat}, which is then required. Default: no limit; 1 s to 400 d. */
    public TrustedIssuerBuilder maxTokenAge(Duration age) {
        settings.maxTokenAge(age);
        return this;
    }

    /** The longest life of a token, from {@code iat} or now; revocations are kept as long. Default: 24 h; 1 s to 400 d. */
    public TrustedIssuerBuilder maxTokenLifetime(Duration life) {
        settings.maxTokenLifetime(life);
        return this;
    }

    /** Takes the keys from a key set at an address, https or on this machine. Default: where the issuer's metadata says. */
    public TrustedIssuerBuilder keysFrom(URI jwksUri) {
        settings.keys().locate(new KeyLocation.At(jwksUri));
        return this;
    }

    /** Takes the keys from a key set in a file, which is read again as often as an address is. */
    public TrustedIssuerBuilder keysFrom(Path jwksFile) {
        settings.keys().locate(new KeyLocation.In(jwksFile));
        return this;
    }

    /** Takes the keys from the application. The guard closes the source when it is closed itself. */
    public TrustedIssuerBuilder keysFrom(KeySource source) {
        settings.keys().locate(new KeyLocation.Plugged(source));
        return this;
    }

    /** Trusts exactly these keys. They are held to the same rules as keys from the network. */
    public TrustedIssuerBuilder keys(VerificationKey... trusted) {
        if (trusted.length == 0) {
            throw ConfigurationException.missing(settings.keyPrefix() + "keys", "give at least one");
        }
        settings.keys().locate(new KeyLocation.Given(new ArrayList<>(List.of(trusted))));
        return this;
    }

    /** How long loaded keys count as fresh. Default: 5 m; 30 s to 1 h. A key that was withdrawn may serve that long. */
    public TrustedIssuerBuilder keyCacheTtl(Duration ttl) {
        settings.keys().cacheTtl(ttl);
        return this;
    }

    /** How long before they count as old keys are loaded anew. Default: a fifth of the time that they count as fresh. */
    public TrustedIssuerBuilder keyRefreshAhead(Duration ahead) {
        settings.keys().refreshAhead(ahead);
        return this;
    }

    /**
     * The shortest time between two loads that unknown key IDs can cause, and the longest time until the keys are loaded for a
     * new key. Key IDs that resemble no known one cause at most half of the loads in a minute. Default: 5 s; 5 s to 1 h.
     */
    public TrustedIssuerBuilder unknownKeyCooldown(Duration cooldown) {
        settings.keys().unknownKeyCooldown(cooldown);
        return this;
    }

    /** How long keys go on to serve after their last good load. Default: 4 h; from the fresh time to 24 h. */
    public TrustedIssuerBuilder keyStaleTtl(Duration ttl) {
        settings.keys().staleTtl(ttl);
        return this;
    }

    /** How long one load may take, body included. Default: 3 s; 100 ms to 30 s. */
    public TrustedIssuerBuilder keyTimeout(Duration timeout) {
        settings.keys().timeout(timeout);
        return this;
    }

    /** The greatest size of a key set or of metadata, in bytes, also when decompressed. Default: 1 MiB; 1 KiB to 4 MiB. */
    public TrustedIssuerBuilder keySetMaxSize(int bytes) {
        settings.keys().maxSize(bytes);
        return this;
    }

    /** The greatest number of keys in a set; a larger set is refused. Default: 1000; 1 to 10000. */
    public TrustedIssuerBuilder keySetMaxKeys(int keys) {
        settings.keys().maxKeys(keys);
        return this;
    }

    /** How the issuer is reached: trusted authorities, credentials, proxy, metadata. Default: as the platform connects. */
    public TrustedIssuerBuilder connection(TrustedIssuer.Connection chosen) {
        chosen.apply(settings.keys().connection());
        return this;
    }

    /** How many issuers of a template ({@code *}) are active at once; the least used are removed. Default: 100; 1 to 10000. */
    public TrustedIssuerBuilder maxActiveIssuers(int issuers) {
        settings.maxActiveIssuers(issuers);
        return this;
    }

    /** Which issuers of a template ({@code *}) are trusted. Gets unverified names, and must be quick. Default: all. */
    public TrustedIssuerBuilder onlyIf(Predicate<String> isTrusted) {
        settings.onlyIf(isTrusted);
        return this;
    }

    /** The greatest number of loads in a minute, whatever causes them. Default: 4; 1 to 10. */
    public TrustedIssuerBuilder keyMaxLoadsPerMinute(int loads) {
        settings.keys().maxPerMinute(loads);
        return this;
    }

    /**
     * The longest random delay of the first load after a start, for thousands of processes that start together. A token that
     * arrives earlier starts the load at once. Default: 0, which loads while the guard is built; 0 to 5 min.
     */
    public TrustedIssuerBuilder initialFetchJitter(Duration longest) {
        settings.keys().initialJitter(longest);
        return this;
    }

    /** How many requests may wait for the first load of keys; further ones get 503 at once. Default: 2000; 1 to 100000. */
    public TrustedIssuerBuilder keyMaxWaiting(int requests) {
        settings.keys().maxWaiting(requests);
        return this;
    }

    /** Builds no guard before the first load was good. Default: the guard is built, and answers 503 until it was. */
    public TrustedIssuerBuilder keyFailFast() {
        settings.keys().failFast();
        return this;
    }

    /**
     * Keeps the last keys in a file in this folder, for a start while the issuer is unreachable, for up to {@link #keyStaleTtl}.
     * Anyone who can write to the folder can make keys trusted. Default: none.
     */
    public TrustedIssuerBuilder keySnapshotFolder(Path folder) {
        settings.keys().snapshots(folder);
        return this;
    }

    /**
     * Further values of {@code iss} in this issuer's tokens, to the letter, such as the identifier with a slash at the end. The
     * same keys verify them, and {@code AccessToken.issuer()} and the claim {@code iss} are the identifier. Default: none.
     */
    public TrustedIssuerBuilder issuerAliases(String... texts) {
        settings.aliases(texts);
        return this;
    }

    /**
     * Accepts tokens without {@code iss}, such as JWT-SVIDs of SPIFFE; this must be the only issuer. The issuer is then known
     * by the key alone. Default: refused.
     */
    public TrustedIssuerBuilder acceptTokensWithoutIssuer() {
        settings.acceptTokensWithoutIssuer();
        return this;
    }

    /**
     * Where requests may carry this issuer's tokens. Default: {@link Credentials#inAuthorization()}.
     *
     * @param chosen such as {@code Credentials.inAuthorization().inHeaders("X-Goog-IAP-JWT-Assertion")}
     */
    public TrustedIssuerBuilder credentials(Credentials chosen) {
        settings.credentials(unused -> chosen);
        return this;
    }

    /** Asks the issuer about tokens that only it can read, or about all (RFC 7662). Default: it is not asked. */
    public TrustedIssuerBuilder introspection(Introspection chosen) {
        settings.introspection(chosen);
        return this;
    }

    /**
     * The issuer.
     *
     * @throws ConfigurationException if a setting is missing or contradicts another
     */
    public TrustedIssuer build() {
        return new TrustedIssuer(settings.build());
    }
}
