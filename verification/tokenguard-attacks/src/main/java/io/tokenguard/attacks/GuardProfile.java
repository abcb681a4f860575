package io.tokenguard.attacks;

import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A way to configure the guard that is attacked. Each trusts the bench's issuer and guards the same routes. */
public enum GuardProfile {
    /** As by default: nothing is said but who issues, for whom, and what the routes demand. */
    STRICT,
    /** Only ES256 was agreed with the issuer. */
    ES256_ONLY,
    /** Tokens of any type are accepted. */
    ANY_TYPE,
    /** Tokens count for a minute after they were issued. */
    MAX_AGE,
    /** The clocks of issuer and API agree to the second. */
    NO_SKEW,
    /** Scopes are read from {@code scp}. */
    SCP,
    /** Roles are read from {@code roles} inside {@code realm_access}. */
    ROLES,
    /** A generic issuer: tokens of any type, with {@code iss}, {@code exp} and {@code aud}. */
    GENERIC,
    /** The issuer is a Keycloak: the payload says of which kind a token is. */
    KEYCLOAK,
    /** Tokens that are bound to a key are not served. */
    DPOP_OFF,
    /** The API's public address is configured. */
    PUBLIC_ADDRESS,
    /** The client is a trusted proxy. */
    PROXIED,
    /** The stranger is trusted too, for the same audience. */
    TWO_ISSUERS,
    /** An issuer whose tokens are verified by a shared secret is trusted too, for the same audience. */
    WITH_HMAC,
    /** The API has keys for encrypted tokens. */
    DECRYPTING,
    /** Every algorithm is accepted that has a public key and a provider. */
    NEW_ALGORITHMS,
    /** Around the other routes lies a wider one that any good token meets. */
    WIDE_RULE,
    /** Rules have conditions on claims, path, network and time. */
    POLICIES,
    /** Browsers send the token in a cookie, through a trusted proxy that terminates TLS. */
    COOKIES,
    /** Requests are limited, and bad tokens are braked; needs the module that counts. */
    LIMITS,
    /** Writes happen once for each key, and little memory is there for that. */
    WRITES;

    /**
     * The properties of the guard.
     *
     * @param bench where it will be attacked
     */
    public Map<String, String> properties(AttackBench bench) {
        Map<String, String> properties = new LinkedHashMap<>(ownProperties());
        properties.put("tokenguard.audiences", AttackBench.AUDIENCE);
        // The rows are about verdicts: while none is possible, a few requests a second would get 503.
        properties.put("tokenguard.max-unsettled-per-second", "0");
        properties.put("tokenguard.routes.me", "/api/me authenticated");
        properties.put("tokenguard.routes.orders", "GET,HEAD /api/orders scope orders:read");
        properties.put("tokenguard.routes.orders-write", "POST /api/orders scope orders:write");
        properties.put("tokenguard.routes.admin", "/api/admin role admin");
        properties.put("tokenguard.routes.transfer", "/api/transfer acr urn:example:gold max-age 300");
        properties.put("tokenguard.routes.public", "/public public");
        if (this == TWO_ISSUERS) {
            putIssuer(properties, "tokenguard.issuers.main.", bench.issuer());
            putIssuer(properties, "tokenguard.issuers.other.", bench.stranger());
        } else if (this == WITH_HMAC) {
            putIssuer(properties, "tokenguard.issuers.main.", bench.issuer());
            properties.put("tokenguard.issuers.shared.issuer-uri", SharedSecret.ISSUER);
            properties.put(
                    "tokenguard.issuers.shared.hmac-secret-file",
                    SharedSecret.file().toString());
            properties.put("tokenguard.issuers.shared.algorithms", "HS256,HS384,HS512");
        } else {
            putIssuer(properties, "tokenguard.", bench.issuer());
        }
        return properties;
    }

