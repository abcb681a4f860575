package io.tokenguard;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.Dialect;
import io.tokenguard.config.Introspection;
import io.tokenguard.config.IntrospectionMode;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The properties of an issuer, after {@code tokenguard.} or {@code tokenguard.issuers.<id>.}, and what each one does. */
enum IssuerSetting {
    ISSUER_URI("issuer-uri"),
    JWKS_URI("jwks-uri"),
    JWKS_FILE("jwks-file"),
    AUDIENCES("audiences"),
    ALGORITHMS("algorithms"),
    TOKEN_TYPES("token-types"),
    DIALECT("dialect"),
    TENANTS("tenants"),
    REQUIRED_CLAIMS("required-claims"),
    SCOPE_CLAIM("scope-claim"),
    ROLES_CLAIM("roles-claim"),
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

    /** Whether it says where the keys are; of these, one is enough. */
    boolean locatesKeys() {
        return this == JWKS_URI || this == JWKS_FILE;
    }

    TrustedIssuerBuilder apply(TrustedIssuerBuilder issuer, SettingValue value) {
        return switch (this) {
            case ISSUER_URI -> issuer;
            case JWKS_URI -> issuer.keysFrom(value.address());
            case JWKS_FILE -> issuer.keysFrom(value.file());
            case AUDIENCES -> issuer.audience(value.list());
            case ALGORITHMS -> issuer.algorithms(value.algorithms());
            case TOKEN_TYPES ->
                value.text().equals("any") ? issuer.acceptAnyTokenType() : issuer.tokenTypes(value.list());
            case DIALECT -> issuer.dialect(dialect(value));
            case TENANTS -> issuer.tenants(value.list());
            case REQUIRED_CLAIMS -> issuer.requireClaims(value.list());
            case SCOPE_CLAIM -> issuer.scopeClaim(value.claimPath());
            case ROLES_CLAIM -> issuer.rolesClaim(value.claimPath());
            case CLOCK_SKEW -> issuer.clockSkew(value.duration());
            case MAX_TOKEN_AGE -> issuer.maxTokenAge(value.duration());
            case MAX_TOKEN_LIFETIME -> issuer.maxTokenLifetime(value.duration());
            case MAX_ALIVE -> issuer.maxActiveIssuers(value.number());
            case JWKS_CACHE_TTL -> issuer.keyCacheTtl(value.duration());
            case JWKS_REFRESH_AHEAD -> issuer.keyRefreshAhead(value.duration());
            case JWKS_COOLDOWN -> issuer.unknownKeyCooldown(value.duration());
            case JWKS_OUTAGE_TTL -> issuer.keyStaleTtl(value.duration());
            case JWKS_TIMEOUT -> issuer.keyTimeout(value.duration());
            case JWKS_MAX_SIZE -> issuer.keySetMaxSize((int) Math.min(Integer.MAX_VALUE, value.bytes()));
            case JWKS_MAX_LOADS -> issuer.keyMaxLoadsPerMinute(value.number());
            case JWKS_START_SPREAD -> issuer.initialFetchJitter(value.duration());
            case JWKS_MAX_WAITING -> issuer.keyMaxWaiting(value.number());
            case JWKS_FAIL_FAST -> value.flag() ? issuer.keyFailFast() : issuer;
            case JWKS_SNAPSHOT_FOLDER -> issuer.keySnapshotFolder(value.file());
            case INTROSPECTION_URI -> introspecting(issuer, settings -> settings.at(value.address()));
            case INTROSPECTION_CLIENT_ID -> client(issuer, ClientSettings.Part.ID, value.text());
            case INTROSPECTION_CLIENT_SECRET -> client(issuer, ClientSettings.Part.SECRET, value.text());
            case INTROSPECTION_CLIENT_SECRET_FILE -> client(issuer, ClientSettings.Part.SECRET, value.secretInFile());
            case INTROSPECTION_CLIENT_AUTH -> client(issuer, ClientSettings.Part.AUTH, value.text());
            case INTROSPECTION_CLIENT_KEY_FILE ->
                client(issuer, ClientSettings.Part.KEY, value.file().toString());
            case INTROSPECTION_CLIENT_KEY_STORE ->
                client(issuer, ClientSettings.Part.KEY_STORE, value.file().toString());
            case INTROSPECTION_CLIENT_KEY_STORE_PASSWORD ->
                client(issuer, ClientSettings.Part.KEY_STORE_PASSWORD, value.text());
            case INTROSPECTION_CLIENT_KEY_STORE_PASSWORD_FILE ->
                client(issuer, ClientSettings.Part.KEY_STORE_PASSWORD, value.secretInFile());
            case INTROSPECTION_BEARER_TOKEN -> client(issuer, ClientSettings.Part.BEARER, value.text());
            case INTROSPECTION_BEARER_TOKEN_FILE -> client(issuer, ClientSettings.Part.BEARER, value.secretInFile());
            case INTROSPECTION_MODE -> introspecting(issuer, settings -> settings.mode(mode(value)));
            case INTROSPECTION_CACHE_TTL -> introspecting(issuer, settings -> settings.cacheTtl(value.duration()));
            case INTROSPECTION_TIMEOUT -> introspecting(issuer, settings -> settings.timeout(value.duration()));
            case INTROSPECTION_MAX_CALLS -> introspecting(issuer, settings -> settings.maxCalls(value.number()));
            case INTROSPECTION_MAX_WAITING -> introspecting(issuer, settings -> settings.maxWaiting(value.number()));
            case INTROSPECTION_OUTAGE_GRACE ->
                introspecting(issuer, settings -> settings.outageGrace(value.duration()));
            case INTROSPECTION_SIGNED_ANSWERS ->
                value.flag() ? introspecting(issuer, Introspection::signedAnswers) : issuer;
            case INTROSPECTION_TOKEN_PREFIX -> introspecting(issuer, settings -> settings.tokenPrefix(value.text()));
            case INTROSPECTION_ACCEPT_ANSWERS_WITHOUT ->
                introspecting(issuer, settings -> settings.acceptAnswersWithout(value.list()));
        };
    }

    private static TrustedIssuerBuilder introspecting(
            TrustedIssuerBuilder issuer, UnaryOperator<Introspection> change) {
        issuer.asked().change(change);
        return issuer;
    }

    private static TrustedIssuerBuilder client(TrustedIssuerBuilder issuer, ClientSettings.Part part, String text) {
        issuer.asked().client(part, text);
        return issuer;
    }

    private static IntrospectionMode mode(SettingValue value) {
        return Arrays.stream(IntrospectionMode.values())
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
