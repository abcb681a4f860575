package io.tokenguard.examples.forwardauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.config.Credentials;
import io.tokenguard.config.MutualTls;
import io.tokenguard.config.MutualTls.CertificateHeader;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.TestCertificate;
import io.tokenguard.testkit.TestIssuer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plays the questions of each gateway, to the letter, over sockets. */
class ForwardAuthTest {
    private static final String HERE = "127.0.0.1";
    private static final TestCertificate CLIENT = TestCertificate.selfSigned("client");

    private final TestIssuer issuer = TestIssuer.start();
    private AuthServer server;

    @AfterEach
    void stop() {
        server.close();
        issuer.close();
    }

    private void start(Gateway gateway, String... trusted) {
        start(gateway, List.of(trusted), ForwardAuth.guard(issuer.issuer(), List.of(trusted)));
    }

    private void start(Gateway gateway, List<String> trusted, TokenGuard guard) {
        server = AuthServer.start(new Arguments(gateway, HERE, 0, trusted, Optional.empty()), guard);
    }

    private String bearer(String... scopes) {
        return "Authorization: Bearer " + issuer.token().scope(scopes).sign();
    }

    @ParameterizedTest
    @EnumSource(Gateway.class)
    void acceptsATokenInAFieldThatTheGatewayAdds(Gateway gateway) throws IOException {
        TokenGuard guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience(ForwardAuth.AUDIENCE)
                        .credentials(Credentials.inAuthorization().inHeaders("X-Goog-IAP-JWT-Assertion"))
                        .build())
                .trustedProxies(HERE)
                .route("GET /orders/** scope " + ForwardAuth.SCOPE)
                .build();
        start(gateway, List.of(HERE), guard);
        String field = bearer(ForwardAuth.SCOPE).replace("Authorization: Bearer", "X-Goog-IAP-JWT-Assertion:");
        assertThat(ask(gateway, "GET", "/orders/7", field).status()).isEqualTo(200);
        assertThat(ask(gateway, "GET", "/orders/7", field, bearer(ForwardAuth.SCOPE))
                        .status())
                .isEqualTo(gateway.statusFor(400));
    }

    /** A gateway that passes no Upgrade on is asked about a WebSocket, too. */
    @ParameterizedTest
    @EnumSource(Gateway.class)
    void acceptsATokenInACookieUnlessAnotherSiteCausedTheRequest(Gateway gateway) throws IOException {
        TokenGuard guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience(ForwardAuth.AUDIENCE)
                        .credentials(Credentials.inAuthorization().inCookie("__Host-access"))
                        .build())
                .resource(URI.create("https://api.example.com"))
                .trustedProxies(HERE)
                .route("/orders/** scope " + ForwardAuth.SCOPE)
                .build();
        start(gateway, List.of(HERE), guard);
        String cookie = bearer(ForwardAuth.SCOPE).replace("Authorization: Bearer ", "Cookie: a=b; __Host-access=");
        String own = "Origin: https://api.example.com";
        assertThat(ask(gateway, "POST", "/orders/7", cookie, own).status()).isEqualTo(200);
        assertThat(ask(gateway, "GET", "/orders/7", cookie, own, "Sec-WebSocket-Version: 13")
                        .status())
                .isEqualTo(200);
        String evil = "Origin: https://evil.example";
        assertThat(ask(gateway, "POST", "/orders/7", cookie, evil).status()).isEqualTo(403);
        assertThat(ask(gateway, "POST", "/orders/7", cookie).status()).isEqualTo(403);
        assertThat(ask(gateway, "GET", "/orders/7", cookie, evil, "Sec-WebSocket-Version: 13")
                        .status())
                .isEqualTo(403);
        assertThat(ask(gateway, "GET", "/orders/7", cookie, own, bearer(ForwardAuth.SCOPE))
                        .status())
                .isEqualTo(gateway.statusFor(400));
    }

    /** An answer: its status line and fields. */
    private record Answer(int status, String head) {}

    /** What a gateway sends for a client that asks for a path by a method. */
    private Answer ask(Gateway gateway, String method, String target, String... lines) throws IOException {
        return switch (gateway) {
            case NGINX ->
                send(
                        "GET",
                        "/",
                        lines,
                        "X-Original-Method: " + method,
                        "X-Original-URI: " + target,
                        "X-Forwarded-Proto: https",
                        "X-Forwarded-Host: api.example.com");
            case TRAEFIK ->
                send(
                        "GET",
                        "/",
                        lines,
                        "X-Forwarded-Method: " + method,
                        "X-Forwarded-Uri: " + target,
                        "X-Forwarded-Proto: https",
                        "X-Forwarded-Host: api.example.com",
                        "X-Forwarded-For: 192.0.2.1");
            case ENVOY -> send(method, target, lines, "X-Forwarded-Proto: https");
        };
    }

    private Answer send(String method, String target, String[] lines, String... more) throws IOException {
        URI address = server.address();
        StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: api.example.com\r\n");
        Stream.concat(Stream.of(more), Stream.of(lines))
                .forEach(line -> text.append(line).append("\r\n"));
        text.append("Connection: close\r\n\r\n");
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream().write(text.toString().getBytes(UTF_8));
            InputStream in = socket.getInputStream();
            String answer = new String(in.readAllBytes(), UTF_8);
            return new Answer(Integer.parseInt(answer.substring(9, 12)), answer.split("\r\n\r\n", 2)[0]);
        }
    }

    @Nested
    class OfEveryGateway {
        @ParameterizedTest
        @EnumSource(Gateway.class)
        void letsARequestPassThatIsGranted(Gateway gateway) throws IOException {
            start(gateway, HERE);
            assertThat(ask(gateway, "GET", "/orders/7?page=2", bearer(ForwardAuth.SCOPE))
                            .status())
                    .isEqualTo(200);
            assertThat(ask(gateway, "GET", "/health").status()).isEqualTo(200);
        }

        /** RFC 6750 §3. */
        @ParameterizedTest
        @EnumSource(Gateway.class)
        void answersWithAChallengeWhereNoTokenCame(Gateway gateway) throws IOException {
            start(gateway, HERE);
            Answer answer = ask(gateway, "GET", "/orders/7");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.head()).containsIgnoringCase("\r\nWWW-Authenticate: Bearer realm=\"api\"");
            assertThat(answer.head()).containsIgnoringCase("\r\nCache-Control: no-store");
        }

        @ParameterizedTest
        @EnumSource(Gateway.class)
        void answersWith403WhereTheTokenGrantsTooLittle(Gateway gateway) throws IOException {
            start(gateway, HERE);
            Answer answer = ask(gateway, "GET", "/orders/7", bearer("other"));
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.head()).contains("error=\"insufficient_scope\"");
        }

        /** nginx supports no 429; its answer has the fields all the same. */
        @ParameterizedTest
        @EnumSource(Gateway.class)
        void limitsRequests(Gateway gateway) throws IOException {
            start(
                    gateway,
                    List.of(HERE),
                    TokenGuard.builder()
                            .issuer(TrustedIssuer.builder(issuer.issuer())
                                    .audience(ForwardAuth.AUDIENCE)
                                    .build())
                            .trustedProxies(HERE)
                            .route("/orders/** authenticated")
                            .limit("/orders/** limit 2/1h per subject")
                            .build());
            String bearer = bearer("any");
            assertThat(ask(gateway, "GET", "/orders/7", bearer).head())
                    .containsIgnoringCase("\r\nRateLimit: \"subject-1h\";r=1;t=1800");
            ask(gateway, "GET", "/orders/7", bearer);
            Answer answer = ask(gateway, "GET", "/orders/8", bearer);
            assertThat(answer.status()).isEqualTo(gateway.statusFor(429));
            assertThat(answer.head()).containsIgnoringCase("\r\nRetry-After: 1");
        }

        @ParameterizedTest
        @EnumSource(Gateway.class)
        void judgesTheMethodOfTheClient(Gateway gateway) throws IOException {
            start(gateway, HERE);
            assertThat(ask(gateway, "DELETE", "/orders/7", bearer(ForwardAuth.SCOPE))
                            .status())
                    .isEqualTo(403);
        }

        @ParameterizedTest
        @EnumSource(Gateway.class)
        void matchesThePathDecoded(Gateway gateway) throws IOException {
            start(gateway, HERE);
            assertThat(ask(gateway, "GET", "/%6Frders/7", bearer(ForwardAuth.SCOPE))
                            .status())
                    .isEqualTo(200);
            assertThat(ask(gateway, "GET", "/%6Frders/7").status()).isEqualTo(401);
        }

        @ParameterizedTest
        @EnumSource(Gateway.class)
        void judgesAPathWithASlashAtTheEndByTheSameRule(Gateway gateway) throws IOException {
            start(
                    gateway,
                    List.of(HERE),
                    TokenGuard.builder()
                            .issuer(TrustedIssuer.builder(issuer.issuer())
                                    .audience(ForwardAuth.AUDIENCE)
                                    .build())
                            .trustedProxies(HERE)
                            .route("/** authenticated")
                            .route("/admin scope admin")
                            .build());
            for (String path : List.of("/admin", "/admin/", "/admin/?page=2", "/%61dmin/", "/ADMIN/", "/admin.json")) {
                assertThat(ask(gateway, "GET", path).status()).as(path).isEqualTo(401);
                assertThat(ask(gateway, "GET", path, bearer("other")).status())
                        .as(path)
                        .isEqualTo(403);
                assertThat(ask(gateway, "GET", path, bearer("admin")).status())
                        .as(path)
                        .isEqualTo(200);
            }
        }

        @ParameterizedTest
        @EnumSource(Gateway.class)
        void letsNoPathPassThatCouldBeServedAsAnother(Gateway gateway) throws IOException {
            start(gateway, HERE);
            for (String path : List.of(
                    "//x/health",
                    "/x//health",
                    "/orders/../health",
                    "/health%2F..%2Forders",
                    "/health;x",
                    "/./health")) {
                assertThat(ask(gateway, "GET", path).status()).as(path).isEqualTo(gateway == Gateway.NGINX ? 403 : 400);
            }
        }

        @ParameterizedTest
        @EnumSource(Gateway.class)
        void answersNobodyElse(Gateway gateway) throws IOException {
            start(gateway, "10.0.0.0/8");
            Answer answer = ask(gateway, "GET", "/health");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.head()).doesNotContainIgnoringCase("WWW-Authenticate");
        }
    }

    @Nested
    class OfAClientThatWritesFields {
        /** What it writes is not of this gateway, which says itself which request it asks about. */
        @Test
        void envoysQuestionIsThePathItself() throws IOException {
            start(Gateway.ENVOY, HERE);
            assertThat(ask(
                                    Gateway.ENVOY,
                                    "GET",
                                    "/orders/7",
                                    "X-Original-URI: /health",
                                    "X-Original-Method: GET",
                                    "X-Forwarded-Uri: /health",
                                    "X-Forwarded-Method: GET")
                            .status())
                    .isEqualTo(401);
        }

        @ParameterizedTest
        @ValueSource(strings = {"X-Original-URI: /health", "X-Original-Method: GET"})
        void twoOriginalsAreNotOne(String second) throws IOException {
            start(Gateway.NGINX, HERE);
            assertThat(ask(Gateway.NGINX, "GET", "/health", second).status()).isEqualTo(403);
        }

        @ParameterizedTest
        @EnumSource(names = {"NGINX", "TRAEFIK"})
        void withoutAnOriginalNothingPasses(Gateway gateway) throws IOException {
            start(gateway, HERE);
            assertThat(send("GET", "/health", new String[0]).status()).isEqualTo(403);
        }
    }

    /** RFC 9449 §4.3: the proof is for the request that the client has sent, and not for the gateway's question. */
    @ParameterizedTest
    @EnumSource(Gateway.class)
    void takesAProofForTheRequestOfTheClientOnce(Gateway gateway) throws IOException {
        start(gateway, HERE);
        DpopClient holder = DpopClient.create();
        String token =
                issuer.token().scope(ForwardAuth.SCOPE).boundTo(holder.key()).sign();
        String proof = proof(holder, "https://api.example.com/orders/7", token);
        String other = proof(holder, "https://api.example.com/", token);
        assertThat(ask(gateway, "GET", "/orders/7?page=2", "Authorization: DPoP " + token, other)
                        .head())
                .contains("error=\"invalid_dpop_proof\"");
        assertThat(ask(gateway, "GET", "/orders/7?page=2", "Authorization: DPoP " + token, proof)
                        .status())
                .isEqualTo(200);
        assertThat(ask(gateway, "GET", "/orders/7?page=2", "Authorization: DPoP " + token, proof)
                        .status())
                .isEqualTo(401);
    }

    private static String proof(DpopClient holder, String target, String token) {
        return "DPoP: " + holder.proof("GET", target).forToken(token).sign();
    }

    /** RFC 8705 §3, with the certificate in the format of each gateway. */
    @ParameterizedTest
    @EnumSource(Gateway.class)
    void tellsWhoHoldsTheCertificateOfATokenFromWhoDoesNot(Gateway gateway) throws IOException {
        CertificateHeader.Format format = CertificateHeader.Format.valueOf(gateway.name());
        start(
                gateway,
                List.of(HERE),
                TokenGuard.builder()
                        .issuer(TrustedIssuer.builder(issuer.issuer())
                                .audience(ForwardAuth.AUDIENCE)
                                .build())
                        .trustedProxies(HERE)
                        .mutualTls(MutualTls.required().certificateHeader(CertificateHeader.of(format)))
                        .route("/orders/** authenticated")
                        .build());
        String token = "Authorization: Bearer "
                + issuer.token().boundTo(CLIENT.certificate()).sign();
        assertThat(ask(gateway, "GET", "/orders/7", token, handedOn(format, CLIENT))
                        .status())
                .isEqualTo(200);
        assertThat(ask(gateway, "GET", "/orders/7", token, handedOn(format, TestCertificate.selfSigned("client")))
                        .status())
                .isEqualTo(401);
        assertThat(ask(gateway, "GET", "/orders/7", token).status()).isEqualTo(401);
    }

    private static String handedOn(CertificateHeader.Format format, TestCertificate certificate) {
        String escaped = URLEncoder.encode(certificate.pem(), UTF_8).replace("+", "%20");
        String bare = String.join(
                "",
                certificate.pem().lines().filter(line -> !line.startsWith("-")).toList());
        String value = switch (format) {
            case ENVOY -> "Hash=00;Cert=\"" + escaped + "\"";
            case TRAEFIK -> bare;
            default -> escaped;
        };
        return format.usualName() + ": " + value;
    }
}
