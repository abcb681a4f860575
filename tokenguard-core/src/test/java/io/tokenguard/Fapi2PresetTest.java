package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static io.tokenguard.GuardedIssuer.request;
import static io.tokenguard.GuardedIssuer.trusted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.Dpop;
import io.tokenguard.config.MutualTls;
import io.tokenguard.config.Preset;
import io.tokenguard.config.Revocations;
import io.tokenguard.config.Revocations.FailurePolicy;
import io.tokenguard.config.StatusLists;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestCertificate;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import io.tokenguard.testkit.TokenBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** FAPI 2.0 Security Profile, what it asks of a resource server. */
class Fapi2PresetTest {
    private static final TestClock CLOCK = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));
    private static final DpopClient CLIENT = DpopClient.withKey(TestKey.generate(TestAlgorithm.ES256), CLOCK);
    private static TestIssuer issuer;

    @BeforeAll
    static void start() {
        issuer = TestIssuer.builder()
                .keys(TestKey.generate(TestAlgorithm.ES256, "first"))
                .clock(CLOCK)
                .start();
        for (TestAlgorithm algorithm : TestAlgorithm.defaults()) {
            issuer.publish(TestKey.generate(algorithm, algorithm.name()));
        }
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    private static TokenGuardBuilder fapi(UnaryOperator<TrustedIssuerBuilder> settings) {
        return TokenGuard.builder()
                .issuer(settings.apply(trusted(issuer)).build())
                .revocations(Revocations.shared(inSync()))
                .clock(CLOCK)
                .resourceHosts("api.example.com")
                .route("/orders authenticated")
                .preset(Preset.FAPI2);
    }

    private static DrilledRevocationStore inSync() {
        DrilledRevocationStore store = new DrilledRevocationStore();
        store.sync();
        return store;
    }

    private static TokenBuilder token() {
        return issuer.token().boundTo(CLIENT.key());
    }

    private static IncomingRequest proven(DpopClient client, String token) {
        return request()
                .authority("api.example.com")
                .header("Authorization", "DPoP " + token)
                .header(
                        "DPoP",
                        client.proof("GET", "https://api.example.com/orders")
                                .forToken(token)
                                .sign())
                .build();
    }

    private static void refuses(String key, TokenGuardBuilder settings) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(settings::build)
                .withMessageStartingWith(key)
                .withMessageEndingWith("; tokenguard.preset is 'fapi2'");
    }

    @Nested
    class Section5_3_3 {
        @Test
        void servesTokensThatAreBoundToAKey() {
            try (TokenGuard guard = fapi(UnaryOperator.identity()).build()) {
                assertThat(reasonOf(guard.decide(proven(CLIENT, token().sign()))))
                        .isNull();
            }
        }

        @Test
        void servesTokensThatAreBoundToACertificate() {
            TestCertificate certificate = TestCertificate.selfSigned("client");
            try (TokenGuard guard = fapi(UnaryOperator.identity()).build()) {
                String bound = issuer.token().boundTo(certificate.certificate()).sign();
                assertThat(reasonOf(guard.decide(request()
                                .header("Authorization", "Bearer " + bound)
                                .clientCertificates(List.of(certificate.certificate()))
                                .build())))
                        .isNull();
            }
        }

        @Test
        void refusesTokensThatAreBoundToNobody() {
            try (TokenGuard guard = fapi(UnaryOperator.identity()).build()) {
                String unbound = issuer.token().sign();
                assertThat(reasonOf(guard.decide(bearing(unbound)))).isEqualTo(RefusalReason.BINDING_REQUIRED);
                assertThatExceptionOfType(RefusedException.class)
                        .isThrownBy(() -> guard.validate(unbound))
                        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.BINDING_REQUIRED));
            }
        }

        @Test
        void serveNobodyToBeBoundToIsContradicted() {
            refuses(
                    "tokenguard.dpop.mode",
                    fapi(UnaryOperator.identity()).dpop(Dpop.off()).mutualTls(MutualTls.off()));
        }

        @Test
        void demandsThatSomebodyTellsWhatIsRevoked() {
            refuses(
                    "tokenguard.introspection.mode",
                    fapi(UnaryOperator.identity()).revocations(Revocations.local()));
            fapi(UnaryOperator.identity())
                    .revocations(Revocations.local())
                    .statusLists(StatusLists.required())
                    .build()
                    .close();
        }

        @Test
        void refusesTokensOfWhichThatCannotBeTold() {
            DrilledRevocationStore store = new DrilledRevocationStore();
            try (TokenGuard guard = fapi(UnaryOperator.identity())
                    .revocations(Revocations.shared(store))
                    .build()) {
                assertThat(reasonOf(guard.decide(proven(CLIENT, token().sign()))))
                        .isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
            }
            refuses(
                    "tokenguard.revocation.outage",
                    fapi(UnaryOperator.identity())
                            .revocations(Revocations.shared(store).outage(FailurePolicy.FAIL_OPEN)));
            refuses(
                    "tokenguard.status-list.mode",
                    fapi(UnaryOperator.identity()).statusLists(StatusLists.off()));
        }

        @Test
        void demandsTls() {
            refuses(
                    "tokenguard.allow-insecure-http",
                    fapi(UnaryOperator.identity()).allowInsecureHttp());
        }
    }

    @Nested
    class Section5_4 {
        @ParameterizedTest
        @EnumSource(value = TestAlgorithm.class, to = "ED25519")
        void takesTokensOfThreeAlgorithmsOnly(TestAlgorithm algorithm) {
            try (TokenGuard guard = fapi(UnaryOperator.identity()).build()) {
                TestKey key = issuer.publishedKeys().stream()
                        .filter(published -> published.kid().equals(algorithm.name()))
                        .findFirst()
                        .orElseThrow();
                RefusalReason reason =
                        reasonOf(guard.decide(proven(CLIENT, token().key(key).sign())));
                boolean isAllowed =
                        List.of("PS256", "ES256", "EdDSA", "Ed25519").contains(algorithm.joseName());
                assertThat(reason).isEqualTo(isAllowed ? null : RefusalReason.ALGORITHM_NOT_ALLOWED);
            }
        }

        @ParameterizedTest
        @EnumSource(names = {"RS256", "ES384", "PS512"})
        void takesNoProofsOfOthers(TestAlgorithm algorithm) {
            DpopClient other = DpopClient.withKey(TestKey.generate(algorithm), CLOCK);
            try (TokenGuard guard = fapi(UnaryOperator.identity()).build()) {
                assertThat(reasonOf(guard.decide(proven(
                                other, issuer.token().boundTo(other.key()).sign()))))
                        .isEqualTo(RefusalReason.PROOF_INVALID);
            }
        }

        @Test
        void isContradictedByOtherAlgorithms() {
            refuses("tokenguard.algorithms", fapi(trusted -> trusted.algorithms(SignatureAlgorithm.RS256)));
            refuses(
                    "tokenguard.dpop.algorithms",
                    fapi(UnaryOperator.identity()).dpop(Dpop.required().algorithms(SignatureAlgorithm.ES384)));
            fapi(trusted -> trusted.algorithms(SignatureAlgorithm.PS256))
                    .build()
                    .close();
        }
    }

    @Nested
    class Keys {
        @Test
        void serveThroughAnOutageOfAQuarterOfAnHour() {
            try (KeyDrill drill = KeyDrill.addressed()) {
                TokenGuardBuilder settings = drill.describe(trusted -> trusted.keysFrom(drill.issuer.jwksUri()))
                        .revocations(Revocations.shared(inSync()))
                        .resourceHosts("api.example.com")
                        .preset(Preset.FAPI2);
                DpopClient client = DpopClient.withKey(TestKey.generate(TestAlgorithm.ES256), drill.clock);
                drill.guard.reconfigure(settings);
                drill.settle();
                drill.pass(Duration.ofSeconds(30));
                drill.issuer.on(TestEndpoint.JWKS).answer(Fault.status(500));
                drill.pass(Duration.ofMinutes(10));
                assertThat(use(drill, client)).isNull();
                drill.pass(Duration.ofMinutes(10));
                assertThat(use(drill, client)).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
            }
        }

        private RefusalReason use(KeyDrill drill, DpopClient client) {
            return reasonOf(drill.guard.decide(
                    proven(client, drill.issuer.token().boundTo(client.key()).sign())));
        }

        @Test
        void areContradictedByALongerOutage() {
            refuses("tokenguard.jwks.outage-ttl", fapi(trusted -> trusted.keyStaleTtl(Duration.ofMinutes(16))));
            fapi(trusted -> trusted.keyStaleTtl(Duration.ofMinutes(10))).build().close();
        }
    }

    @Test
    void saysAtStartWhatItChanges() {
        RecordedLog.clear();
        fapi(UnaryOperator.identity()).build().close();
        assertThat(RecordedLog.recent()).anyMatch(event -> event.text().startsWith("preset fapi2: accepts PS256"));
    }

    @Test
    void canBeSetByProperty() {
        TokenGuardBuilder settings = GuardProperties.of(Map.of(
                        "tokenguard.issuer-uri",
                        issuer.issuer(),
                        "tokenguard.audiences",
                        GuardedIssuer.AUDIENCE,
                        "tokenguard.preset",
                        "fapi2",
                        "tokenguard.routes.all",
                        "/** authenticated"))
                .toBuilder();
        refuses("tokenguard.introspection.mode", settings);
    }
}
