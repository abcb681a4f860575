package io.tokenguard.internal.properties;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.Credentials;
import io.tokenguard.config.Dialect;
import io.tokenguard.config.Dialect.ClaimNames;
import io.tokenguard.config.Introspection;
import io.tokenguard.internal.settings.ClaimSettingsBuilder;
import io.tokenguard.internal.settings.ConnectionSettingsBuilder;
import io.tokenguard.internal.settings.IssuerSettingsBuilder;
import io.tokenguard.internal.settings.KeyLocation;
import io.tokenguard.internal.settings.KeySettingsBuilder;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The properties of an issuer, without {@code tokenguard.} or {@code tokenguard.issuers.<id>.}, and the setting of each. */
enum IssuerSetting {
    ISSUER_URI("issuer-uri"),
    ISSUER_ALIASES("issuer-aliases"),
    ACCEPT_TOKENS_WITHOUT_ISSUER("accept-tokens-without-issuer"),
    ACCEPT_TOKENS_WITHOUT_AUDIENCE("accept-tokens-without-audience"),
    CREDENTIALS_HEADER("credentials.header"),
    CREDENTIALS_COOKIE("credentials.cookie"),
    CREDENTIALS_ACCEPT_FROM_ANY_ADDRESS("credentials.accept-from-any-address"),
    JWKS_URI("jwks-uri"),
    JWKS_FILE("jwks-file"),
    HMAC_SECRET_FILE("hmac-secret-file"),
    AUDIENCES("audiences"),
    ALGORITHMS("algorithms"),
    TOKEN_TYPES("token-types"),
    DIALECT("dialect"),
    TENANTS("tenants"),
    REQUIRED_CLAIMS("required-claims"),
    MARKER("marker"),
    AUDIENCE_CLAIM("audience-claim"),
    SUBJECT_CLAIM("subject-claim"),
    CLIENT_CLAIM("client-claim"),
    SUBJECT_KIND("subject-kind"),
    ACCEPT_ID_TOKENS("accept-id-tokens"),
    SCOPE_CLAIM("scope-claim"),
    SCOPE_SEPARATOR("scope-separator"),
    SCOPE_REMOVE_PREFIX("scope-remove-prefix"),
    SCOPE_ADD_PREFIX("scope-add-prefix"),
    ROLES_CLAIM("roles-claim"),
    ROLES_SEPARATOR("roles-separator"),
    ROLES_REMOVE_PREFIX("roles-remove-prefix"),
    ROLES_ADD_PREFIX("roles-add-prefix"),
    CLOCK_SKEW("clock-skew"),
    MAX_TOKEN_AGE("max-token-age"),
    MAX_TOKEN_LIFETIME("max-token-lifetime"),
    MAX_ALIVE("max-alive"),
    JWKS_CACHE_TTL("jwks.cache-ttl"),
    JWKS_REFRESH_AHEAD("jwks.refresh-ahead"),
    JWKS_COOLDOWN("jwks.cooldown"),
    JWKS_OUTAGE_TTL("jwks.outage-ttl"),
    JWKS_TIMEOUT("jwks.timeout"),
    JWKS_MAX_SIZE("jwks.max-size"),
    JWKS_MAX_LOADS("jwks.max-loads-per-minute"),
    JWKS_START_SPREAD("jwks.start-spread"),
    JWKS_MAX_WAITING("jwks.max-waiting"),
    JWKS_FAIL_FAST("jwks.fail-fast"),
    JWKS_SNAPSHOT_FOLDER("jwks.snapshot-folder"),
    JWKS_MAX_KEYS("jwks.max-keys"),
    JWKS_WARN_SHORT_RSA("jwks.warn-short-rsa"),
    JWKS_CA_FILE("jwks.ca-file"),
    JWKS_TRUST_STORE("jwks.trust-store"),
    JWKS_TRUST_STORE_PASSWORD("jwks.trust-store-password"),
    JWKS_TRUST_STORE_PASSWORD_FILE("jwks.trust-store-password-file"),
    JWKS_CLIENT_KEY_STORE("jwks.client-key-store"),
    JWKS_CLIENT_KEY_STORE_PASSWORD("jwks.client-key-store-password"),
    JWKS_CLIENT_KEY_STORE_PASSWORD_FILE("jwks.client-key-store-password-file"),
    JWKS_BEARER_TOKEN_FILE("jwks.bearer-token-file"),
    JWKS_HEADERS("jwks.headers"),
    JWKS_PROXY("jwks.proxy"),
    JWKS_ALLOW_HTTP_FOR("jwks.allow-http-for"),
    METADATA_URI("metadata-uri"),
    METADATA_ISSUER("metadata-issuer"),
    INTROSPECTION_URI("introspection.uri"),
    INTROSPECTION_CLIENT_ID("introspection.client-id"),
    INTROSPECTION_CLIENT_SECRET("introspection.client-secret"),
    INTROSPECTION_CLIENT_SECRET_FILE("introspection.client-secret-file"),
    INTROSPECTION_CLIENT_AUTH("introspection.client-auth"),
    INTROSPECTION_CLIENT_KEY_FILE("introspection.client-key-file"),
    INTROSPECTION_CLIENT_KEY_STORE("introspection.client-key-store"),
    INTROSPECTION_CLIENT_KEY_STORE_PASSWORD("introspection.client-key-store-password"),
    INTROSPECTION_CLIENT_KEY_STORE_PASSWORD_FILE("introspection.client-key-store-password-file"),
    INTROSPECTION_BEARER_TOKEN("introspection.bearer-token"),
    INTROSPECTION_BEARER_TOKEN_FILE("introspection.bearer-token-file"),
    INTROSPECTION_MODE("introspection.mode"),
    INTROSPECTION_CACHE_TTL("introspection.cache-ttl"),
    INTROSPECTION_TIMEOUT("introspection.timeout"),
    INTROSPECTION_MAX_CALLS("introspection.max-calls"),
    INTROSPECTION_MAX_WAITING("introspection.max-waiting"),
    INTROSPECTION_OUTAGE_GRACE("introspection.outage-grace"),
    INTROSPECTION_SIGNED_ANSWERS("introspection.signed-answers"),
    INTROSPECTION_TOKEN_PREFIX("introspection.token-prefix"),
    INTROSPECTION_ACCEPT_ANSWERS_WITHOUT("introspection.accept-answers-without");

