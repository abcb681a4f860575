package io.tokenguard;

import static io.tokenguard.GuardedIssuer.AUDIENCE;
import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static io.tokenguard.GuardedIssuer.trusted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.GuardHealth.KeyHealth;
import io.tokenguard.access.GuardHealth.KeyState;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several issuers, and issuers that are named alike. */
class KeyIssuersTest {
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256, "same");
    private static final TestKey OTHER = TestKey.generate(TestAlgorithm.ES256, "same");

    private static RefusalReason judge(TokenGuard guard, TestIssuer issuer) {
        return reasonOf(guard.decide(bearing(issuer.token().sign())));
    }

    @Nested
    class Several {
        @Test
        void keepTheirKeysApart() {
            try (TestIssuer one = TestIssuer.builder().keys(KEY).start();
                    TestIssuer two = TestIssuer.builder().keys(OTHER).start();
                    TokenGuard guard = TokenGuard.builder()
                            .issuer(trusted(one).build())
                            .issuer(trusted(two).build())
                            .route("/orders authenticated")
                            .build()) {
                assertThat(judge(guard, one)).isNull();
                assertThat(judge(guard, two)).isNull();
                String crossed = one.token().key(OTHER).sign();
                assertThat(reasonOf(guard.decide(bearing(crossed)))).isEqualTo(RefusalReason.SIGNATURE_INVALID);
            }
        }

        @Test
        void haveAudiencesAndAlgorithmsOfTheirOwn() {
            try (TestIssuer one = TestIssuer.builder().keys(KEY).start();
                    TestIssuer two = TestIssuer.builder().keys(OTHER).start();
                    TokenGuard guard = GuardProperties.of(Map.of(
                                    "tokenguard.issuers.one.issuer-uri", one.issuer(),
                                    "tokenguard.issuers.one.audiences", AUDIENCE,
                                    "tokenguard.issuers.two.issuer-uri", two.issuer(),
                                    "tokenguard.issuers.two.audiences", "https://other.example.com",
                                    "tokenguard.issuers.two.algorithms", "ES256,ES384",
                                    "tokenguard.algorithms", "ES256",
                                    "tokenguard.routes.all", "/orders authenticated"))
                            .toBuilder()
                            .build()) {
                assertThat(judge(guard, one)).isNull();
                assertThat(judge(guard, two)).isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
                String mine = two.token().audience("https://other.example.com").sign();
                assertThat(reasonOf(guard.decide(bearing(mine)))).isNull();
                assertThat(guard.health().issuers())
                        .extracting(KeyHealth::issuer)
                        .containsExactlyInAnyOrder(one.issuer(), two.issuer());
            }
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void areNotTouchedByABrokenOne(boolean hangs) {
            try (KeyDrill drill = KeyDrill.addressed();
                    TestIssuer broken = broken(drill.clock, hangs);
                    TokenGuard guard = drill.describe(settings -> settings.keysFrom(drill.issuer.jwksUri()))
                            .issuer(trusted(broken).keysFrom(broken.jwksUri()).build())
                            .build()) {
                assertThat(judge(guard, drill.issuer)).isNull();
                assertThat(judge(guard, broken)).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
                drill.timer.advance(Duration.ofMinutes(3));
                assertThat(judge(guard, drill.issuer)).isNull();
                assertThat(health(guard, drill.issuer).state()).isEqualTo(KeyState.FRESH);
                assertThat(health(guard, broken).state()).isNotEqualTo(KeyState.FRESH);
                assertThat(health(guard, drill.issuer).loadsLeft()).isEqualTo(4);
            }
        }

        /** It is broken before the first load, which begins when a guard is built. */
        private TestIssuer broken(TestClock clock, boolean hangs) {
            TestIssuer broken = TestIssuer.builder().keys(OTHER).clock(clock).start();
            broken.on(TestEndpoint.JWKS).answer(hangs ? Fault.hang() : Fault.status(500));
            return broken;
        }

        private KeyHealth health(TokenGuard guard, TestIssuer issuer) {
            return guard.health().issuers().stream()
                    .filter(keys -> keys.issuer().equals(issuer.issuer()))
                    .findFirst()
                    .orElseThrow();
        }

        @Test
        void mayHaveKeysThatNeedNoLoading() {
            try (TestIssuer issuer = TestIssuer.builder().keys(KEY).start();
                    TokenGuard guard = TokenGuard.builder()
                            .issuer(trusted(issuer)
                                    .keysFrom((keyId, algorithm) ->
                                            new VerificationKey(KEY.kid(), SignatureAlgorithm.ES256, KEY.publicKey()))
                                    .build())
                            .route("/orders authenticated")
                            .build()) {
                assertThat(judge(guard, issuer)).isNull();
                assertThat(guard.health().issuers())
                        .singleElement()
                        .satisfies(keys -> assertThat(keys.state()).isEqualTo(KeyState.FRESH));
            }
        }
    }

    @Nested
    class NamedAlike {
        private final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));

        private TestIssuer tenant(String name) {
            return TestIssuer.builder()
                    .keys(KEY)
                    .clock(clock)
                    .path("/tenants/" + name)
                    .start();
        }

        private TokenGuardBuilder guarding(String template) {
            return guarding(TrustedIssuer.builder(template));
        }

        private TokenGuardBuilder guarding(TrustedIssuerBuilder issuer) {
            return TokenGuard.builder()
                    .issuer(issuer.audience(AUDIENCE).build())
                    .clock(clock)
                    .route("/orders authenticated");
        }

        private String template(TestIssuer issuer) {
            return issuer.issuer().replaceFirst("/tenants/.*", "/tenants/*");
        }

        @Test
        void becomeAliveWithTheirFirstToken() {
            try (TestIssuer blue = tenant("blue");
                    TokenGuard guard = guarding(template(blue)).build()) {
                assertThat(guard.health().issuers()).isEmpty();
                assertThat(judge(guard, blue)).isNull();
                assertThat(guard.health().issuers())
                        .extracting(KeyHealth::issuer)
                        .containsExactly(blue.issuer());
            }
        }

        @Test
        void canBeTrustedByProperty() {
            try (TestIssuer blue = tenant("blue");
                    TokenGuard guard = GuardProperties.of(Map.of(
                                    "tokenguard.issuer-uri",
                                    template(blue),
                                    "tokenguard.audiences",
                                    AUDIENCE,
                                    "tokenguard.max-alive",
                                    "3",
                                    "tokenguard.routes.all",
                                    "/orders authenticated"))
                            .toBuilder()
                            .clock(clock)
                            .build()) {
                assertThat(judge(guard, blue)).isNull();
            }
        }

        @Test
        void areRefusedWhereThePredicateDoesNotKnowThem() {
            try (TestIssuer blue = tenant("blue");
                    TestIssuer red = tenant("red");
                    TokenGuard guard = guarding(
                                    TrustedIssuer.builder(template(blue)).onlyIf(issuer -> issuer.endsWith("/blue")))
                            .build()) {
                assertThat(judge(guard, blue)).isNull();
                assertThat(judge(guard, red)).isEqualTo(RefusalReason.ISSUER_UNKNOWN);
                assertThat(red.requests(TestEndpoint.OIDC_DISCOVERY)).isZero();
            }
        }

        @Test
        void areNotMadeByStrangersWithoutBound() {
            try (TestIssuer blue = tenant("blue");
                    TokenGuard guard = guarding(
                                    TrustedIssuer.builder(template(blue)).maxActiveIssuers(5))
                            .build()) {
                assertThat(judge(guard, blue)).isNull();
                for (int i = 0; i < 20; i++) {
                    String stranger = template(blue).replace("*", "stranger-" + i);
                    RefusalReason reason = reasonOf(
                            guard.decide(bearing(blue.token().issuer(stranger).sign())));
                    assertThat(reason).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
                }
                assertThat(guard.health().issuers()).hasSizeLessThanOrEqualTo(5);
                assertThat(blue.requests(TestEndpoint.OIDC_DISCOVERY)).isEqualTo(1);
            }
        }

        @Test
        void areForgottenWhenTheyAreNotUsedForAnHour() {
            try (TestIssuer blue = tenant("blue");
                    TokenGuard guard = guarding(template(blue)).build()) {
                assertThat(judge(guard, blue)).isNull();
                clock.advance(Duration.ofHours(1));
                assertThat(guard.health().issuers()).isEmpty();
                assertThat(judge(guard, blue)).isNull();
                assertThat(blue.requests(TestEndpoint.JWKS)).isEqualTo(2);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://a.example/tenants/blue/extra",
                    "https://a.example/tenants/",
                    "https://a.example/tenants/blue/",
                    "https://a.example/tenants/bl.ue",
                    "https://a.example/tenants/../admin",
                    "https://a.example/tenants/bl%75e",
                    "https://a.example/tenants/blue?x=1",
                    "https://a.example/tenants/blue#x",
                    "https://a.example.evil.example/tenants/blue",
                    "https://a.example@evil.example/tenants/blue",
                    "http://a.example/tenants/blue",
                    "https://a.example/tenants/bl*e",
                    "https://a.example/tenants/*",
                    "https://a.example/tenants/01234567890123456789012345678901234567890123456789012345678901234"
                })
        void areNotThoseThatOnlyLookAlike(String lookalike) {
            try (TestIssuer issuer = TestIssuer.builder().keys(KEY).clock(clock).start();
                    TokenGuard guard = guarding("https://a.example/tenants/*").build()) {
                String token = issuer.token().issuer(lookalike).sign();
                assertThat(reasonOf(guard.decide(bearing(token)))).isEqualTo(RefusalReason.ISSUER_UNKNOWN);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://*",
                    "https://*/",
                    "*",
                    "https://a.example*",
                    "https://a.example/x*",
                    "https://a.example/*x",
                    "https://a.example/**",
                    "ftp://a.example/*",
                    "https://*:8443/realm",
                    "https://*/realm",
                    "http://*/realm",
                    "https://*.com/",
                    "https://*.com:8443/",
                    "https://*.localhost/realm",
                    "https://login.*",
                    "https://login.*/realm",
                    "https://login.*.example.com/",
                    "https://a.*.auth.example.com/",
                    "https://*.*.example.com/",
                    "https://x*.auth.example.com/",
                    "https://*x.auth.example.com/",
                    "https://*.auth..example.com/",
                    "https://*.auth.example.com./",
                    "https://*.auth_x.example.com/",
                    "https://*.auth.\u00e9xample.com/",
                    "https://*.0.0.1/",
                    "https://[*::1]/",
                    "https://a@*/x",
                    "https://a@b.example/*",
                    "https://a:b@*.auth.example.com/",
                    "https://a.example:*/realm",
                    "https://*.auth.example.com:99999/",
                    "https://a.example/*?tenant=x",
                    "https://a.example/?tenant=*",
                    "https://a.example/*#x",
                    "https://a.example/x.*",
                    "https://a.example/%*",
                    "https://a.example\\*/x",
                    "https://a.example:22/*",
                    "http://a.example/*"
                })
        void areNotTrustedWhereTheTemplateSaysTooLittle(String template) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> guarding(template).build())
                    .withMessageContaining("tokenguard.issuer-uri");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://*.auth.example.com",
                    "https://*.auth.example.com/",
                    "https://*.auth.example.com:8443/realms/demo",
                    "https://*.auth.example.com/realms/*",
                    "https://login.example.com/*/v2/*",
                    "https://login.example.com:8443/*",
                    "http://127.0.0.1:8080/realms/*",
                    "https://[::1]:8443/realms/*"
                })
        void areTrustedWhereTheTemplateFixesWhoseTheyAre(String template) {
            try (TokenGuard guard = guarding(template).build()) {
                assertThat(guard.health().issuers()).isEmpty();
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://a.b.auth.invalid/",
                    "https://auth.invalid/",
                    "https://.auth.invalid/",
                    "https://-a.auth.invalid/",
                    "https://a-.auth.invalid/",
                    "https://a_b.auth.invalid/",
                    "https://BLUE.auth.invalid/",
                    "https://evil.example#.auth.invalid/",
                    "https://evil.example@auth.invalid/",
                    "https://blue.auth.invalid:8443/",
                    "https://blue.auth.invalid./",
                    "https://blue.auth.invalid.evil.example/",
                    "https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.auth.invalid/"
                })
        void areOneLabelOfTheHost(String lookalike) {
            try (TestIssuer issuer = TestIssuer.builder().keys(KEY).clock(clock).start();
                    TokenGuard guard = guarding("https://*.auth.invalid/").build()) {
                String token = issuer.token().issuer(lookalike).sign();
                assertThat(reasonOf(guard.decide(bearing(token)))).isEqualTo(RefusalReason.ISSUER_UNKNOWN);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "10.0.0.1",
                    "127.0.0.1",
                    "169.254.169.254",
                    "192.168.1.1",
                    "::1",
                    "fd00::1",
                    "fe80::1",
                    "::10.0.0.1",
                    "::ffff:10.0.0.1",
                    "64:ff9b::a00:1",
                    "2001:0:a00:1::",
                    "2002:a00:1::"
                })
        void areNotAskedAtAnInnerAddressThatATokenNames(String inner) {
            assertThat(failureWhereNamesLeadTo(inner))
                    .isEqualTo("issuer leads to an internal address, at https://blue.auth.invalid/");
        }

        @Test
        void areAskedAtAnAddressOfTheOpenInternet() {
            assertThat(failureWhereNamesLeadTo("203.0.113.7")).contains("host can't be resolved");
        }

        private String failureWhereNamesLeadTo(String address) {
            try (TestIssuer issuer = TestIssuer.builder().keys(KEY).clock(clock).start();
                    TokenGuard guard = guarding("https://*.auth.invalid/")
                            .names(host -> InetAddress.getAllByName(address))
                            .build()) {
                String token =
                        issuer.token().issuer("https://blue.auth.invalid/").sign();
                assertThat(reasonOf(guard.decide(bearing(token)))).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
                KeyDrill.settle(guard);
                return guard.health().issuers().get(0).lastFailure().orElseThrow();
            }
        }

        @Test
        void haveKeysOfTheirOwn() {
            TrustedIssuerBuilder issuer =
                    TrustedIssuer.builder("https://a.example/tenants/*").keysFrom(URI.create("https://a.example/jwks"));
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> guarding(issuer))
                    .withMessageContaining("come from their metadata");
        }
    }
}
