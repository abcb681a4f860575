package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Introspection;
import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.RecordedRequest;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestCertificate;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestJson;
import io.tokenguard.testkit.TestKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How this API shows who asks (RFC 7662 §2.1): each way over a real socket. */
class ClientAuthenticationTest {
    private final IntrospectionDrill drill = IntrospectionDrill.usual();

    @AfterEach
    void stop() {
        drill.close();
    }

    private RecordedRequest callAs(ClientAuthentication client) {
        try (TokenGuard guard =
                drill.describe(settings -> settings.client(client)).build()) {
            assertThat(reasonOf(guard.decide(bearing(drill.as().opaque())))).isNull();
        }
        return drill.issuer.recorded(TestEndpoint.INTROSPECTION).get(0);
    }

    /** RFC 6749 §2.3.1 and appendix B. */
    @Nested
    class Secret {
        @Test
        void isEncodedBeforeItIsJoinedToTheName() {
            RecordedRequest call = callAs(ClientAuthentication.basic("my api:1", "p:s s+%\u00e9"));
            String field = call.header("Authorization").orElseThrow();
            assertThat(field).startsWith("Basic ");
            assertThat(new String(
                            Base64.getDecoder().decode(field.substring("Basic ".length())), StandardCharsets.US_ASCII))
                    .isEqualTo("my+api%3A1:p%3As+s%2B%25%C3%A9");
            assertThat(call.parameter("client_secret")).isEmpty();
            assertThat(call.parameter("client_id")).isEmpty();
        }

        @Test
        void isInTheBodyWhereItHasToBe() {
            RecordedRequest call = callAs(ClientAuthentication.post("my api", "a&b=c"));
            assertThat(call.header("Authorization")).isEmpty();
            assertThat(call.parameter("client_id")).contains("my api");
            assertThat(call.parameter("client_secret")).contains("a&b=c");
            assertThat(call.path()).doesNotContain("secret");
        }
    }

    @Test
    void aTokenOfOurOwnIsSentAsSuch() {
        assertThat(callAs(ClientAuthentication.bearer("own-token")).header("Authorization"))
                .contains("Bearer own-token");
    }

    @Test
    void nothingIsShownWhereThatIsSaid() {
        RecordedRequest call = callAs(ClientAuthentication.none());
        assertThat(call.header("Authorization")).isEmpty();
        assertThat(call.parameter("client_id")).isEmpty();
    }

    /** RFC 7523 §2.2 and §3. */
    @Nested
    class Assertion {
        private final TestKey key = TestKey.generate(TestAlgorithm.RS256, "client-key");
        private final ClientAuthentication client =
                ClientAuthentication.privateKeyJwt("api", key.privateKey(), SignatureAlgorithm.RS256, "client-key");

