package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static io.tokenguard.GuardedIssuer.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.IncomingRequest.Connection;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecisionTest {
    private static TestIssuer issuer;
    private static TokenGuard guard;

    @BeforeAll
    static void start() {
        issuer = TestIssuer.builder()
                .algorithms(TestAlgorithm.defaults().toArray(TestAlgorithm[]::new))
                .start();
        guard = guarding(issuer, settings -> settings.rolesClaim("realm_access.roles"))
                .route("GET /read scope orders:read")
                .route("POST /read scope orders:write,orders:read")
                .route("/any any-scope reports:read,reports:admin")
                .route("/admin role admin,root")
                .route("/open public")
                .route("/closed deny")
                .build();
    }

    @AfterAll
    static void stop() {
        guard.close();
        issuer.close();
    }

    private static Decision decide(String method, String path, String token) {
        return guard.decide(IncomingRequest.builder(method, path)
                .overTls()
                .header("Authorization", "Bearer " + token)
                .build());
    }

    @ParameterizedTest
    @EnumSource(value = TestAlgorithm.class, to = "ED25519")
    void grantsATokenOfEverySupportedAlgorithm(TestAlgorithm algorithm) {
        var key = issuer.publishedKeys().stream()
                .filter(candidate -> candidate.algorithm() == algorithm)
                .findFirst()
                .orElseThrow();
        assertThat(guard.decide(bearing(issuer.token().key(key).sign()))).isInstanceOf(Decision.Granted.class);
    }

    @Test
    void saysWhatAGoodTokenSays() throws RefusedException {
        AccessToken token = guard.validate(issuer.token()
                .subject("alice")
                .clientId("shop")
                .tokenId("id-1")
                .scope("orders:read", "orders:write")
                .expiresAt(Instant.now().plusSeconds(60).truncatedTo(java.time.temporal.ChronoUnit.SECONDS))
                .claim("realm_access", java.util.Map.of("roles", List.of("admin")))
                .claim("department", "sales")
                .sign());
        assertThat(token.issuer()).isEqualTo(issuer.issuer());
        assertThat(token.subject()).contains("alice");
        assertThat(token.clientId()).contains("shop");
        assertThat(token.tokenId()).contains("id-1");
        assertThat(token.scopes()).isEqualTo(Set.of("orders:read", "orders:write"));
        assertThat(token.hasScope("orders")).isFalse();
        assertThat(token.roles()).containsExactly("admin");
        assertThat(token.audiences()).containsExactly(GuardedIssuer.AUDIENCE);
        assertThat(token.text("department")).contains("sales");
        assertThat(token.expiresAt()).isAfter(Instant.now());
    }

    @Test
    void demandsEveryScopeOfARule() {
        assertThat(reasonOf(decide(
                        "POST", "/read", issuer.token().scope("orders:read").sign())))
                .isEqualTo(RefusalReason.SCOPE_INSUFFICIENT);
        assertThat(reasonOf(decide(
                        "POST",
                        "/read",
                        issuer.token().scope("orders:read", "orders:write").sign())))
                .isNull();
    }

    @Test
    void isContentWithOneScopeOfAGroup() {
        assertThat(reasonOf(decide(
                        "GET", "/any", issuer.token().scope("reports:admin").sign())))
                .isNull();
        assertThat(reasonOf(
                        decide("GET", "/any", issuer.token().scope("reports").sign())))
                .isEqualTo(RefusalReason.SCOPE_INSUFFICIENT);
    }

    @Test
    void demandsARoleFromWhereRolesAre() {
        var roles = java.util.Map.of("roles", List.of("root"));
        assertThat(reasonOf(decide(
                        "GET",
                        "/admin",
                        issuer.token().claim("realm_access", roles).sign())))
                .isNull();
        assertThat(reasonOf(decide(
                        "GET",
                        "/admin",
                        issuer.token().claim("roles", List.of("admin")).sign())))
                .isEqualTo(RefusalReason.ROLE_INSUFFICIENT);
    }

    @Test
    void looksAtNoTokenOnAnOpenRoute() {
        assertThat(decide("GET", "/open", "junk")).isEqualTo(new Decision.Granted(java.util.Optional.empty()));
    }

    @Test
    void refusesAClosedRouteToAGoodToken() {
        assertThat(reasonOf(decide("GET", "/closed", issuer.token().sign()))).isEqualTo(RefusalReason.ACCESS_DENIED);
    }

    @Test
    void refusesWhatNoRuleCovers() {
        assertThat(reasonOf(decide("GET", "/elsewhere", issuer.token().sign())))
                .isEqualTo(RefusalReason.NO_MATCHING_ROUTE);
        assertThat(reasonOf(guard.decide(
                        IncomingRequest.builder("GET", "/elsewhere").overTls().build())))
                .isEqualTo(RefusalReason.NO_CREDENTIALS);
    }

    @Test
    void refusesAServedPathThatIsAmbiguousThoughTheWrittenOneIsNot() {
        for (String served : List.of("//open", "/open/../closed", "/./open", "open", "")) {
            var request = new IncomingRequest("GET", served, "/open", name -> List.of(), new Connection(true, "", ""));
            assertThat(reasonOf(guard.decide(request))).isEqualTo(RefusalReason.PATH_REJECTED);
        }
    }

    @Test
    void judgesHeadAsGet() {
        String token = issuer.token().scope("orders:read").sign();
        assertThat(reasonOf(decide("HEAD", "/read", token))).isNull();
        assertThat(reasonOf(decide("HEAD", "/read", issuer.token().sign())))
                .isEqualTo(RefusalReason.SCOPE_INSUFFICIENT);
    }

    @Test
    void decidesByARequirementThatTheCallerFound() {
        var demanded = AccessRequirement.scope("a").and(AccessRequirement.scope("b"));
        assertThat(reasonOf(guard.decide(bearing(issuer.token().scope("a").sign()), demanded)))
                .isEqualTo(RefusalReason.SCOPE_INSUFFICIENT);
        assertThat(reasonOf(guard.decide(bearing(issuer.token().scope("a", "b").sign()), demanded)))
                .isNull();
    }

    @Test
    void makesTheDemandsOfAnotherPathOnATokenThatIsKnownToBeGood() throws RefusedException {
        AccessToken good = guard.validate(issuer.token().scope("orders:read").sign());
        var read = IncomingRequest.builder("GET", "/read").build();
        var write = IncomingRequest.builder("POST", "/read").build();
        assertThat(reasonOf(guard.decideAgain(read, good))).isNull();
        assertThat(reasonOf(guard.decideAgain(write, good))).isEqualTo(RefusalReason.SCOPE_INSUFFICIENT);
    }

    @Test
    void takesTokensOverPlainHttpFromThisMachineOnly() {
        String token = issuer.token().sign();
        var plain = IncomingRequest.builder("GET", "/orders").header("Authorization", "Bearer " + token);
        assertThat(reasonOf(guard.decide(plain.clientAddress("127.0.0.1").build())))
                .isNull();
        assertThat(reasonOf(guard.decide(plain.clientAddress("0:0:0:0:0:0:0:1").build())))
                .isNull();
        assertThat(reasonOf(guard.decide(plain.clientAddress("192.0.2.7").build())))
                .isEqualTo(RefusalReason.TRANSPORT_INSECURE);
        assertThat(reasonOf(guard.decide(plain.clientAddress("").build()))).isEqualTo(RefusalReason.TRANSPORT_INSECURE);
    }

    @Test
    void takesTokensOverPlainHttpFromAnywhereWhereThatIsAllowedByName() {
        try (TokenGuard lax = guarding(issuer).allowInsecureHttp().build()) {
            var plain = IncomingRequest.builder("GET", "/orders")
                    .header("Authorization", "Bearer " + issuer.token().sign())
                    .clientAddress("192.0.2.7");
            assertThat(reasonOf(lax.decide(plain.build()))).isNull();
        }
    }

    @Test
    void passesATruePreflightOnlyWhereThatIsSwitchedOn() {
        var preflight = IncomingRequest.builder("OPTIONS", "/orders")
                .overTls()
                .header("Origin", "https://app.example")
                .header("Access-Control-Request-Method", "GET");
        assertThat(reasonOf(guard.decide(preflight.build()))).isEqualTo(RefusalReason.NO_CREDENTIALS);
        try (TokenGuard open = guarding(issuer).passCorsPreflight().build()) {
            assertThat(reasonOf(open.decide(preflight.build()))).isNull();
            assertThat(reasonOf(open.decide(IncomingRequest.builder("OPTIONS", "/orders")
                            .overTls()
                            .header("Origin", "https://app.example")
                            .build())))
                    .isEqualTo(RefusalReason.NO_CREDENTIALS);
            assertThat(reasonOf(open.decide(preflight.header("Cookie", "a=b").build())))
                    .isEqualTo(RefusalReason.NO_CREDENTIALS);
        }
    }

    @Test
    void validateThrowsTheReasonAndNothingElse() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> guard.validate("junk"))
                .satisfies(refused -> {
                    assertThat(refused.reason()).isEqualTo(RefusalReason.TOKEN_MALFORMED);
                    assertThat(refused.getStackTrace()).isEmpty();
                    assertThat(refused).hasNoCause();
                });
    }

    /** The address may be a forwarded one, that is, anybody's text: CWE-1333. */
    @Test
    void tellsAtOnceThatALongAddressIsNotThisMachines() {
        String near = "::ffff:127" + ".1".repeat(500_000);
        var plain = IncomingRequest.builder("GET", "/orders")
                .header("Authorization", "Bearer " + issuer.token().sign())
                .clientAddress(near)
                .build();
        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(1), () -> reasonOf(guard.decide(plain))))
                .isEqualTo(RefusalReason.TRANSPORT_INSECURE);
    }

    /** Thousands of refusals a second are an ordinary attack: none of them walks the stack. */
    @Test
    void refusesWithoutAStackTraceInEveryRoom() {
        CompactToken parts = CompactToken.parse(issuer.token().sign());
        Stream.of(
                        "a".repeat(20_000),
                        "a.b",
                        parts.withHeader("e30").compact(),
                        parts.withPayload("W10").compact(),
                        parts.flipBit(0).compact(),
                        issuer.token().unsigned("none"),
                        issuer.token().header("kid", "unknown").sign(),
                        issuer.token().withoutClaim("sub").sign(),
                        issuer.token().audience("other").sign(),
                        issuer.token().expiresAt(Instant.EPOCH).sign())
                .forEach(token -> assertThatExceptionOfType(RefusedException.class)
                        .isThrownBy(() -> guard.validate(token))
                        .satisfies(refused -> {
                            assertThat(refused.getStackTrace()).isEmpty();
                            assertThat(refused.getSuppressed()).isEmpty();
                            assertThat(refused).hasNoCause();
                        }));
    }

    @Test
    void looksForTheTokenInTheAuthorizationFieldOnly() {
        String token = issuer.token().sign();
        var elsewhere = request().header("X-Access-Token", token).header("Cookie", "access_token=" + token);
        assertThat(reasonOf(guard.decide(elsewhere.build()))).isEqualTo(RefusalReason.NO_CREDENTIALS);
    }
}
