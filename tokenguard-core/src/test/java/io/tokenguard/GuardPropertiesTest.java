package io.tokenguard;

import static io.tokenguard.TrustedIssuer.Connection.usual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.BackChannelLogout;
import io.tokenguard.config.Credentials;
import io.tokenguard.config.Dialect;
import io.tokenguard.config.Dialect.ClaimNames;
import io.tokenguard.config.Dpop;
import io.tokenguard.config.MutualTls;
import io.tokenguard.config.MutualTls.CertificateHeader;
import io.tokenguard.config.Preset;
import io.tokenguard.config.Revocations;
import io.tokenguard.config.Revocations.FailurePolicy;
import io.tokenguard.config.SecurityEvents;
import io.tokenguard.config.StatusLists;
import io.tokenguard.config.TheftDetection;
import io.tokenguard.config.TokenCache;
import io.tokenguard.internal.properties.PropertyKeys;
import io.tokenguard.internal.properties.PropertySources;
import io.tokenguard.internal.settings.IssuerSettings;
import io.tokenguard.internal.settings.KeyLocation;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GuardPropertiesTest {
    private static final Map<String, String> LEAST =
            Map.of("tokenguard.issuer-uri", "https://issuer.example", "tokenguard.audiences", "api");

    private static GuardProperties least(String... more) {
        Map<String, String> properties = new HashMap<>(LEAST);
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return GuardProperties.of(properties);
    }

    private static IssuerSettings issuerOf(GuardProperties properties) {
        return properties.toBuilder().settings().issuers().get(0);
    }

    private static void assertRefused(GuardProperties properties, String... words) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> properties.toBuilder().build().close())
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(words));
    }

    static Stream<Arguments> issuerSettings() {
        return Stream.of(
                row("jwks-uri", "https://keys.example/jwks", b -> b.keysFrom(URI.create("https://keys.example/jwks"))),
                row("jwks-file", "keys.json", b -> b.keysFrom(Path.of("keys.json"))),
                row("issuer-aliases", "https://i.example/, i", b -> b.issuerAliases("https://i.example/", "i")),
                row("accept-tokens-without-issuer", "true", TrustedIssuerBuilder::acceptTokensWithoutIssuer),
                row("accept-tokens-without-audience", "true", TrustedIssuerBuilder::acceptTokensWithoutAudience),
                row(
                        "credentials.header",
                        "X-Assertion, X-Token",
                        b -> b.credentials(Credentials.inAuthorization().inHeaders("X-Assertion", "X-Token"))),
                row(
                        "credentials.cookie",
                        "__Host-access",
                        b -> b.credentials(Credentials.inAuthorization().inCookie("__Host-access"))),
                row(
                        "credentials.accept-from-any-address",
                        "true",
                        b -> b.credentials(Credentials.inAuthorization().acceptFromAnyAddress())),
                row("audiences", "api, shop", b -> b.audience("shop")),
                row(
                        "algorithms",
                        "ES256,Ed25519",
                        b -> b.algorithms(SignatureAlgorithm.ES256, SignatureAlgorithm.ED25519)),
                row("token-types", "at+jwt,JWT", b -> b.tokenTypes("at+jwt", "JWT")),
                row("token-types", "any", TrustedIssuerBuilder::acceptAnyTokenType),
                row("dialect", "generic", b -> b.dialect(Dialect.GENERIC)),
                row("required-claims", "sid", b -> b.requireClaims("sid")),
                row("required-claims", "hd=example.com", b -> b.requireClaims("hd=example.com")),
                row("marker", "token_use=access, azp", b -> b.marker("token_use=access", "azp")),
                row("audience-claim", "azp", b -> b.audienceClaim("azp")),
                row("subject-claim", "oid, sub", b -> b.subjectClaim("oid", "sub")),
                row("client-claim", "appid", b -> b.clientClaim("appid")),
                row("subject-kind", "aut=APPLICATION", b -> b.subjectKind("aut=APPLICATION")),
                row("accept-id-tokens", "true", TrustedIssuerBuilder::acceptIdTokens),
                row("scope-claim", "scp", b -> b.scopeClaim("scp")),
                row("roles-claim", "realm_access.roles", b -> b.rolesClaim("realm_access.roles")),
                row("roles-claim", "https://a.b/roles", b -> b.rolesClaim("https://a.b/roles")),
                row(
                        "scope-separator",
                        ";",
                        b -> b.scopeClaim(ClaimNames.ofDialect().separatedBy(";"))),
                row(
                        "scope-remove-prefix",
                        "api/",
                        b -> b.scopeClaim(ClaimNames.ofDialect().withoutPrefix("api/"))),
                row(
                        "scope-add-prefix",
                        "x:",
                        b -> b.scopeClaim(ClaimNames.ofDialect().withPrefix("x:"))),
                row(
                        "roles-separator",
                        ",",
                        b -> b.rolesClaim(ClaimNames.ofDialect().separatedBy(","))),
                row(
                        "roles-remove-prefix",
                        "ROLE_",
                        b -> b.rolesClaim(ClaimNames.ofDialect().withoutPrefix("ROLE_"))),
                row(
                        "roles-add-prefix",
                        "y:",
                        b -> b.rolesClaim(ClaimNames.ofDialect().withPrefix("y:"))),
                row("clock-skew", "PT5S", b -> b.clockSkew(Duration.ofSeconds(5))),
                row("max-token-age", "1h", b -> b.maxTokenAge(Duration.ofHours(1))),
                row("max-token-lifetime", "400d", b -> b.maxTokenLifetime(Duration.ofDays(400))),
                row("jwks.cache-ttl", "2m", b -> b.keyCacheTtl(Duration.ofMinutes(2))),
                row("jwks.refresh-ahead", "10s", b -> b.keyRefreshAhead(Duration.ofSeconds(10))),
                row("jwks.cooldown", "7s", b -> b.unknownKeyCooldown(Duration.ofSeconds(7))),
                row("jwks.outage-ttl", "15m", b -> b.keyStaleTtl(Duration.ofMinutes(15))),
                row("jwks.timeout", "500ms", b -> b.keyTimeout(Duration.ofMillis(500))),
                row("jwks.max-size", "2MiB", b -> b.keySetMaxSize(2 * 1024 * 1024)),
                row("jwks.max-loads-per-minute", "2", b -> b.keyMaxLoadsPerMinute(2)),
                row("jwks.start-spread", "5s", b -> b.initialFetchJitter(Duration.ofSeconds(5))),
                row("jwks.max-waiting", "500", b -> b.keyMaxWaiting(500)),
                row("jwks.fail-fast", "true", TrustedIssuerBuilder::keyFailFast),
                row("jwks.max-keys", "50", b -> b.keySetMaxKeys(50)),
                row("jwks.warn-short-rsa", "true", TrustedIssuerBuilder::warnOfShortRsaKeys),
                row("jwks.ca-file", "ca.pem", b -> b.connection(usual().caFile(Path.of("ca.pem")))),
                row("jwks.bearer-token-file", "token", b -> b.connection(usual().bearerTokenFile(Path.of("token")))),
                row(
                        "jwks.headers",
                        "X-Key: a b, X-Other: c",
                        b -> b.connection(usual().header("X-Key", "a b").header("X-Other", "c"))),
                row("jwks.proxy", "proxy:3128", b -> b.connection(usual().proxy("proxy:3128"))),
                row("jwks.proxy", "none", b -> b.connection(usual().proxy("none"))),
                row("jwks.allow-http-for", "10.0.0.0/8", b -> b.connection(usual().allowHttpFor("10.0.0.0/8"))),
                row(
                        "metadata-uri",
                        "https://meta.example/m",
                        b -> b.connection(usual().metadataUri(URI.create("https://meta.example/m")))),
                row("metadata-issuer", "urn:other", b -> b.connection(usual().metadataIssuer("urn:other"))),
                row("jwks.trust-store", "ca.p12", b -> b.connection(usual().trustStore(Path.of("ca.p12"), ""))),
                row(
                        "jwks.client-key-store",
                        "me.p12",
                        b -> b.connection(usual().clientKeyStore(Path.of("me.p12"), ""))),
                row("jwks.snapshot-folder", "/var/lib/app", b -> b.keySnapshotFolder(Path.of("/var/lib/app"))),
                row("max-alive", "7", b -> b.maxActiveIssuers(7)));
    }

    private static Arguments row(String key, String text, UnaryOperator<TrustedIssuerBuilder> inCode) {
        return Arguments.of(key, text, inCode);
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource("issuerSettings")
    void eachPropertyOfAnIssuerSaysWhatItsBuilderMethodSays(
            String key, String text, UnaryOperator<TrustedIssuerBuilder> inCode) {
        IssuerSettings byProperty = issuerOf(least("tokenguard." + key, text));
        IssuerSettings byCode = inCode.apply(
                        TrustedIssuer.builder("https://issuer.example").audience("api"))
                .build()
                .settings();
        IssuerSettings plain = issuerOf(least());
        assertThat(byProperty).usingRecursiveComparison().isEqualTo(byCode);
        assertThat(byProperty).usingRecursiveComparison().isNotEqualTo(plain);
    }

    @Test
    void thePasswordsOfKeyStoresSayWhatTheBuilderMethodSays(@TempDir Path folder) throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "b\n");
        IssuerSettings byProperty = issuerOf(least(
                "tokenguard.jwks.trust-store", "ca.p12",
                "tokenguard.jwks.trust-store-password", "a",
                "tokenguard.jwks.client-key-store", "me.p12",
                "tokenguard.jwks.client-key-store-password-file", password.toString()));
        IssuerSettings byCode = TrustedIssuer.builder("https://issuer.example")
                .audience("api")
                .connection(usual().trustStore(Path.of("ca.p12"), "a").clientKeyStore(Path.of("me.p12"), "b"))
                .build()
                .settings();
        assertThat(byProperty).usingRecursiveComparison().isEqualTo(byCode);
    }

    @Test
    void thePropertyOfTenantsSaysWhatItsBuilderMethodSays() {
        IssuerSettings byProperty = GuardProperties.of(Map.of(
                        "tokenguard.issuer-uri", "https://login.example/{tenantid}",
                        "tokenguard.audiences", "api",
                        "tokenguard.dialect", "entra-id",
                        "tokenguard.tenants", "one, two"))
                .toBuilder()
                .settings()
                .issuers()
                .get(0);
        IssuerSettings byCode = TrustedIssuer.builder("https://login.example/{tenantid}")
                .audience("api")
                .dialect(Dialect.ENTRA_ID)
                .tenants("one", "two")
                .build()
                .settings()
                .perTenant()
                .get(0);
        assertThat(byProperty.issuer()).isEqualTo("https://login.example/one");
        assertThat(byProperty).usingRecursiveComparison().isEqualTo(byCode);
    }

    private static boolean isOfIssuer(String key) {
        try {
            PropertyKeys.requireKnown("tokenguard.issuers.main." + key);
            return true;
        } catch (ConfigurationException unknown) {
            return false;
        }
    }

    @Test
    void everyPropertyOfAnIssuerIsInThatTable() {
        assertThat(issuerSettings().map(row -> row.get()[0]))
                .containsAll(PropertyKeys.all().stream()
                        .map(key -> key.substring(PropertyKeys.PREFIX.length()))
                        .filter(GuardPropertiesTest::isOfIssuer)
                        .filter(key -> !Set.of("issuer-uri", "tenants", "hmac-secret-file")
                                .contains(key))
                        .filter(key -> !key.startsWith("introspection."))
                        .filter(key -> !key.matches("jwks\\..*-store-password(-file)?"))
                        .toList());
    }

    @Test
    void thePropertiesOfAGuardSayWhatItsBuilderMethodsSay() {
        TokenGuardBuilder byProperty = least(
                "tokenguard.audit.max-lines-per-second",
                "7",
                "tokenguard.audit.subject",
                "hash",
                "tokenguard.audit.subject-secret",
                "0123456789abcdef0123456789abcdef",
                "tokenguard.audit.refusal-id",
                "off",
                "tokenguard.realm",
                "shop",
                "tokenguard.max-token-length",
                "4096",
                "tokenguard.max-unsettled-per-second",
                "50",
                "tokenguard.crypto-provider",
                "jdk",
                "tokenguard.allow-insecure-http",
                "true",
                "tokenguard.uniform-refusals",
                "true",
                "tokenguard.problem-details",
                "true",
                "tokenguard.pass-cors-preflight",
                "true",
                "tokenguard.accept-token-in-websocket-protocol",
                "true",
                "tokenguard.cors.allowed-origins",
                "https://app.example, http://localhost:3000",
                "tokenguard.cookie.allowed-origins",
                "https://app.example, http://localhost:3000",
                "tokenguard.cookie.accept-same-site",
                "true",
                "tokenguard.cookie.csrf-field",
                "X-XSRF-Token",
                "tokenguard.cookie.accept-custom-field",
                "X-CSRF",
                "tokenguard.health.path",
                "/internal/health",
                "tokenguard.health.scope",
                "ops",
                "tokenguard.preset",
                "mcp",
                "tokenguard.hide-credentials",
                "true",
                "tokenguard.require-adapters",
                "true",
                "tokenguard.resource.uri",
                "https://api.example.com/shop",
                "tokenguard.resource.name",
                "The Shop",
                "tokenguard.resource.documentation",
                "https://docs.example.com/shop",
                "tokenguard.scope-hierarchy",
                "admin > orders:write > orders:read, a>b > c",
                "tokenguard.scope-wildcards",
                "orders:*, reports:*",
                "tokenguard.acr-order",
                "bronze, silver, gold",
                "tokenguard.resource.hosts",
                "api.example.com, [::1]:8443",
                "tokenguard.trusted-proxies",
                "192.0.2.1, 10.0.0.0/8",
                "tokenguard.console.path",
                "/ops/console",
                "tokenguard.console.scope",
                "console",
                "tokenguard.console.role",
                "operator",
                "tokenguard.dpop.mode",
                "required",
                "tokenguard.dpop.nonce",
                "required",
                "tokenguard.dpop.nonce-secret",
                "0123456789abcdef0123456789abcdef",
                "tokenguard.dpop.proof-max-age",
                "30s",
                "tokenguard.dpop.clock-skew",
                "7s",
                "tokenguard.dpop.algorithms",
                "ES256, EdDSA",
                "tokenguard.dpop.replay-capacity",
                "5000",
                "tokenguard.token-cache.mode",
                "off",
                "tokenguard.token-cache.max-entries",
                "2000",
                "tokenguard.token-cache.max-bytes",
                "2GiB",
                "tokenguard.mtls.mode",
                "required",
                "tokenguard.mtls.client-cert-header",
                "nginx X-Client-Cert",
                "tokenguard.revocation.redis-uri",
                "redis://redis.example:6379",
                "tokenguard.revocation.outage",
                "fail-open",
                "tokenguard.revocation.outage-after",
                "30s",
                "tokenguard.revocation.store-timeout",
                "100ms",
                "tokenguard.revocation.retention",
                "7d",
                "tokenguard.revocation.capacity",
                "5000",
                "tokenguard.logout.audiences",
                "shop-client, shop-app",
                "tokenguard.logout.accept-untyped",
                "true",
                "tokenguard.logout.all-sessions",
                "true",
                "tokenguard.events.audiences",
                "https://shop.example/events",
                "tokenguard.events.secret",
                "0123456789abcdef0123456789abcdef",
                "tokenguard.status-list.mode",
                "required",
                "tokenguard.status-list.uris",
                "https://status.example/a/, https://status.example/b/",
                "tokenguard.status-list.cache-ttl",
                "1m",
                "tokenguard.status-list.outage-ttl",
                "10m",
                "tokenguard.status-list.max-size",
                "2MiB",
                "tokenguard.status-list.max-lists",
                "3",
                "tokenguard.theft-detection.mode",
                "revoke",
                "tokenguard.theft-detection.max-networks",
                "7",
                "tokenguard.theft-detection.max-agents",
                "8",
                "tokenguard.theft-detection.max-refused-proofs",
                "9",
                "tokenguard.theft-detection.window",
                "1m",
                "tokenguard.theft-baseline.mode",
                "step-up",
                "tokenguard.theft-baseline.report-score",
                "41",
                "tokenguard.theft-baseline.response-score",
                "71",
                "tokenguard.theft-baseline.learning-days",
                "5",
                "tokenguard.theft-baseline.max-subjects",
                "5000",
                "tokenguard.theft-baseline.step-up-max-age",
                "2m",
                "tokenguard.theft-baseline.max-per-minute",
                "6",
                "tokenguard.lists.blocked.file",
                "blocked.txt",
                "tokenguard.deny.networks",
                "203.0.113.0/24, @blocked",
                "tokenguard.deny.clients",
                "old app, @blocked",
                "tokenguard.deny.mode",
                "report-only",
                "tokenguard.limits.orders",
                "GET /orders/** limit 100/1m per subject burst 20",
                "tokenguard.writes.orders",
                "POST /orders/** idempotent 12h optional",
                "tokenguard.idempotency.max-body",
                "1KiB",
                "tokenguard.idempotency.max-answer",
                "2KiB",
                "tokenguard.idempotency.lease",
                "3m",
                "tokenguard.idempotency.max-bytes",
                "4MiB",
                "tokenguard.idempotency.fields",
                "X-Total, X-Page",
                "tokenguard.limit-buckets",
                "5000",
                "tokenguard.limit-sharing",
                "off",
                "tokenguard.limit-outage",
                "fail-closed",
                "tokenguard.brake.mode",
                "report-only",
                "tokenguard.brake.max-failures",
                "70",
                "tokenguard.brake.new-tokens",
                "6",
                "tokenguard.routes.all",
                "GET /** authenticated")
                .toBuilder();
        TokenGuardBuilder byCode = TokenGuard.builder()
                .auditMaxLinesPerSecond(7)
                .hashSubjectsInAudit("0123456789abcdef0123456789abcdef")
                .withoutRefusalIds()
                .realm("shop")
                .maxTokenLength(4096)
                .maxUnsettledPerSecond(50)
                .limit("GET /orders/** limit 100/1m per subject burst 20")
                .write("POST /orders/** idempotent 12h optional")
                .idempotencyMaxBody(1 << 10)
                .idempotencyMaxAnswer(2 << 10)
                .idempotencyLease(Duration.ofMinutes(3))
                .idempotencyMaxBytes(4L << 20)
                .idempotencyFields("X-Total", "X-Page")
                .limitBuckets(5000)
                .localLimits()
                .limitOutage(FailurePolicy.FAIL_CLOSED)
                .brake(false)
                .brakeMaxFailures(70)
                .brakeNewTokens(6)
                .cryptoProvider("jdk")
                .allowInsecureHttp()
                .uniformRefusals()
                .problemDetails()
                .passCorsPreflight()
                .acceptTokenInWebSocketProtocol()
                .corsAllowedOrigins("https://app.example", "http://localhost:3000")
                .cookieAllowedOrigins("https://app.example", "http://localhost:3000")
                .cookieAcceptSameSite()
                .cookieCsrfField("X-XSRF-Token")
                .cookieAcceptCustomField("X-CSRF")
                .healthDocument("/internal/health", "ops")
                .preset(Preset.MCP)
                .hideCredentials(true)
                .requireAdapters()
                .resource(URI.create("https://api.example.com/shop"))
                .resourceHosts("api.example.com", "[::1]:8443")
                .resourceName("The Shop")
                .resourceDocumentation(URI.create("https://docs.example.com/shop"))
                .scopeHierarchy("admin", "orders:write", "orders:read")
                .scopeHierarchy("a>b", "c")
                .scopeWildcards("orders:*", "reports:*")
                .acrOrder("bronze", "silver", "gold")
                .trustedProxies("192.0.2.1", "10.0.0.0/8")
                .namedList("blocked", Path.of("blocked.txt"))
                .denyNetworks("203.0.113.0/24", "@blocked")
                .denyClients("old app", "@blocked")
                .reportDenialsOnly()
                .consolePath("/ops/console")
                .consoleScope("console")
                .consoleRole("operator")
                .dpop(Dpop.required()
                        .askForNonces()
                        .nonceSecret("0123456789abcdef0123456789abcdef")
                        .proofMaxAge(Duration.ofSeconds(30))
                        .clockSkew(Duration.ofSeconds(7))
                        .algorithms(SignatureAlgorithm.ES256, SignatureAlgorithm.ED25519)
                        .replayCapacity(5000))
                .tokenCache(TokenCache.off().maxEntries(2000).maxBytes(2L << 30))
                .mutualTls(MutualTls.required()
                        .certificateHeader(new CertificateHeader(CertificateHeader.Format.NGINX, "X-Client-Cert")))
                .sharedState(URI.create("redis://redis.example:6379"))
                .revocations(Revocations.local()
                        .outage(FailurePolicy.FAIL_OPEN)
                        .outageAfter(Duration.ofSeconds(30))
                        .storeTimeout(Duration.ofMillis(100))
                        .retention(Duration.ofDays(7))
                        .capacity(5000))
                .backChannelLogout(BackChannelLogout.strict()
                        .audiences("shop-client", "shop-app")
                        .acceptUntypedTokens()
                        .endAllSessions())
                .securityEvents(SecurityEvents.strict()
                        .audiences("https://shop.example/events")
                        .secret("0123456789abcdef0123456789abcdef"))
                .statusLists(StatusLists.required()
                        .at(URI.create("https://status.example/a/"), URI.create("https://status.example/b/"))
                        .cacheTtl(Duration.ofMinutes(1))
                        .outageTtl(Duration.ofMinutes(10))
                        .largest(2 * 1024 * 1024)
                        .most(3))
                .theftDetection(TheftDetection.report()
                        .mode(TheftDetection.Mode.REVOKE)
                        .maxNetworks(7)
                        .maxAgents(8)
                        .maxRefusedProofs(9)
                        .window(Duration.ofMinutes(1)))
                .theftBaseline(TheftDetection.Baseline.report()
                        .mode(TheftDetection.Baseline.Answer.STEP_UP)
                        .reportScore(41)
                        .responseScore(71)
                        .learningDays(5)
                        .maxSubjects(5000)
                        .stepUpMaxAge(Duration.ofMinutes(2))
                        .maxPerMinute(6))
                .route("GET /** authenticated")
                .issuer(TrustedIssuer.builder("https://issuer.example")
                        .audience("api")
                        .build());
        assertThat(byProperty)
                .usingRecursiveComparison()
                // Only routes and limits that are set by properties have keys.
                .ignoringFields("settings.routeKeys")
                .ignoringFieldsMatchingRegexes("settings\\.limits\\.rules.*\\.key")
                .isEqualTo(byCode);
    }

    @Test
    void noRefusalShowsASecret(@TempDir Path folder) throws IOException {
        String secret = "0123456789abcdef0123456789abcdef";
        assertRefused(
                least("tokenguard.dpop.nonce-secret", "shortsecret"), "nonce-secret is '(not shown)'", "32 random");
        assertRefused(
                least("tokenguard.dpop.nonce-secret", secret), "'(not shown)'", "tokenguard.dpop.nonce to required");
        assertRefused(least("tokenguard.events.secret", "shortsecret"), "events.secret is '(not shown)'", "32 random");
        assertRefused(least("tokenguard.events.secret", "no spaces ".repeat(4).strip()), "'(not shown)'", "letters");
        Path file = Files.writeString(folder.resolve("secret"), "shortsecret");
        assertRefused(least("tokenguard.dpop.nonce-secret-file", file.toString()), "32 random bytes");
        assertRefused(least("tokenguard.events.secret-file", file.toString()), "32 random");
        assertThat(least("tokenguard.dpop.nonce-secret", secret).toBuilder()
                        .settings()
                        .binding()
                        .dpop()
                        .toString())
                .doesNotContain(secret);
    }

    @Test
    void noncesNeedProofs() {
        assertRefused(
                least("tokenguard.dpop.nonce", "required", "tokenguard.dpop.mode", "off"),
                "tokenguard.dpop.nonce is 'required'",
                "tokenguard.dpop.mode");
    }

    @Test
    void aSecretCanBeReadFromAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "0123456789abcdef0123456789abcdef\n");
        assertThat(least("tokenguard.dpop.nonce-secret-file", file.toString()).toBuilder()
                        .settings()
                        .binding()
                        .dpop()
                        .nonceSecret())
                .contains("0123456789abcdef0123456789abcdef");
    }

    @Nested
    class SeveralIssuers {
        private final Map<String, String> two = Map.of(
                "tokenguard.audiences", "api",
                "tokenguard.clock-skew", "5s",
                "tokenguard.issuers.one.issuer-uri", "https://one.example",
                "tokenguard.issuers.two.issuer-uri", "https://two.example",
                "tokenguard.issuers.two.clock-skew", "10s");

        @Test
        void haveTheirOwnSettingsAndElseThoseOfAll() {
            assertThat(GuardProperties.of(two).toBuilder().settings().issuers())
                    .extracting(issuer -> issuer.tokens().lifetime().clockSkew().toSeconds())
                    .containsExactly(5L, 10L);
        }

        @Test
        void haveNamesEachOfThem() {
            Map<String, String> mixed = new HashMap<>(two);
            mixed.put("tokenguard.issuer-uri", "https://three.example");
            assertRefused(GuardProperties.of(mixed), "tokenguard.issuer-uri", "https://three.example", "move it");
        }

        @Test
        void areNamedInRefusals() {
            Map<String, String> wrong = new HashMap<>(two);
            wrong.put("tokenguard.issuers.two.clock-skew", "10m");
            assertRefused(GuardProperties.of(wrong), "tokenguard.issuers.two.clock-skew is '10m'", "0s to 2m");
            wrong.put("tokenguard.issuers.two.clock-skew", "10s");
            wrong.remove("tokenguard.audiences");
            wrong.put("tokenguard.issuers.two.audiences", "api");
            assertRefused(GuardProperties.of(wrong), "tokenguard.issuers.one.audiences is not set");
        }

        @Test
        void canReplaceWhereTheKeysOfAllAre() {
            Map<String, String> located = new HashMap<>(two);
            located.put("tokenguard.jwks-uri", "https://keys.example/all");
            located.put("tokenguard.issuers.two.jwks-file", "two.json");
            assertThat(GuardProperties.of(located).toBuilder().settings().issuers())
                    .extracting(issuer -> issuer.keys().location().getClass().getSimpleName())
                    .containsExactly("At", "In");
        }
    }

    @Nested
    class Sources {
        @Test
        void letSystemPropertiesWinOverTheEnvironmentAndBothOverAFile(@TempDir Path folder) throws IOException {
            Path file = folder.resolve("guard.properties");
            Files.writeString(file, "tokenguard.realm=file\ntokenguard.max-token-length=1000\nother.key=x\n");
            GuardProperties properties = GuardProperties.read(file)
                    .withEnvironment(
                            Map.of("TOKENGUARD_REALM", "environment", "TOKENGUARD_ISSUER_URI", "https://env.example"),
                            Map.of("tokenguard.realm", "system", "tokenguard.audiences", "api"));
            assertThat(properties)
                    .usingRecursiveComparison()
                    .isEqualTo(GuardProperties.of(Map.of(
                            "tokenguard.realm", "system",
                            "tokenguard.issuer-uri", "https://env.example",
                            "tokenguard.audiences", "api",
                            "tokenguard.max-token-length", "1000")));
        }

        @Test
        void letEverythingElseWinOverDefaults() {
            assertThat(GuardProperties.of(Map.of("tokenguard.realm", "own"))
                            .withDefaults(Map.of("tokenguard.realm", "x", "tokenguard.audiences", "api", "other", "y")))
                    .usingRecursiveComparison()
                    .isEqualTo(GuardProperties.of(Map.of("tokenguard.realm", "own", "tokenguard.audiences", "api")));
        }

        @ParameterizedTest
        @CsvSource({
            "TOKENGUARD_JWKS_CACHE_TTL, tokenguard.jwks.cache-ttl",
            "TOKENGUARD_ISSUERS_MAIN_ISSUER_URI, tokenguard.issuers.main.issuer-uri",
            "TOKENGUARD_ISSUERS_MAIN_SITE_JWKS_MAX_SIZE, tokenguard.issuers.main-site.jwks.max-size",
            "TOKENGUARD_ROUTES_READ_ORDERS, tokenguard.routes.read-orders",
            "TOKENGUARD_LISTS_BAD_NETS_FILE, tokenguard.lists.bad-nets.file",
            "TOKENGUARD_DENY_NETWORKS, tokenguard.deny.networks",
            "TOKENGUARD_ISUER_URI, tokenguard.isuer-uri"
        })
        void spellKeysInCapitalsInTheEnvironment(String variable, String key) {
            assertThat(PropertyKeys.ofEnvironment(variable)).contains(key);
        }

        @Test
        void leaveOtherVariablesAlone() {
            assertThat(PropertyKeys.ofEnvironment("PATH")).isEmpty();
            assertThat(PropertyKeys.ofEnvironment("TOKENGUARD_CONFIG")).isEmpty();
        }

        @Test
        void includeTheFileThatTheSystemPropertyElseTheEnvironmentNames(@TempDir Path folder) throws IOException {
            Path one = Files.writeString(folder.resolve("one.properties"), "tokenguard.realm=one");
            Path two = Files.writeString(folder.resolve("two.properties"), "tokenguard.realm=two");
            Map<String, String> environment = Map.of("TOKENGUARD_CONFIG", one.toString());
            Map<String, String> system = Map.of("tokenguard.config", two.toString());
            assertThat(PropertySources.configuredFile(system, environment)).containsEntry("tokenguard.realm", "two");
            assertThat(PropertySources.configuredFile(Map.of(), environment)).containsEntry("tokenguard.realm", "one");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "realm=x\\n#\\ntokenguard.realm=a\\n\\ntokenguard.realm = b | 3 and 5",
                    "tokenguard.realm a\\r\\n  tokenguard.realm:a | 1 and 2",
                    "# a \\\\\\ntokenguard.realm=a\\ntokenguard.audiences=a,\\\\\\n  # b\\ntokenguard.realm=b | 2 and 5",
                    "token\\\\\\nguard.realm=a\\ntokenguard.\\\\u0072ealm=b | 1 and 3"
                })
        void mayNameAKeyOnceInAFile(String text, String lines, @TempDir Path folder) throws IOException {
            Path file = Files.writeString(folder.resolve("guard.properties"), text.translateEscapes());
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> GuardProperties.read(file))
                    .withMessage("tokenguard.realm is set twice, in the lines " + lines + ": remove one of them");
        }

        @Test
        void areReadAsThePlatformReadsPropertiesFiles(@TempDir Path folder) throws IOException {
            Path file = Files.writeString(
                    folder.resolve("guard.properties"),
                    "! a\\\ntokenguard.realm=a\\\\\ntokenguard.audiences : b,\\\n\t#c\n\n \t# d\n"
                            + "other=1\nother=2\ntokenguard.dialect");
            Properties platform = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                platform.load(reader);
            }
            assertThat(GuardProperties.read(file))
                    .usingRecursiveComparison()
                    .isEqualTo(GuardProperties.of(PropertySources.textsOf(platform)));
        }

        @ParameterizedTest
        @CsvSource({
            "TOKENGUARD_ISUER_URI, tokenguard.isuer-uri, tokenguard.issuer-uri",
            "TOKENGUARD_PORT, tokenguard.port, tokenguard.",
            "TOKENGUARD_ISSUERS_MAIN_JWKS, tokenguard.issuers.main-jwks, tokenguard."
        })
        void nameAVariableOfTheEnvironmentThatIsNotKnown(String variable, String key, String nearest) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> least().withEnvironment(Map.of(variable, "hidden"), Map.of()))
                    .withMessageStartingWith("The environment variable " + variable + " stands for " + key + ": ")
                    .withMessageContaining(nearest)
                    .withMessageNotContaining("hidden");
        }

        @Test
        void nameTwoVariablesOfTheEnvironmentThatSetTheSameKey() {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> least().withEnvironment(
                                    Map.of("TOKENGUARD_ROUTES_a", "/a deny", "TOKENGUARD_ROUTES_A", "/a public"),
                                    Map.of()))
                    .withMessageContainingAll("tokenguard.routes.a", "TOKENGUARD_ROUTES_A", "TOKENGUARD_ROUTES_a");
        }

        @ParameterizedTest
        @CsvSource({
            "TOKENGUARD_SERVICE_HOST, 10.96.0.12",
            "TOKENGUARD_SERVICE_HOST, fd00::12",
            "TOKENGUARD_SERVICE_PORT, 8080",
            "TOKENGUARD_SERVICE_PORT_HTTP_MAIN, 8080",
            "TOKENGUARD_PORT, tcp://10.96.0.12:8080",
            "TOKENGUARD_PORT_8080_TCP, tcp://[fd00::12]:8080",
            "TOKENGUARD_PORT_53_UDP_PROTO, udp",
            "TOKENGUARD_PORT_8080_TCP_PORT, 8080",
            "TOKENGUARD_PORT_8080_TCP_ADDR, 10.96.0.12",
            "TOKENGUARD_ROUTES_PORT, tcp://10.96.0.12:8080",
            "TOKENGUARD_DEMO_API_SERVICE_HOST, 10.96.0.12"
        })
        void ignoreTheVariablesThatKubernetesAddsForServices(String variable, String value) {
            assertThat(least().withEnvironment(Map.of(variable, value), Map.of()))
                    .usingRecursiveComparison()
                    .isEqualTo(least());
        }

        @Test
        void mustBeReadable(@TempDir Path folder) {
            Path missing = folder.resolve("missing.properties");
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> GuardProperties.read(missing))
                    .withMessageContaining(missing.toString());
        }
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "tokenguard.clock-skew | 3m | 0s to 2m",
                "tokenguard.clock-skew | soon | write a duration",
                "tokenguard.clock-skew | -5s | write a duration",
                "tokenguard.clock-skew | PT-5S | 0s to 2m",
                "tokenguard.max-token-age | 0s | 1s to",
                "tokenguard.max-token-lifetime | 401d | to 9600h",
                "tokenguard.max-token-length | 100 | 512 to 65536",
                "tokenguard.max-token-length | many | whole number",
                "tokenguard.max-unsettled-per-second | 1001 | 0 to 1000",
                "tokenguard.brake.mode | yes | off, report-only, on",
                "tokenguard.brake.max-failures | 0 | 1 to 100000",
                "tokenguard.brake.new-tokens | 0 | 1 to 10000",
                "tokenguard.limit-buckets | 10 | 1000 to 10000000",
                "tokenguard.trusted-proxies | proxy.example | numeric address",
                "tokenguard.trusted-proxies | 10.0.0.1/8 | clear the bits",
                "tokenguard.trusted-proxies | '' | it is empty",
                "tokenguard.credentials.header | X-Assertion | tokenguard.trusted-proxies is empty",
                "tokenguard.credentials.header | Authorization | Authorization is always read",
                "tokenguard.credentials.header | X Assertion | name the header fields",
                "tokenguard.credentials.header | cookie | name the header fields",
                "tokenguard.credentials.cookie | access | with the prefix __Host-",
                "tokenguard.credentials.cookie | __host-access | with the prefix __Host-",
                "tokenguard.cookie.allowed-origins | * | name origins with https",
                "tokenguard.cookie.allowed-origins | http://app.example.com | name origins with https",
                "tokenguard.cookie.allowed-origins | https://app.example.com/ | as browsers send it",
                "tokenguard.cookie.csrf-field | Origin | for this purpose alone",
                "tokenguard.cookie.accept-custom-field | Accept | begins with X-",
                "tokenguard.cookie.accept-custom-field | X-Requested-With | web views of Android",
                "tokenguard.cookie.accept-custom-field | X-Forwarded-For | neither browsers nor proxies",
                "tokenguard.issuer-aliases | https://issuer.example | has that name already",
                "tokenguard.issuer-aliases | https://*.example | aliases are exact",
                "tokenguard.dpop.mode | on | off, supported, required",
                "tokenguard.dpop.nonce | true | off or required",
                "tokenguard.dpop.nonce-secret-file | /no/such/file | can be read",
                "tokenguard.dpop.proof-max-age | 4s | 5s to 5m",
                "tokenguard.dpop.proof-max-age | 301s | 5s to 5m",
                "tokenguard.dpop.clock-skew | 61s | 0s to 1m",
                "tokenguard.dpop.algorithms | HS256 | remove HMAC",
                "tokenguard.dpop.replay-capacity | 999 | 1000 to 50000000",
                "tokenguard.token-cache.mode | true | on or off",
                "tokenguard.token-cache.max-entries | 99 | 100 to 10000000",
                "tokenguard.token-cache.max-bytes | 1023KiB | 1048576 to 68719476736",
                "tokenguard.token-cache.max-bytes | 65GiB | 1048576 to 68719476736",
                "tokenguard.token-cache.max-bytes | 1GB | a number of bytes",
                "tokenguard.revocation.outage | allow | fail-closed, fail-open",
                "tokenguard.revocation.outage | FAIL_CLOSED | fail-closed, fail-open",
                "tokenguard.revocation.outage-after | 999ms | 1s to 1h",
                "tokenguard.revocation.outage-after | 61m | 1s to 1h",
                "tokenguard.revocation.store-timeout | 19ms | 20ms to 5s",
                "tokenguard.revocation.store-timeout | 5001ms | 20ms to 5s",
                "tokenguard.revocation.retention | 402d | to 9624h",
                "tokenguard.revocation.retention | 24h | set at least 1441m",
                "tokenguard.revocation.capacity | 999 | 1000 to 50000000",
                "tokenguard.revocation.capacity | all | whole number",
                "tokenguard.theft-detection.mode | on | off, report, revoke",
                "tokenguard.theft-detection.max-networks | 0 | 1 to 100",
                "tokenguard.theft-detection.max-agents | 101 | 1 to 100",
                "tokenguard.theft-detection.max-refused-proofs | 0 | 1 to 10000",
                "tokenguard.theft-detection.window | 9s | 10s to 24h",
                "tokenguard.theft-baseline.mode | on | off, report, fresh, step-up, limit, revoke",
                "tokenguard.theft-baseline.report-score | 0 | 1 to 100",
                "tokenguard.theft-baseline.response-score | 101 | 1 to 100",
                "tokenguard.theft-baseline.learning-days | 31 | 1 to 30",
                "tokenguard.theft-baseline.max-subjects | 99 | 100 to 1000000",
                "tokenguard.theft-baseline.step-up-max-age | 9s | 10s to 1h",
                "tokenguard.theft-baseline.max-per-minute | 0 | 1 to 10000",
                "tokenguard.audiences | '' | it is empty",
                "tokenguard.audiences | a,,b | an entry is empty",
                "tokenguard.algorithms | HS256 | tokenguard.hmac-secret-file",
                "tokenguard.algorithms | RS256 ES256 | separated by commas",
                "tokenguard.algorithms | none | name algorithms",
                "tokenguard.algorithms | rs256 | name algorithms",
                "tokenguard.algorithms | '' | name algorithms",
                "tokenguard.token-types | '' | it is empty",
                "tokenguard.dialect | oauth | rfc9068, keycloak",
                "tokenguard.tenants | a | entra-id",
                "tokenguard.issuer-uri | http://issuer.example | https",
                "tokenguard.issuer-uri | https://issuer.example/?a=b | query",
                "tokenguard.issuer-uri | issuer | https",
                "tokenguard.issuer-uri | a b | https",
                "tokenguard.issuer-uri | '' | it is empty",
                "tokenguard.jwks-uri | http://keys.example | https",
                "tokenguard.jwks-uri | file:///etc/passwd | https",
                "tokenguard.jwks-file | /no/such/file | readable file",
                "tokenguard.jwks.cache-ttl | 5s | 30s to 1h",
                "tokenguard.jwks.cache-ttl | 2h | 30s to 1h",
                "tokenguard.jwks.refresh-ahead | 5m | less than tokenguard.jwks.cache-ttl",
                "tokenguard.jwks.cooldown | 1s | 5s to 1h",
                "tokenguard.jwks.outage-ttl | 30d | to 24h",
                "tokenguard.jwks.timeout | 1ms | 100ms to 30s",
                "tokenguard.jwks.max-size | 1 GB | number of bytes",
                "tokenguard.jwks.max-size | 1KB | number of bytes",
                "tokenguard.jwks.max-size | 100MiB | 1024 to",
                "tokenguard.jwks.max-loads-per-minute | 0 | 1 to 10",
                "tokenguard.jwks.max-loads-per-minute | 11 | 1 to 10",
                "tokenguard.jwks.start-spread | 10m | 0s to 5m",
                "tokenguard.jwks.max-keys | 0 | 1 to 10000",
                "tokenguard.jwks.proxy | http://proxy:3128 | without a scheme",
                "tokenguard.jwks.proxy | proxy | host:port",
                "tokenguard.jwks.proxy | proxy:0 | host:port",
                "tokenguard.jwks.allow-http-for | 10.0.0.1/8 | clear the bits",
                "tokenguard.jwks.allow-http-for | inner.example | numeric address",
                "tokenguard.jwks.ca-file | /no/such/file | PEM file",
                "tokenguard.jwks.trust-store | /no/such/file | key store",
                "tokenguard.jwks.client-key-store | /no/such/file | key store",
                "tokenguard.metadata-uri | http://meta.example/m | https",
                "tokenguard.jwks.max-waiting | 0 | 1 to 100000",
                "tokenguard.jwks.fail-fast | perhaps | true",
                "tokenguard.max-alive | 0 | 1 to 10000",
                "tokenguard.realm | a\"b | printable ASCII",
                "tokenguard.crypto-provider | NoSuchProvider | auto or jdk",
                "tokenguard.crypto-provider | SunRsaSign | name another",
                "tokenguard.allow-insecure-http | yes | true or false",
                "tokenguard.preset | fapi | name the preset mcp or fapi2",
                "tokenguard.hide-credentials | yes | true or false",
                "tokenguard.require-adapters | yes | true or false",
                "tokenguard.resource.uri | http://api.example | https address with a host",
                "tokenguard.resource.uri | api.example | https address with a host",
                "tokenguard.resource.uri | a b | write an address",
                "tokenguard.resource.uri | https://api.example/?a=b | without user, query or fragment",
                "tokenguard.resource.uri | https://api.example/#a | without user, query or fragment",
                "tokenguard.resource.uri | https://api.example//a | between single slashes",
                "tokenguard.resource.uri | https://api.example/a/../b | between single slashes",
                "tokenguard.resource.uri | https://api.example/a;b | between single slashes",
                "tokenguard.resource.uri | https://api.example/%61 | between single slashes",
                "tokenguard.resource.uri | https://api.example/* | between single slashes",
                "tokenguard.resource.name | '' | it is empty",
                "tokenguard.resource.name | Shop | set tokenguard.resource.uri too",
                "tokenguard.resource.documentation | https://docs.example | set tokenguard.resource.uri too",
                "tokenguard.scope-hierarchy | admin | at least two scopes",
                "tokenguard.scope-hierarchy | a > a | remove one of the two",
                "tokenguard.scope-wildcards | orders | end in their only '*'",
                "tokenguard.scope-wildcards | * | end in their only '*'",
                "tokenguard.scope-wildcards | a*b* | end in their only '*'",
                "tokenguard.acr-order | gold,gold | name each value once",
                "tokenguard.routes.a | /a max-age soon | whole seconds",
                "tokenguard.routes.a | /a max-age 0 | at least one second",
                "tokenguard.routes.a | /a max-age 9999999999 | whole seconds",
                "tokenguard.routes.a | /a acr | write one of public",
                "tokenguard.routes.a | /a scope a or | write one of public",
                "tokenguard.routes.a | /a scope a report-only | write one of public",
                "tokenguard.routes.a | /a scope a public | stands alone",
                "tokenguard.routes.a | /a | [METHODS] /path requirement",
                "tokenguard.routes.a | get /a public | methods in capitals",
                "tokenguard.routes.a | TRACE /a public | never served",
                "tokenguard.routes.a | GET, POST /x public | methods without spaces",
                "tokenguard.routes.a | /a scope b, c | no space",
                "tokenguard.routes.a | GTE /a public | did you mean GET?",
                "tokenguard.routes.a | GET,DELTE /a public | did you mean DELETE?",
                "tokenguard.routes.a | PSOT /a public | did you mean POST?",
                "tokenguard.routes.a | OPTION /a public | did you mean OPTIONS?",
                "tokenguard.routes.a | PUTT /a public | did you mean PUT?",
                "tokenguard.routes.a | PATHC /a public | did you mean PATCH?",
                "tokenguard.routes.a | GET a public | decoded path",
                "tokenguard.routes.a | GET a/b public | decoded path",
                "tokenguard.routes.a | /a/../b public | decoded path",
                "tokenguard.routes.a | /a//b public | decoded path",
                "tokenguard.routes.a | /a*/b public | decoded path",
                "tokenguard.routes.a | /**/b public | decoded path",
                "tokenguard.routes.a | /a;b public | decoded path",
                "tokenguard.routes.a | /a scop b | 'scop' is not a requirement",
                "tokenguard.routes.a | /a public scope b | stands alone",
                "tokenguard.routes.a | /a scope b,, | RFC 6749",
                "tokenguard.routes.a | /a role , | not blank"
            })
    void refusesWhatIsWrongAndNamesKeyValueAndMend(String key, String value, String mend) {
        assertRefused(least(key, value), key, "'" + value + "'", mend);
    }

    @ParameterizedTest
    @CsvSource({
        "tokenguard.dpop.nonce-secret",
        "tokenguard.state.password",
        "tokenguard.events.secret",
        "tokenguard.audit.subject-secret",
        "tokenguard.introspection.client-secret",
        "tokenguard.introspection.client-key-store-password",
        "tokenguard.introspection.bearer-token",
        "tokenguard.jwks.trust-store-password",
        "tokenguard.jwks.client-key-store-password",
        "tokenguard.issuers.main.introspection.client-secret"
    })
    void refusesAValueBesideAFileThatHoldsIt(String key) {
        assertRefused(least(key, "a", key + "-file", "b"), key + " and " + key + "-file are both set", "remove one");
    }

    @Test
    void theTableOfValuesBesideFilesIsComplete() {
        assertThat(PropertyKeys.all().stream().filter(key -> PropertyKeys.all().contains(key + "-file")))
                .containsExactlyInAnyOrder(
                        "tokenguard.dpop.nonce-secret",
                        "tokenguard.state.password",
                        "tokenguard.events.secret",
                        "tokenguard.audit.subject-secret",
                        "tokenguard.introspection.client-secret",
                        "tokenguard.introspection.client-key-store-password",
                        "tokenguard.jwks.trust-store-password",
                        "tokenguard.jwks.client-key-store-password",
                        "tokenguard.introspection.bearer-token");
    }

    @ParameterizedTest(name = "{0} with {1} = {2}")
    @CsvSource({
        "/a mtls,           tokenguard.mtls.mode, off,      mtls.mode",
        "/a dpop,           tokenguard.dpop.mode, off,      dpop.mode",
        "/a scope x dpop,   tokenguard.dpop.mode, off,      dpop.mode",
        "/a dpop or scope x dpop, tokenguard.dpop.mode, off, dpop.mode",
        "/a role admin,     tokenguard.dialect,   generic,  tokenguard.roles-claim"
    })
    void refusesARouteThatNoRequestCanMeet(String route, String key, String value, String remedy) {
        assertRefused(least("tokenguard.routes.a", route, key, value), "tokenguard.routes.a can never be met", remedy);
    }

    @ParameterizedTest(name = "{0} with {1} = {2}")
    @CsvSource({
        "/a bound,              tokenguard.dpop.mode, off",
        "/a mtls or scope x,    tokenguard.mtls.mode, off",
        "/a scope x report-only mtls, tokenguard.mtls.mode, off",
        "/a deny,               tokenguard.dialect,   generic",
        "/a role a or scope x,  tokenguard.dialect,   generic",
        "/a role a,             tokenguard.dialect,   rfc9068"
    })
    void acceptsARouteThatSomeRequestsCanMeet(String route, String key, String value) {
        least("tokenguard.routes.a", route, key, value).toBuilder().build().close();
    }

    @Test
    void refusesTwoOrdersOfTheSameScopes() {
        assertRefused(
                least("tokenguard.scope-hierarchy", "a > b, b > a"),
                "tokenguard.scope-hierarchy is 'b > a'",
                "'a' already includes 'b'; remove one of the two");
    }

    @Test
    void namesNoKeyIfNoneIsSimilarToAnUnknownOne() {
        assertThatThrownBy(() -> least("tokenguard.quartz", "any").toBuilder())
                .hasMessage("tokenguard.quartz (value not shown): there is no such key");
    }

    @ParameterizedTest
    @CsvSource({
        "tokenguard.isuer-uri, tokenguard.issuer-uri?",
        "tokenguard.clockskew, tokenguard.clock-skew?",
        "tokenguard.issuers.main.jwks.ttl, tokenguard.issuers.main.jwks",
        "tokenguard.routes.a.b, tokenguard.routes.<id>?",
        "tokenguard.routes, tokenguard.routes.<id>?"
    })
    void namesTheKnownKeyThatIsNearestToAnUnknownOne(String key, String nearest) {
        assertRefused(least(key, "any"), key + " (value not shown): there is no such key; did you mean " + nearest);
    }

    @ParameterizedTest
    @CsvSource({
        "tokenguard.issuer-uri, https://user@issuer.example, issuer.example",
        "tokenguard.jwks-uri, https://as@evil.example/, evil.example/",
        "tokenguard.resource.uri, https://me@api.example, api.example"
    })
    void refusesUserInfoAndHidesIt(String key, String value, String rest) {
        assertRefused(least(key, value), key + " is 'https://(not shown)@" + rest + "'");
    }

    @Test
    void refusesWhatIsMissing() {
        assertRefused(GuardProperties.of(Map.of()), "tokenguard.issuer-uri is not set");
        assertRefused(
                GuardProperties.of(Map.of("tokenguard.issuer-uri", "https://issuer.example")),
                "tokenguard.audiences is not set");
    }

    /** An empty list must not read as "any" (RFC 8725 §3.1, §3.9). */
    @Test
    void refusesListsOfNothing() {
        TrustedIssuerBuilder issuer = TrustedIssuer.builder("https://issuer.example");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(TokenGuard.builder()::build)
                .withMessageContaining("issuer-uri");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(issuer::build)
                .withMessageContaining("audiences");
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(issuer::audience);
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(issuer::algorithms);
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(issuer::tokenTypes);
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(issuer::keys);
    }

    @Test
    void refusesATemplateWithoutTenants() {
        assertRefused(
                least("tokenguard.issuer-uri", "https://issuer.example/{tenantid}"), "tokenguard.tenants is not set");
    }

    @Test
    void theSecretOfAnIssuerIsTheContentOfAFile(@TempDir Path folder) throws IOException {
        byte[] secret = "0123456789abcdef0123456789abcde\u00e9".getBytes(StandardCharsets.UTF_8);
        Path raw = folder.resolve("raw");
        Path encoded = folder.resolve("encoded");
        for (String lineEnd : List.of("", "\n", "\r\n")) {
            Files.writeString(raw, new String(secret, StandardCharsets.UTF_8) + lineEnd);
            Files.writeString(
                    encoded,
                    "base64url:" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret) + lineEnd);
            for (Path file : List.of(raw, encoded)) {
                assertThat(issuerOf(least("tokenguard.hmac-secret-file", file.toString()))
                                .keys()
                                .location())
                        .isEqualTo(new KeyLocation.Secret(new SecretKeySpec(secret, "HMAC")));
            }
        }
    }

    @Test
    void refusesTwoPlacesForTheKeysOfOneIssuer() {
        assertRefused(
                least("tokenguard.jwks-uri", "https://keys.example", "tokenguard.jwks-file", "keys.json"), "not two");
    }

    @Test
    void refusesTwoRulesThatContradictEachOther() {
        assertRefused(
                least("tokenguard.routes.a", "GET /a public", "tokenguard.routes.b", "GET /a authenticated"), "/a");
    }

    @Test
    void refusesToTrustOneIssuerTwice() {
        assertRefused(
                GuardProperties.of(Map.of(
                        "tokenguard.audiences", "api",
                        "tokenguard.issuers.a.issuer-uri", "https://issuer.example",
                        "tokenguard.issuers.b.issuer-uri", "https://issuer.example")),
                "tokenguard.issuers.b.issuer-uri",
                "trusted already");
    }

    @Test
    void allowsPlainHttpToOtherMachinesOnlyByName() {
        assertThat(
                        least("tokenguard.jwks-uri", "http://192.0.2.1/jwks", "tokenguard.allow-insecure-http", "true")
                                .toBuilder()
                                .settings()
                                .api()
                                .requests()
                                .allowsInsecureHttp())
                .isTrue();
    }

    @Test
    void namesBothKeysOfRoutesThatContradictEachOther() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> GuardProperties.of(Map.of(
                                "tokenguard.issuer-uri", "https://issuer.example",
                                "tokenguard.audiences", "api",
                                "tokenguard.routes.read", "GET /orders scope orders:read",
                                "tokenguard.routes.other", "GET /orders/ scope orders:write"))
                        .toBuilder())
                .withMessage(
                        "tokenguard.routes.read and tokenguard.routes.other have different requirements for the path"
                                + " /orders and the same methods (a slash at the end makes no difference): keep one of them");
    }
}
