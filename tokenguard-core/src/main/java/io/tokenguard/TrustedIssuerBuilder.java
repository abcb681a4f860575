package io.tokenguard;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.Credentials;
import io.tokenguard.config.Dialect;
import io.tokenguard.config.Dialect.ClaimNames;
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

/** Collects the settings of an issuer. The defaults are strict; only the audience has none. Not thread-safe. */
public final class TrustedIssuerBuilder {
    private final IssuerSettingsBuilder settings;

    TrustedIssuerBuilder(IssuerSettingsBuilder settings) {
        this.settings = settings;
    }

    /**
     * The names of this API in {@code aud}, one of which a token must contain (RFC 9068 §4). Required, unless {@link
     * #acceptTokensWithoutAudience} is set.
     */
    public TrustedIssuerBuilder audience(String... names) {
        settings.audience(names);
        return this;
    }

    /**
     * Accepts tokens without an audience. Anyone who gets a token of this issuer for another API can then call this one. A
     * token with an audience must still contain one of {@link #audience}, which need not be set. Default: refused.
     */
    public TrustedIssuerBuilder acceptTokensWithoutAudience() {
        settings.acceptTokensWithoutAudience();
        return this;
    }

    /** Accepts these signature algorithms only. Default: {@link SignatureAlgorithm#defaults()}. */
    public TrustedIssuerBuilder algorithms(SignatureAlgorithm... accepted) {
        settings.algorithms(accepted);
        return this;
    }

    /** Accepts these values of {@code typ} only; {@code none} means tokens without it. Default: those of the dialect. */
    public TrustedIssuerBuilder tokenTypes(String... types) {
        settings.tokenTypes(types);
        return this;
    }

    /** Accepts tokens of any type. Cost: the type does not distinguish access tokens from other JWTs (RFC 8725 §3.11). */
    public TrustedIssuerBuilder acceptAnyTokenType() {
        settings.acceptAnyTokenType();
        return this;
    }

    /** The profile of this issuer's tokens. Default: {@link Dialect#AUTO}. */
    public TrustedIssuerBuilder dialect(Dialect chosen) {
        settings.claims().dialect(chosen);
        return this;
    }

