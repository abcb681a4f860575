package io.tokenguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestCertificate;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code doctor} finds between this machine and an issuer. */
class DoctorNetworkTest {
    private static final URI ELSEWHERE = URI.create("https://login.example.net/keys");

    private final Sample sample;

    DoctorNetworkTest(@TempDir Path folder) {
        sample = new Sample(folder);
    }

    private CliResult doctor(String issuer, String... more) {
        List<String> lines = Stream.concat(
                        Stream.of(
                                "tokenguard.issuer-uri=" + issuer,
                                "tokenguard.audiences=https://api.example.com",
                                "tokenguard.routes.read=GET /orders/** scope orders:read"),
                        Arrays.stream(more))
                .toList();
        Path config = sample.write("network.properties", String.join("\n", lines));
        return CliCall.run("", "doctor", "--config", config.toString());
    }

    @Test
    void namesACertificateThatHasExpired() throws IOException {
        TestCertificate authority = TestCertificate.selfSigned("Test Authority");
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(authority
                .issue("localhost", Instant.parse("2026-01-31T12:00:00Z"))
                .sslContext()));
        server.start();
        try {
            Path trusted = sample.write("authority.pem", authority.pem());
            CliResult result =
                    doctor("https://localhost:" + server.getAddress().getPort(), "tokenguard.jwks.ca-file=" + trusted);
            assertThat(result.out())
                    .contains("tokenguard.issuer-uri: the certificate of CN=localhost expired at 2026-01-31T12:00:00Z")
                    .contains("remedy: renew the certificate of the issuer's server; check this machine's clock");
            assertThat(result.exit()).isEqualTo(2);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void namesAProxyThatCanNotBeReached() {
        CliResult result = doctor("https://login.example.net", "tokenguard.jwks.proxy=127.0.0.1:1");
        assertThat(result.out())
                .contains("tokenguard.jwks.proxy: refused at port 1 of the proxy")
                .contains("if the issuer can be reached without a proxy, set tokenguard.jwks.proxy=none");
        assertThat(result.exit()).isEqualTo(2);
    }

    @Test
    void namesAProxyThatWantsAPassword() {
        try (FixedAnswerServer proxy = FixedAnswerServer.start()) {
            proxy.answer(
                    List.of("HTTP/1.1 407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=x"), "");
            CliResult result = doctor("https://login.example.net", "tokenguard.jwks.proxy=" + proxy.authority());
            assertThat(result.out())
                    .contains("the proxy answers 407 and does not connect to login.example.net:443")
                    .contains("the proxy requires a user and a password, which TokenGuard does not send");
        }
    }

    @Test
    void namesAnotherHostThatMetadataAndKeysRedirectTo() {
        try (TestIssuer issuer = TestIssuer.start()) {
            issuer.on(TestEndpoint.OIDC_DISCOVERY).answer(Fault.redirectTo(ELSEWHERE));
            issuer.on(TestEndpoint.JWKS).answer(Fault.redirectTo(ELSEWHERE));
            assertThat(doctor(issuer.issuer()).out())
                    .contains("/.well-known/openid-configuration redirects to " + ELSEWHERE)
                    .contains("set tokenguard.metadata-uri to the final address, if you trust that host");
            CliResult keys = doctor(issuer.issuer(), "tokenguard.jwks-uri=" + issuer.jwksUri());
            assertThat(keys.out())
                    .contains("tokenguard.jwks-uri: it redirects to " + ELSEWHERE)
                    .contains("set tokenguard.jwks-uri to the final address, if you trust that host");
            assertThat(keys.exit()).isEqualTo(2);
        }
    }

    @Test
    void followsARedirectWithinTheHostAsTheGuardDoes() {
        try (TestIssuer issuer = TestIssuer.start()) {
            issuer.on(TestEndpoint.OIDC_DISCOVERY)
                    .answer(Fault.redirectTo(URI.create(issuer.issuer() + "/.well-known/oauth-authorization-server")));
            CliResult result = doctor(issuer.issuer());
            assertThat(result.out()).contains("issuer as expected").doesNotContain("no metadata");
            assertThat(result.exit()).isZero();
        }
    }

    @Test
    void comparesTheClockWithThatOfTheIssuer() {
        try (FixedAnswerServer issuer = FixedAnswerServer.start()) {
            String address = "http://" + issuer.authority();
            issuer.answer(
                    List.of("HTTP/1.1 200 OK", "Content-Type: application/json", "Date: Sat, 31 Jan 2026 12:00:00 GMT"),
                    "{\"issuer\":\"" + address + "\",\"jwks_uri\":\"" + address + "/keys\"}");
            assertThat(doctor(address).out())
                    .containsPattern("tokenguard.clock-skew: the issuer's clock is [0-9]+ s behind this machine's")
                    .contains("remedy: synchronize the clocks by NTP");
        }
    }

    /** The test's class path has Bouncy Castle; the jar has not. */
    @Test
    void saysWhatNeedsBouncyCastle() {
        try (TestIssuer issuer = TestIssuer.start()) {
            Path config = sample.write("algorithms.properties", """
                    tokenguard.issuer-uri=%s
                    tokenguard.audiences=https://api.example.com
                    tokenguard.routes.read=GET /orders/** scope orders:read
                    tokenguard.algorithms=ES256K
                    """.formatted(issuer.issuer()));
            CliResult without = CliProcess.run("", "doctor", "--config", config.toString());
            assertThat(without.out())
                    .contains(
                            "! provider    tokenguard.algorithms: ES256K is verified by Bouncy Castle only, which is not on")
                    .contains("i guard       not checked: this command lacks an algorithm of this issuer")
                    .contains("none of its 2 keys is usable with the algorithms [ES256K]");
            assertThat(without.exit()).isEqualTo(2);
            CliResult with = CliCall.run("", "doctor", "--config", config.toString());
            assertThat(with.out())
                    .contains("i provider    tokenguard.algorithms: ES256K is verified here by Bouncy Castle")
                    .contains("a guard with this configuration uses none of the issuer's keys")
                    .contains("algorithm not accepted [RS256");
        }
    }

    @Test
    void saysWhatANativeProviderGains() {
        try (TestIssuer issuer = TestIssuer.start()) {
            assertThat(doctor(issuer.issuer()).out())
                    .contains(
                            "as many new tokens: 1.9 with RS256, 1.9 with PS256, 17 with ES256, 10 to 15 with EdDSA;");
            assertThat(doctor(issuer.issuer(), "tokenguard.algorithms=ES384").out())
                    .doesNotContain("as many new tokens");
        }
    }

    @Test
    void saysThatAProviderIsUnknownHere() {
        try (TestIssuer issuer = TestIssuer.start()) {
            CliResult result = doctor(issuer.issuer(), "tokenguard.crypto-provider=Sample");
            assertThat(result.out())
                    .contains(
                            "tokenguard.crypto-provider: there is no provider Sample on the class path of this command")
                    .contains("a guard with this configuration has loaded the keys");
            assertThat(result.exit()).isEqualTo(1);
        }
    }
}