    private Map<String, String> ownProperties() {
        return switch (this) {
            case STRICT, TWO_ISSUERS, WITH_HMAC -> Map.of();
            case ES256_ONLY -> Map.of("tokenguard.algorithms", "ES256");
            case ANY_TYPE -> Map.of("tokenguard.token-types", "any");
            case MAX_AGE -> Map.of("tokenguard.max-token-age", "1m");
            case NO_SKEW -> Map.of("tokenguard.clock-skew", "0s");
            case SCP -> Map.of("tokenguard.scope-claim", "scp");
            case ROLES -> Map.of("tokenguard.roles-claim", "realm_access.roles");
            case GENERIC ->
                Map.of(
                        "tokenguard.token-types", "any",
                        "tokenguard.dialect", "generic",
                        "tokenguard.roles-claim", "roles");
            case KEYCLOAK -> Map.of("tokenguard.dialect", "keycloak");
            case DPOP_OFF -> Map.of("tokenguard.dpop.mode", "off");
            case PUBLIC_ADDRESS -> Map.of("tokenguard.resource.uri", AttackBench.PUBLIC_ADDRESS);
            case PROXIED -> Map.of("tokenguard.trusted-proxies", "127.0.0.1, ::1");
            case DECRYPTING ->
                Map.of("tokenguard.decryption-key-file", decryptionKeyFile().toString());
            case NEW_ALGORITHMS -> Map.of("tokenguard.algorithms", allAlgorithms());
            case WIDE_RULE -> Map.of("tokenguard.routes.wide", "/** authenticated");
            case POLICIES ->
                Map.of(
                        "tokenguard.routes.payroll", "/api/payroll claim department in finance,legal",
                        "tokenguard.routes.strong", "/api/strong claim amr contains mfa",
                        "tokenguard.routes.staff", "/api/staff not claim contractor = true",
                        "tokenguard.routes.tenant", "/api/tenants/{tenant} claim tenant = path:tenant",
                        "tokenguard.routes.others", "/api/others/{user} not subject = path:user",
                        "tokenguard.routes.office", "/api/office from 192.0.2.0/24",
                        "tokenguard.routes.outside", "/api/outside not from 127.0.0.0/8,::1",
                        "tokenguard.routes.here", "/api/here from 127.0.0.0/8,::1",
                        "tokenguard.routes.young", "/api/young age < 5m");
            case COOKIES ->
                Map.of(
                        "tokenguard.credentials.cookie", CookieRows.NAME,
                        "tokenguard.resource.uri", AttackBench.PUBLIC_ADDRESS,
                        "tokenguard.trusted-proxies", "127.0.0.1, ::1");
            case LIMITS ->
                Map.of(
                        "tokenguard.routes.limited", "/api/limited/** authenticated",
                        "tokenguard.routes.limited-open", "/public/limited public",
                        "tokenguard.limits.limited", "/api/limited/** limit 1/1h per subject",
                        "tokenguard.limits.limited-open", "/public/limited limit 1/1h per network",
                        "tokenguard.brake.mode", "on",
                        "tokenguard.brake.max-failures", "10",
                        "tokenguard.brake.new-tokens", "1");
            case WRITES ->
                Map.of(
                        "tokenguard.routes.writes", "/api/writes/** scope orders:write",
                        "tokenguard.writes.writes", "POST /api/writes/** idempotent 1h",
                        "tokenguard.idempotency.max-body", "1KiB",
                        "tokenguard.idempotency.max-bytes", "1MiB");
        };
    }

    /** All that are accepted by default, and those that have to be named, as far as this process can make keys for them. */
    public static String allAlgorithms() {
        return Stream.concat(
                        TestAlgorithm.defaults().stream().map(TestAlgorithm::joseName),
                        NewAlgorithm.available().stream().map(NewAlgorithm::joseName))
                .collect(Collectors.joining(","));
    }

    /** The file with the keys of an API that accepts encrypted tokens. */
    public static Path decryptionKeyFile() {
        return ApiKeys.file();
    }

    private static void putIssuer(Map<String, String> properties, String prefix, TestIssuer issuer) {
        properties.put(prefix + "issuer-uri", issuer.issuer());
        properties.put(prefix + "jwks-uri", issuer.jwksUri().toString());
    }
}