    /** The tenants that may replace <code>{tenantid}</code> in the identifier. For {@link Dialect#ENTRA_ID}. Default: none. */
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
     * Claims that identify this issuer's access tokens, one of which must hold: {@code token_use=access}, {@code azp}, {@code
     * !nonce}, or several joined by {@code and}. A token may have claims of ID tokens, such as {@code nonce}, only if a value
     * in it states that it is an access token. Default: those of the dialect.
     */
    public TrustedIssuerBuilder marker(String... conditions) {
        settings.claims().marker(conditions);
        return this;
    }

    /**
     * The claims with the audience; the first one in the token is used. Default: that of the dialect, usually {@code aud}.
     */
    public TrustedIssuerBuilder audienceClaim(String... names) {
        settings.claims().audience(names);
        return this;
    }

    /**
     * The claims with the subject; the first one in the token is used. Default: {@code sub}. User names and email addresses
     * can be given to another person later (OpenID Connect Core §5.7). Revocations of the subject also match {@code sub}.
     */
    public TrustedIssuerBuilder subjectClaim(String... names) {
        settings.claims().subject(names);
        return this;
    }

    /**
     * The claims with the client; the first one in the token is used. Revocations of a client match all of them. Default: those
     * of the dialect.
     */
    public TrustedIssuerBuilder clientClaim(String... names) {
        settings.claims().client(names);
        return this;
    }

    /**
     * When a client acts for itself: {@code client} for always, or conditions as in {@link #marker}, which then decide for
     * tokens without a subject too. It always does if the client is the subject. Default: that of the dialect, and tokens
     * without a subject.
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

    /** The claims with the scopes, and their format. Default: those of the dialect. */
    public TrustedIssuerBuilder scopeClaim(ClaimNames names) {
        settings.claims().scopes(former -> names);
        return this;
    }

    /**
     * The claims with the roles, joined: names, paths with dots ({@code realm_access.roles}), or JSON Pointers (RFC 6901).
     * {@code *} matches any member; its name and a colon then precede its roles ({@code resource_access.*.roles}). Default:
     * that of the dialect.
     */
    public TrustedIssuerBuilder rolesClaim(String... paths) {
        return rolesClaim(ClaimNames.in(paths));
    }

    /** The claims with the roles, and their format. Default: those of the dialect. */
    public TrustedIssuerBuilder rolesClaim(ClaimNames names) {
        settings.claims().roles(former -> names);
        return this;
    }

    /** How far the clocks of issuer and API may differ. Default: 30 s; 0 to 120 s. More accepts expired tokens longer. */
    public TrustedIssuerBuilder clockSkew(Duration skew) {
        settings.clockSkew(skew);
        return this;
    }

    /** The maximum age of a token since {@code iat}, which is then required. Default: no limit; 1 s to 400 d. */
    public TrustedIssuerBuilder maxTokenAge(Duration age) {
        settings.maxTokenAge(age);
        return this;
    }

    /** The maximum lifetime of a token, from {@code iat} or now; revocations are kept as long. Default: 24 h; 1 s to 400 d. */
    public TrustedIssuerBuilder maxTokenLifetime(Duration life) {
        settings.maxTokenLifetime(life);
        return this;
    }

    /** Loads the keys from this address: https, or http on this machine. Default: {@code jwks_uri} in the issuer's metadata. */
    public TrustedIssuerBuilder keysFrom(URI jwksUri) {
        settings.keys().locate(new KeyLocation.At(jwksUri));
        return this;
    }

    /** Reads the keys from a file, or from all files in a folder: a JWK set, a JWK, or PEM. Read again every 10 s. */
    public TrustedIssuerBuilder keysFrom(Path jwksFile) {
        settings.keys().locate(new KeyLocation.In(jwksFile));
        return this;
    }

    /** Gets the keys from the application. The guard closes the source when the guard is closed. */
    public TrustedIssuerBuilder keysFrom(KeySource source) {
        settings.keys().locate(new KeyLocation.Plugged(source));
        return this;
    }

    /** Trusts exactly these keys. The same rules apply to them as to keys from the network. */
    public TrustedIssuerBuilder keys(VerificationKey... trusted) {
        if (trusted.length == 0) {
            throw ConfigurationException.missing(settings.keyPrefix() + "keys", "give at least one");
        }
        settings.keys().locate(new KeyLocation.Given(new ArrayList<>(List.of(trusted))));
        return this;
    }

    /**
     * Verifies tokens with a secret that is shared with the issuer, by HS256 unless {@link #algorithms} names others of HMAC.
     * Cost: everyone who can verify a token can also make one. Can't be combined with public keys. A secret needs at least as
     * many random bytes as the hash has: 32, 48 or 64 (RFC 7518 §3.2).
     *
     * @param secret copied
     */
    public TrustedIssuerBuilder hmacSecret(byte[] secret) {
        settings.hmacSecret(secret);
        return this;
    }

    /** How long loaded keys count as fresh. Default: 5 m; 30 s to 1 h. A withdrawn key stays usable for that long. */
    public TrustedIssuerBuilder keyCacheTtl(Duration ttl) {
        settings.keys().cacheTtl(ttl);
        return this;
    }

    /** How long before keys become stale they are refreshed. Default: a fifth of {@link #keyCacheTtl}. */
    public TrustedIssuerBuilder keyRefreshAhead(Duration ahead) {
        settings.keys().refreshAhead(ahead);
        return this;
    }

    /**
     * The minimum time between two loads caused by unknown key IDs, and the maximum time until the keys are loaded for a new
     * key. Key IDs that resemble no known one cause at most half of the loads in a minute. Default: 5 s; 5 s to 1 h.
     */
    public TrustedIssuerBuilder unknownKeyCooldown(Duration cooldown) {
        settings.keys().unknownKeyCooldown(cooldown);
        return this;
    }

    /** How long keys are used after their last successful load. Default: 4 h; from {@link #keyCacheTtl} to 24 h. */
    public TrustedIssuerBuilder keyStaleTtl(Duration ttl) {
        settings.keys().staleTtl(ttl);
        return this;
    }

    /** The timeout of one load, body included. Default: 3 s; 100 ms to 30 s. */
    public TrustedIssuerBuilder keyTimeout(Duration timeout) {
        settings.keys().timeout(timeout);
        return this;
    }

    /** The maximum size of a key set or of metadata, in bytes, also when decompressed. Default: 1 MiB; 1 KiB to 4 MiB. */
    public TrustedIssuerBuilder keySetMaxSize(int bytes) {
        settings.keys().maxSize(bytes);
        return this;
    }

    /** The maximum number of keys in a set; a larger set is rejected. Default: 1000; 1 to 10000. */
    public TrustedIssuerBuilder keySetMaxKeys(int keys) {
        settings.keys().maxKeys(keys);
        return this;
    }

    /** Logs a warning if all loaded keys are RSA below 3072 bits, at start or later. Default: no such warning. */
    public TrustedIssuerBuilder warnOfShortRsaKeys() {
        settings.keys().warnOfShortRsa();
        return this;
    }

    /** The connection to the issuer: trusted authorities, credentials, proxy, metadata. Default: the platform's. */
    public TrustedIssuerBuilder connection(TrustedIssuer.Connection chosen) {
        chosen.apply(settings.keys().connection());
        return this;
    }

    /** How many issuers of a template ({@code *}) are active at once; the least used are removed. Default: 100; 1 to 10000. */
    public TrustedIssuerBuilder maxActiveIssuers(int issuers) {
        settings.maxActiveIssuers(issuers);
        return this;
    }

    /** Which issuers of a template ({@code *}) are trusted. Called with unverified issuers; must be fast. Default: all. */
    public TrustedIssuerBuilder onlyIf(Predicate<String> isTrusted) {
        settings.onlyIf(isTrusted);
        return this;
    }

    /** The maximum number of loads per minute, whatever their cause. Default: 4; 1 to 10. */
    public TrustedIssuerBuilder keyMaxLoadsPerMinute(int loads) {
        settings.keys().maxPerMinute(loads);
        return this;
    }

    /**
     * The maximum random delay of the first load, for thousands of processes that start together. A token that arrives during
     * the delay starts the load at once. Default: 0, which loads while the guard is built; 0 to 5 min.
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

    /** Fails the build unless the first load succeeds. Default: the guard is built, and answers 503 until keys are loaded. */
    public TrustedIssuerBuilder keyFailFast() {
        settings.keys().failFast();
        return this;
    }

    /**
     * Saves the last keys in a file in this folder, for a start while the issuer is unreachable, for up to
     * {@link #keyStaleTtl}. Anyone who can write to the folder can make keys trusted. Default: none.
     */
    public TrustedIssuerBuilder keySnapshotFolder(Path folder) {
        settings.keys().snapshots(folder);
        return this;
    }

    /**
     * Further values of {@code iss} in this issuer's tokens, compared exactly, such as the identifier with a trailing slash.
     * The same keys verify them, and {@code AccessToken.issuer()} and the claim {@code iss} are the identifier. Default: none.
     */
    public TrustedIssuerBuilder issuerAliases(String... texts) {
        settings.aliases(texts);
        return this;
    }

    /**
     * Accepts tokens without {@code iss}, such as JWT-SVIDs of SPIFFE; this must be the only issuer. The issuer is then
     * identified only by the key. Default: refused.
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

    /** Introspects opaque tokens, or all tokens, at the issuer (RFC 7662). Default: no introspection. */
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