        @Test
        void isSignedForTheIssuerAndGoodForAMinute() throws Exception {
            RecordedRequest call = callAs(client);
            assertThat(call.parameter("client_id")).contains("api");
            assertThat(call.parameter("client_assertion_type"))
                    .contains("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
            String[] parts = call.parameter("client_assertion").orElseThrow().split("\\.", -1);
            String header = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
            String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            long now = drill.clock.instant().getEpochSecond();
            assertThat(header).contains("\"alg\":\"RS256\"", "\"kid\":\"client-key\"");
            assertThat(claims)
                    .contains(
                            "\"iss\":\"api\"",
                            "\"sub\":\"api\"",
                            "\"iat\":" + now,
                            "\"exp\":" + (now + 60),
                            "\"jti\":\"")
                    .contains(drill.issuer.issuer().replace("/", "\\/").substring(0, 4));
            assertThat(claims.replace("\\/", "/")).contains("\"aud\":\"" + drill.issuer.issuer() + "\"");
            Signature verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(key.publicKey());
            verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            assertThat(verifier.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        }

        @Test
        void isMadeAnewForEachCall() {
            try (TokenGuard guard =
                    drill.describe(settings -> settings.client(client)).build()) {
                guard.decide(bearing(drill.as().opaque()));
                guard.decide(bearing(drill.as().opaque()));
            }
            List<RecordedRequest> calls = drill.issuer.recorded(TestEndpoint.INTROSPECTION);
            assertThat(calls.get(0).parameter("client_assertion"))
                    .isNotEqualTo(calls.get(1).parameter("client_assertion"));
        }

        @Test
        void isNeverTakenForAnAccessToken() {
            String assertion = callAs(client).parameter("client_assertion").orElseThrow();
            assertThat(CompactToken.parse(assertion).compact()).isEqualTo(assertion);
            assertThat(drill.judge(assertion)).isIn(RefusalReason.ISSUER_UNKNOWN, RefusalReason.TYPE_MISMATCH);
        }
    }

    /** RFC 8705 §2. */
    @Nested
    class Certificate {
        private final TestCertificate authority = TestCertificate.selfSigned("authority");
        private final List<String> bodies = new CopyOnWriteArrayList<>();

        private HttpsServer server(TestCertificate own) throws Exception {
            SSLContext tls = own.sslContext(authority.certificate());
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
            server.setHttpsConfigurator(new HttpsConfigurator(tls) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters needed = getSSLContext().getDefaultSSLParameters();
                    needed.setNeedClientAuth(true);
                    parameters.setSSLParameters(needed);
                }
            });
            byte[] answer = TestJson.write(drill.as().active(drill.token())).getBytes(StandardCharsets.UTF_8);
            server.createContext("/", exchange -> {
                bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            server.start();
            return server;
        }

        private RefusalReason judgeBy(SSLContext client) throws Exception {
            HttpsServer server = server(authority.issue("127.0.0.1"));
            URI endpoint = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/introspect");
            try (TokenGuard guard = drill.describe(settings -> settings.at(endpoint)
                            .timeout(Duration.ofSeconds(3))
                            .client(ClientAuthentication.certificate("my api", client)))
                    .build()) {
                return reasonOf(guard.decide(bearing("opaque")));
            } finally {
                server.stop(0);
            }
        }

        @Test
        void isShownByTheConnectionAndItsOwnerNamedInTheBody() throws Exception {
            SSLContext client = authority.issue("api").sslContext(authority.certificate());
            // The first handshake of a process can take longer than a connection may.
            await().untilAsserted(() -> assertThat(judgeBy(client)).isNull());
            assertThat(bodies.get(0)).contains("client_id=my+api").doesNotContain("secret");
        }

        @Test
        void isNeededByTheServer() throws Exception {
            assertThat(judgeBy(TestCertificate.anonymousContext(authority.certificate())))
                    .isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
        }

        @Test
        void isSentToNoServerThatIsNotTrusted() throws Exception {
            TestCertificate other = TestCertificate.selfSigned("other");
            assertThat(judgeBy(authority.issue("api").sslContext(other.certificate())))
                    .isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
            assertThat(bodies).isEmpty();
        }
    }

    /** Credentials do not follow a redirect. */
    @Nested
    class Redirected {
        @Test
        void credentialsAreSentToNobodyElse() {
            WireMockServer as =
                    new WireMockServer(WireMockConfiguration.options().dynamicPort());
            WireMockServer elsewhere =
                    new WireMockServer(WireMockConfiguration.options().dynamicPort());
            as.start();
            elsewhere.start();
            try {
                for (int status : new int[] {301, 302, 303, 307, 308}) {
                    as.resetAll();
                    as.stubFor(WireMock.post("/introspect")
                            .willReturn(WireMock.aResponse()
                                    .withStatus(status)
                                    .withHeader("Location", elsewhere.baseUrl() + "/introspect")));
                    assertThat(judgeAt(as.baseUrl(), settings -> settings))
                            .isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
                }
                assertThat(elsewhere.getAllServeEvents()).isEmpty();
                assertThat(as.getAllServeEvents()).hasSize(1);
            } finally {
                as.stop();
                elsewhere.stop();
            }
        }

        private RefusalReason judgeAt(String base, UnaryOperator<Introspection> settings) {
            try (TokenGuard guard = TokenGuard.builder()
                    .issuer(GuardedIssuer.trusted(drill.issuer)
                            .introspection(settings.apply(
                                    Introspection.at(URI.create(base + "/introspect"), IntrospectionDrill.CLIENT)))
                            .build())
                    .clock(Clock.systemUTC())
                    .route("/orders authenticated")
                    .build()) {
                return reasonOf(guard.decide(bearing("opaque")));
            }
        }
    }
}