    private final String key;

    IssuerSetting(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    static Optional<IssuerSetting> of(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst();
    }

    /** Whether only one of the two may be set: both locate the keys, or one is the file that holds the other's value. */
    boolean excludes(IssuerSetting other) {
        return (locatesKeys() && other.locatesKeys() && this != other)
                || key.equals(other.key + PropertyKeys.FILE)
                || other.key.equals(key + PropertyKeys.FILE);
    }

    private boolean locatesKeys() {
        return this == JWKS_URI || this == JWKS_FILE || this == HMAC_SECRET_FILE;
    }

    IssuerSettingsBuilder apply(IssuerSettingsBuilder issuer, IntrospectionProperties asked, SettingValue value) {
        return switch (this) {
            case ISSUER_URI -> issuer;
            case ISSUER_ALIASES -> issuer.aliases(value.list());
            case ACCEPT_TOKENS_WITHOUT_ISSUER -> value.flag() ? issuer.acceptTokensWithoutIssuer() : issuer;
            case ACCEPT_TOKENS_WITHOUT_AUDIENCE -> value.flag() ? issuer.acceptTokensWithoutAudience() : issuer;
            case CREDENTIALS_HEADER -> issuer.credentials(known -> known.inHeaders(value.list()));
            case CREDENTIALS_COOKIE -> issuer.credentials(known -> known.inCookie(value.text()));
            case CREDENTIALS_ACCEPT_FROM_ANY_ADDRESS ->
                value.flag() ? issuer.credentials(Credentials::acceptFromAnyAddress) : issuer;
            case JWKS_URI -> keys(issuer, keys -> keys.locate(new KeyLocation.At(value.address())));
            case JWKS_FILE -> keys(issuer, keys -> keys.locate(new KeyLocation.In(value.file())));
            case HMAC_SECRET_FILE -> issuer.hmacSecret(value.secretBytesInFile());
            case AUDIENCES -> issuer.audience(value.list());
            case ALGORITHMS -> issuer.algorithms(value.algorithms());
            case TOKEN_TYPES ->
                value.text().equals("any") ? issuer.acceptAnyTokenType() : issuer.tokenTypes(value.list());
            case DIALECT -> claims(issuer, claims -> claims.dialect(dialect(value)));
            case TENANTS -> issuer.tenants(value.list());
            case REQUIRED_CLAIMS -> claims(issuer, claims -> claims.require(value.list()));
            case MARKER -> claims(issuer, claims -> claims.marker(value.list()));
            case AUDIENCE_CLAIM -> claims(issuer, claims -> claims.audience(value.list()));
            case SUBJECT_CLAIM -> claims(issuer, claims -> claims.subject(value.list()));
            case CLIENT_CLAIM -> claims(issuer, claims -> claims.client(value.list()));
            case SUBJECT_KIND -> claims(issuer, claims -> claims.subjectKind(value.list()));
            case ACCEPT_ID_TOKENS -> value.flag() ? claims(issuer, ClaimSettingsBuilder::acceptIdTokens) : issuer;
            case SCOPE_CLAIM -> scopes(issuer, names -> names.at(value.list()));
            case SCOPE_SEPARATOR -> scopes(issuer, names -> names.separatedBy(value.text()));
            case SCOPE_REMOVE_PREFIX -> scopes(issuer, names -> names.withoutPrefix(value.text()));
            case SCOPE_ADD_PREFIX -> scopes(issuer, names -> names.withPrefix(value.text()));
            case ROLES_CLAIM -> roles(issuer, names -> names.at(value.list()));
            case ROLES_SEPARATOR -> roles(issuer, names -> names.separatedBy(value.text()));
            case ROLES_REMOVE_PREFIX -> roles(issuer, names -> names.withoutPrefix(value.text()));
            case ROLES_ADD_PREFIX -> roles(issuer, names -> names.withPrefix(value.text()));
            case CLOCK_SKEW -> issuer.clockSkew(value.duration());
            case MAX_TOKEN_AGE -> issuer.maxTokenAge(value.duration());
            case MAX_TOKEN_LIFETIME -> issuer.maxTokenLifetime(value.duration());
            case MAX_ALIVE -> issuer.maxActiveIssuers(value.number());
            case JWKS_CACHE_TTL -> keys(issuer, keys -> keys.cacheTtl(value.duration()));
            case JWKS_REFRESH_AHEAD -> keys(issuer, keys -> keys.refreshAhead(value.duration()));
            case JWKS_COOLDOWN -> keys(issuer, keys -> keys.unknownKeyCooldown(value.duration()));
            case JWKS_OUTAGE_TTL -> keys(issuer, keys -> keys.staleTtl(value.duration()));
            case JWKS_TIMEOUT -> keys(issuer, keys -> keys.timeout(value.duration()));
            case JWKS_MAX_SIZE -> keys(issuer, keys -> keys.maxSize((int) Math.min(Integer.MAX_VALUE, value.bytes())));
            case JWKS_MAX_LOADS -> keys(issuer, keys -> keys.maxPerMinute(value.number()));
            case JWKS_START_SPREAD -> keys(issuer, keys -> keys.initialJitter(value.duration()));
            case JWKS_MAX_WAITING -> keys(issuer, keys -> keys.maxWaiting(value.number()));
            case JWKS_FAIL_FAST -> value.flag() ? keys(issuer, KeySettingsBuilder::failFast) : issuer;
            case JWKS_SNAPSHOT_FOLDER -> keys(issuer, keys -> keys.snapshots(value.file()));
            case JWKS_MAX_KEYS -> keys(issuer, keys -> keys.maxKeys(value.number()));
            case JWKS_WARN_SHORT_RSA -> value.flag() ? keys(issuer, KeySettingsBuilder::warnOfShortRsa) : issuer;
            case JWKS_CA_FILE -> connection(issuer, how -> how.caFile(value.file()));
            case JWKS_TRUST_STORE -> connection(issuer, how -> how.trustStore(value.file()));
            case JWKS_TRUST_STORE_PASSWORD -> connection(issuer, how -> how.trustStorePassword(value.text()));
            case JWKS_TRUST_STORE_PASSWORD_FILE ->
                connection(issuer, how -> how.trustStorePassword(value.secretInFile()));
            case JWKS_CLIENT_KEY_STORE -> connection(issuer, how -> how.clientKeyStore(value.file()));
            case JWKS_CLIENT_KEY_STORE_PASSWORD -> connection(issuer, how -> how.clientKeyStorePassword(value.text()));
            case JWKS_CLIENT_KEY_STORE_PASSWORD_FILE ->
                connection(issuer, how -> how.clientKeyStorePassword(value.secretInFile()));
            case JWKS_BEARER_TOKEN_FILE -> connection(issuer, how -> how.bearerTokenFile(value.file()));
            case JWKS_HEADERS -> connection(issuer, how -> how.headers(value.list()));
            case JWKS_PROXY -> connection(issuer, how -> how.proxy(value.text()));
            case JWKS_ALLOW_HTTP_FOR -> connection(issuer, how -> how.allowHttpFor(value.list()));
            case METADATA_URI -> connection(issuer, how -> how.metadataUri(value.address()));
            case METADATA_ISSUER -> connection(issuer, how -> how.metadataIssuer(value.text()));
            case INTROSPECTION_URI -> asked.change(settings -> settings.at(value.address()));
            case INTROSPECTION_CLIENT_ID -> asked.client(ClientProperties.Part.ID, value.text());
            case INTROSPECTION_CLIENT_SECRET -> asked.client(ClientProperties.Part.SECRET, value.text());
            case INTROSPECTION_CLIENT_SECRET_FILE -> asked.client(ClientProperties.Part.SECRET, value.secretInFile());
            case INTROSPECTION_CLIENT_AUTH -> asked.client(ClientProperties.Part.AUTH, value.text());
            case INTROSPECTION_CLIENT_KEY_FILE ->
                asked.client(ClientProperties.Part.KEY, value.file().toString());
            case INTROSPECTION_CLIENT_KEY_STORE ->
                asked.client(ClientProperties.Part.KEY_STORE, value.file().toString());
            case INTROSPECTION_CLIENT_KEY_STORE_PASSWORD ->
                asked.client(ClientProperties.Part.KEY_STORE_PASSWORD, value.text());
            case INTROSPECTION_CLIENT_KEY_STORE_PASSWORD_FILE ->
                asked.client(ClientProperties.Part.KEY_STORE_PASSWORD, value.secretInFile());
            case INTROSPECTION_BEARER_TOKEN -> asked.client(ClientProperties.Part.BEARER, value.text());
            case INTROSPECTION_BEARER_TOKEN_FILE -> asked.client(ClientProperties.Part.BEARER, value.secretInFile());
            case INTROSPECTION_MODE -> asked.change(settings -> settings.mode(mode(value)));
            case INTROSPECTION_CACHE_TTL -> asked.change(settings -> settings.cacheTtl(value.duration()));
            case INTROSPECTION_TIMEOUT -> asked.change(settings -> settings.timeout(value.duration()));
            case INTROSPECTION_MAX_CALLS -> asked.change(settings -> settings.maxCalls(value.number()));
            case INTROSPECTION_MAX_WAITING -> asked.change(settings -> settings.maxWaiting(value.number()));
            case INTROSPECTION_OUTAGE_GRACE -> asked.change(settings -> settings.outageGrace(value.duration()));
            case INTROSPECTION_SIGNED_ANSWERS -> value.flag() ? asked.change(Introspection::signedAnswers) : issuer;
            case INTROSPECTION_TOKEN_PREFIX -> asked.change(settings -> settings.tokenPrefix(value.text()));
            case INTROSPECTION_ACCEPT_ANSWERS_WITHOUT ->
                asked.change(settings -> settings.acceptAnswersWithout(value.list()));
        };
    }

    /** Changes which claims tokens have. */
    private static IssuerSettingsBuilder claims(IssuerSettingsBuilder issuer, Consumer<ClaimSettingsBuilder> change) {
        change.accept(issuer.claims());
        return issuer;
    }

    private static IssuerSettingsBuilder scopes(IssuerSettingsBuilder issuer, UnaryOperator<ClaimNames> change) {
        issuer.claims().scopes(change);
        return issuer;
    }

    private static IssuerSettingsBuilder roles(IssuerSettingsBuilder issuer, UnaryOperator<ClaimNames> change) {
        issuer.claims().roles(change);
        return issuer;
    }

    /** Changes how the keys are loaded. */
    private static IssuerSettingsBuilder keys(IssuerSettingsBuilder issuer, Consumer<KeySettingsBuilder> change) {
        change.accept(issuer.keys());
        return issuer;
    }

    /** Changes how the issuer is reached. */
    private static IssuerSettingsBuilder connection(
            IssuerSettingsBuilder issuer, Consumer<ConnectionSettingsBuilder> change) {
        change.accept(issuer.keys().connection());
        return issuer;
    }

    private static Introspection.Mode mode(SettingValue value) {
        return Arrays.stream(Introspection.Mode.values())
                .filter(mode -> mode.settingName().equals(value.text()))
                .findFirst()
                .orElseThrow(() -> ConfigurationException.of(value.key(), value.text(), "write opaque-only or always"));
    }

    private static Dialect dialect(SettingValue value) {
        return Arrays.stream(Dialect.values())
                .filter(dialect -> dialect.settingName().equals(value.text()))
                .findFirst()
                .orElseThrow(() -> ConfigurationException.of(
                        value.key(),
                        value.text(),
                        "name one of "
                                + String.join(
                                        ", ",
                                        Arrays.stream(Dialect.values())
                                                .map(Dialect::settingName)
                                                .toList())));
    }
}
