package io.tokenguard;

import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Confirmation;
import io.tokenguard.access.Confirmation.Binding;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.config.Dpop;
import io.tokenguard.config.MutualTls;
import io.tokenguard.config.MutualTls.CertificateHeader;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.TestCertificate;
import io.tokenguard.testkit.TestIssuer;
import java.net.URI;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are bound to the certificate of a TLS client (RFC 8705 §3). */
class MutualTlsTest {
    private static final TestCertificate AUTHORITY = TestCertificate.selfSigned("authority");
    private static final TestCertificate CLIENT = AUTHORITY.issue("client");
    private static final TestCertificate OTHER = AUTHORITY.issue("client");
    private static TestIssuer issuer;

    @BeforeAll
    static void start() {
        issuer = TestIssuer.start();
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    private static TokenGuard guard(UnaryOperator<TokenGuardBuilder> settings) {
        return withoutRoutes(guard ->
                settings.apply(guard.route("/mtls mtls").route("/dpop dpop").route("/bound bound")));
    }

    private static TokenGuard withoutRoutes(UnaryOperator<TokenGuardBuilder> settings) {
        return settings.apply(guarding(issuer).resourceHosts("api.example.com")).build();
    }

    private static String bound() {
        return issuer.token().boundTo(CLIENT.certificate()).sign();
    }

    private static String boundBy(Object confirmation) {
        return issuer.token().claim("cnf", confirmation).sign();
    }

    private static IncomingRequest sent(String path, String token, TestCertificate... shown) {
        IncomingRequest.Builder request =
                IncomingRequest.builder("GET", path).overTls().header("Authorization", "Bearer " + token);
        for (TestCertificate certificate : shown) {
            request.clientCertificates(certificate.chain());
        }
        return request.build();
    }

    private static RefusalReason judge(UnaryOperator<TokenGuardBuilder> settings, IncomingRequest request) {
        try (TokenGuard guard = guard(settings)) {
            return reasonOf(guard.decide(request));
        }
    }

    private static RefusalReason judgeWithoutRoutes(
            UnaryOperator<TokenGuardBuilder> settings, IncomingRequest request) {
        try (TokenGuard guard = withoutRoutes(settings)) {
            return reasonOf(guard.decide(request));
        }
    }

    private static RefusalReason judge(IncomingRequest request) {
        return judge(UnaryOperator.identity(), request);
    }

    @Nested
    class Rfc8705 {
        @Test
        void section3TheTokenGoesWithItsCertificate() {
            assertThat(judge(sent("/orders", bound(), CLIENT))).isNull();
        }

        @Test
        void section3WithoutACertificateItIsRefused() {
            assertThat(judge(sent("/orders", bound()))).isEqualTo(RefusalReason.BINDING_MISSING);
        }

        @Test
        void section3WithAnotherCertificateOfTheSameNameItIsRefused() {
            assertThat(judge(sent("/orders", bound(), OTHER))).isEqualTo(RefusalReason.BINDING_MISMATCH);
        }

        /** 401 and invalid_token, which is all that the section asks for. */
        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void section3TheAnswerIs401AndInvalidToken(boolean showsOther) {
            try (TokenGuard guard = guard(UnaryOperator.identity())) {
                TestCertificate[] shown = showsOther ? new TestCertificate[] {OTHER} : new TestCertificate[0];
                var refused = (Decision.Refused) guard.decide(sent("/orders", bound(), shown));
                assertThat(refused.challenge().status()).isEqualTo(401);
                assertThat(refused.challenge().wwwAuthenticate().get(0))
                        .startsWith("Bearer ")
                        .contains("error=\"invalid_token\"");
            }
        }

        @Test
        void section31TheThumbprintIsThatOfTheClientsOwnCertificateAndNotOfItsIssuers() {
            String ofTheIssuer = issuer.token().boundTo(AUTHORITY.certificate()).sign();
            assertThat(judge(sent("/orders", ofTheIssuer, CLIENT))).isEqualTo(RefusalReason.BINDING_MISMATCH);
        }

        @Test
        void section31OtherSpellingsOfTheThumbprintAreNotUnderstood() {
            byte[] hash = Base64.getUrlDecoder().decode(CLIENT.thumbprint());
            List<Object> confirmations = List.of(
                    Map.of("x5t#S256", CLIENT.thumbprint() + "="),
                    Map.of("x5t#S256", HexFormat.of().formatHex(hash)),
                    Map.of("x5t#S256", CLIENT.thumbprint() + "\n"),
                    Map.of("x5t#S256", 7),
                    Map.of("x5t#S256", List.of(CLIENT.thumbprint())),
                    Map.of("x5t#S256", ""),
                    Map.of("x5t#s256", CLIENT.thumbprint()),
                    Map.of("x5t", CLIENT.thumbprint().substring(0, 27)));
            for (Object confirmation : confirmations) {
                assertThat(judge(sent("/orders", boundBy(confirmation), CLIENT)))
                        .as(confirmation.toString())
                        .isEqualTo(RefusalReason.BINDING_UNSUPPORTED);
            }
        }

        /** Every other character in the place of each one. */
        @Test
        void section31EveryCharacterOfTheThumbprintCounts() {
            try (TokenGuard guard = guard(UnaryOperator.identity())) {
                for (int i = 0; i < CLIENT.thumbprint().length(); i++) {
                    StringBuilder changed = new StringBuilder(CLIENT.thumbprint());
                    changed.setCharAt(i, changed.charAt(i) == 'A' ? 'B' : 'A');
                    String token = boundBy(Map.of("x5t#S256", changed.toString()));
                    assertThat(reasonOf(guard.decide(sent("/orders", token, CLIENT))))
                            .isEqualTo(RefusalReason.BINDING_MISMATCH);
                }
            }
        }

        /** The section leaves it to the API whether it takes tokens that are bound to nobody. */
        @Test
        void section3ATokenThatIsBoundToNobodyGoesWithAnyCertificate() {
            assertThat(judge(sent("/orders", issuer.token().sign(), OTHER))).isNull();
        }
    }

    @Nested
    class Modes {
        @Test
        void offRefusesWhatIsBound() {
            assertThat(judgeWithoutRoutes(b -> b.mutualTls(MutualTls.off()), sent("/orders", bound(), CLIENT)))
                    .isEqualTo(RefusalReason.BINDING_UNSUPPORTED);
        }

        @Test
        void requiredRefusesWhatIsNot() {
            IncomingRequest bearer = sent("/orders", issuer.token().sign(), CLIENT);
            assertThat(judge(b -> b.mutualTls(MutualTls.required()), bearer)).isEqualTo(RefusalReason.BINDING_REQUIRED);
            assertThat(judge(b -> b.mutualTls(MutualTls.required()), sent("/orders", bound(), CLIENT)))
                    .isNull();
        }

        @Test
        void requiredRefusesABearerTokenOfCallersWithoutRequests() {
            try (TokenGuard guard = guard(b -> b.mutualTls(MutualTls.required()))) {
                assertThatExceptionOfType(RefusedException.class)
                        .isThrownBy(() -> guard.validate(issuer.token().sign()))
                        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.BINDING_REQUIRED));
            }
        }

        @Test
        void callersWithoutRequestsCantProveAnything() {
            try (TokenGuard guard = guard(UnaryOperator.identity())) {
                assertThatExceptionOfType(RefusedException.class)
                        .isThrownBy(() -> guard.validate(bound()))
                        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.BINDING_DOWNGRADE));
            }
        }
    }

    @Nested
    class Routes {
        @ParameterizedTest
        @ValueSource(strings = {"/mtls", "/bound"})
        void thatDemandACertificateAreMet(String path) {
            assertThat(judge(sent(path, bound(), CLIENT))).isNull();
        }

        @ParameterizedTest
        @ValueSource(strings = {"/mtls", "/bound", "/dpop"})
        void thatDemandABindingAreNotMetByABearerToken(String path) {
            assertThat(judge(sent(path, issuer.token().sign(), CLIENT))).isEqualTo(RefusalReason.BINDING_INSUFFICIENT);
        }

        @Test
        void thatDemandAKeyAreNotMetByACertificate() {
            assertThat(judge(sent("/dpop", bound(), CLIENT))).isEqualTo(RefusalReason.BINDING_INSUFFICIENT);
        }

        /** RFC 8705 §3: such tokens go under the scheme Bearer. */
        @Test
        void thatDemandACertificateAnswerUnderTheSchemeBearer() {
            try (TokenGuard guard = guard(UnaryOperator.identity())) {
                var refused = (Decision.Refused)
                        guard.decide(sent("/mtls", issuer.token().sign()));
                assertThat(refused.challenge().wwwAuthenticate())
                        .anySatisfy(challenge ->
                                assertThat(challenge).startsWith("Bearer ").contains("error=\"invalid_token\""));
            }
        }
    }

    @Nested
    class BoundInBothWays {
        private final DpopClient holder = DpopClient.create();
        private final String token = boundBy(
                Map.of("x5t#S256", CLIENT.thumbprint(), "jkt", holder.key().thumbprint()));

        private IncomingRequest proven(TestCertificate... shown) {
            IncomingRequest.Builder request = IncomingRequest.builder("GET", "/orders")
                    .overTls()
                    .authority("api.example.com")
                    .header("Authorization", "DPoP " + token)
                    .header(
                            "DPoP",
                            holder.proof("GET", "https://api.example.com/orders")
                                    .forToken(token)
                                    .sign());
            for (TestCertificate certificate : shown) {
                request.clientCertificates(certificate.chain());
            }
            return request.build();
        }

        @Test
        void isProvenByBoth() {
            try (TokenGuard guard = guard(UnaryOperator.identity())) {
                var granted = (Decision.Granted) guard.decide(proven(CLIENT));
                assertThat(granted.accessToken().orElseThrow().confirmation())
                        .isEqualTo(new Confirmation.KeyAndCertificate(
                                new Confirmation.DpopKey(holder.key().thumbprint()),
                                new Confirmation.Certificate(CLIENT.thumbprint())));
            }
        }

        @Test
        void isServedWhereBothAreRequired() {
            assertThat(judge(
                            b -> b.mutualTls(MutualTls.required())
                                    .dpop(Dpop.required())
                                    .resourceHosts("api.example.com"),
                            proven(CLIENT)))
                    .isNull();
        }

        @Test
        void isNotProvenByTheKeyAlone() {
            assertThat(judge(proven())).isEqualTo(RefusalReason.BINDING_MISSING);
        }

        @Test
        void isNotProvenByTheCertificateAlone() {
            assertThat(judge(sent("/orders", token, CLIENT))).isEqualTo(RefusalReason.BINDING_DOWNGRADE);
        }

        @Test
        void isNotProvenWithAnotherCertificate() {
            assertThat(judge(sent("/orders", token, OTHER))).isEqualTo(RefusalReason.BINDING_MISMATCH);
        }

        @Test
        void isRefusedWhereEitherIsOff() {
            assertThat(judgeWithoutRoutes(b -> b.mutualTls(MutualTls.off()), sent("/orders", token, CLIENT)))
                    .isEqualTo(RefusalReason.BINDING_UNSUPPORTED);
            assertThat(judgeWithoutRoutes(b -> b.dpop(Dpop.off()), sent("/orders", token, CLIENT)))
                    .isEqualTo(RefusalReason.BINDING_UNSUPPORTED);
        }
    }

    @Test
    void tellsTheApplicationWhichCertificateWasShown() {
        try (TokenGuard guard = guard(UnaryOperator.identity())) {
            var granted = (Decision.Granted) guard.decide(sent("/orders", bound(), CLIENT));
            Confirmation confirmation = granted.accessToken().orElseThrow().confirmation();
            assertThat(confirmation).isEqualTo(new Confirmation.Certificate(CLIENT.thumbprint()));
            assertThat(confirmation.bindings()).containsExactly(Binding.MTLS);
        }
    }

    /** RFC 9728 §2. */
    @Nested
    class Metadata {
        private static final URI API = URI.create("https://api.example.com");
        private static final String FLAG = "\"tls_client_certificate_bound_access_tokens\":true";

        private String json(UnaryOperator<TokenGuardBuilder> settings) {
            try (TokenGuard guard =
                    settings.apply(guarding(issuer)).resource(API).build()) {
                return guard.resourceMetadata().orElseThrow().json();
            }
        }

        @Test
        void saysThatBoundTokensAreServedWhereSomebodyAskedForThem() {
            assertThat(json(b -> b.mutualTls(MutualTls.required()))).contains(FLAG);
            assertThat(json(b -> b.route("/mtls mtls"))).contains(FLAG);
            assertThat(json(b -> b.trustedProxies("10.0.0.1")
                            .mutualTls(MutualTls.supported()
                                    .certificateHeader(CertificateHeader.of(CertificateHeader.Format.RFC9440)))))
                    .contains(FLAG);
        }

        @Test
        void saysNothingElsewhere() {
            assertThat(json(UnaryOperator.identity())).doesNotContain("tls_client");
            assertThat(json(b -> b.mutualTls(MutualTls.off()))).doesNotContain("tls_client");
        }
    }

    @Nested
    class Settings {
        private static TokenGuardBuilder with(String... properties) {
            Map<String, String> all = new HashMap<>(
                    Map.of("tokenguard.issuer-uri", "https://issuer.example", "tokenguard.audiences", "api"));
            for (int i = 0; i < properties.length; i += 2) {
                all.put("tokenguard." + properties[i], properties[i + 1]);
            }
            return GuardProperties.of(all).toBuilder();
        }

        private static void assertRefused(String mend, String... properties) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> with(properties).build().close())
                    .withMessageContaining("tokenguard.mtls.client-cert-header")
                    .withMessageContaining(mend);
        }

        @ParameterizedTest
        @EnumSource(CertificateHeader.Format.class)
        void nameAFormat(CertificateHeader.Format format) {
            assertThat(with("mtls.client-cert-header", format.settingName())
                            .settings()
                            .binding()
                            .mutualTls()
                            .certificateHeader())
                    .contains(CertificateHeader.of(format));
        }

        @Test
        void nameAFieldBehindTheFormat() {
            assertThat(with("mtls.client-cert-header", " nginx  X-Client-Cert ")
                            .settings()
                            .binding()
                            .mutualTls()
                            .certificateHeader())
                    .contains(new CertificateHeader(CertificateHeader.Format.NGINX, "X-Client-Cert"));
        }

        @Test
        void areRefusedWhereNobodyMayWriteTheField() {
            assertRefused("tokenguard.trusted-proxies", "mtls.client-cert-header", "nginx");
        }

        @Test
        void areRefusedWhereNobodyReadsTheField() {
            assertRefused(
                    "tokenguard.mtls.mode",
                    "mtls.client-cert-header",
                    "nginx",
                    "trusted-proxies",
                    "10.0.0.1",
                    "mtls.mode",
                    "off");
        }

        @Test
        void areRefusedWithoutAKnownFormat() {
            assertRefused("rfc9440, envoy, nginx, haproxy, alb, traefik", "mtls.client-cert-header", "X-Client-Cert");
        }

        @ParameterizedTest
        @ValueSource(strings = {"nginx X Y", "nginx X:", "nginx \u00e9"})
        void areRefusedWithANameThatNoFieldHas(String text) {
            assertRefused("name", "mtls.client-cert-header", text, "trusted-proxies", "10.0.0.1");
        }
    }

    @Test
    void believesTheFieldOfTrustedProxiesOnly() {
        CertificateHeader header = CertificateHeader.of(CertificateHeader.Format.HAPROXY);
        IncomingRequest.Builder request = IncomingRequest.builder("GET", "/orders")
                .overTls()
                .header("Authorization", "Bearer " + bound())
                .header(header.name(), Base64.getEncoder().encodeToString(CLIENT.der()));
        try (TokenGuard guard = guard(b ->
                b.trustedProxies("10.0.0.0/8").mutualTls(MutualTls.supported().certificateHeader(header)))) {
            assertThat(reasonOf(guard.decide(request.clientAddress("10.1.2.3").build())))
                    .isNull();
            assertThat(reasonOf(guard.decide(request.clientAddress("192.0.2.1").build())))
                    .isEqualTo(RefusalReason.BINDING_MISSING);
        }
    }
}
