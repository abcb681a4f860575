package io.tokenguard.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.config.MutualTls;
import io.tokenguard.config.MutualTls.CertificateHeader;
import io.tokenguard.testkit.TestCertificate;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks on certificate-bound tokens (RFC 8705) through the filter over a socket, and over TLS where they use the connection. */
class MutualTlsFilterTest {
    private static final TestCertificate CLIENT = TlsSite.AUTHORITY.issue("client");
    private static final TestCertificate OTHER = TlsSite.AUTHORITY.issue("client");
    private static final CertificateHeader FIELD = CertificateHeader.of(CertificateHeader.Format.RFC9440);

    /** Clients reach it themselves: its proxies are elsewhere. */
    private static TlsSite direct;

    /** Whoever asks is a proxy that ends TLS and writes {@code Client-Cert}. */
    private static TlsSite proxied;

    @BeforeAll
    static void start() throws Exception {
        MutualTls settings = MutualTls.supported().certificateHeader(FIELD);
        direct = TlsSite.start(guard -> guard.trustedProxies("10.0.0.0/8").mutualTls(settings));
        proxied = TlsSite.start(guard -> guard.trustedProxies("127.0.0.1").mutualTls(settings));
    }

    @AfterAll
    static void stop() {
        direct.close();
        proxied.close();
    }

    private static String boundAt(TlsSite site, TestCertificate certificate) {
        return site.issuer().token().boundTo(certificate.certificate()).sign();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String clientCert(byte[] der) {
        return "Client-Cert: :" + base64(der) + ":";
    }

    private static String clientCert(TestCertificate certificate) {
        return clientCert(certificate.der());
    }

    private static void assertRefused(TlsSite site, Answer answer, RefusalReason reason) {
        assertThat(answer.status()).isEqualTo(reason.status());
        assertThat(answer.header("WWW-Authenticate").get(0))
                .startsWith("Bearer ")
                .contains("error=\"" + reason.error().code() + "\"");
        assertThat(site.lastReason()).isEqualTo(reason.name());
    }

    @Test
    void aBoundTokenGoesWithItsCertificate() throws IOException {
        assertThat(direct.overTls(CLIENT, boundAt(direct, CLIENT)).status()).isEqualTo(200);
        assertThat(proxied.asProxy(boundAt(proxied, CLIENT), clientCert(CLIENT)).status())
                .isEqualTo(200);
    }

    @Test
    void aBoundTokenWithoutACertificateIsRefused() throws IOException {
        assertRefused(direct, direct.overTls(boundAt(direct, CLIENT)), RefusalReason.BINDING_MISSING);
        assertRefused(proxied, proxied.asProxy(boundAt(proxied, CLIENT)), RefusalReason.BINDING_MISSING);
    }

    @Test
    void aBoundTokenWithAnotherCertificateOfTheSameSubjectIsRefused() throws IOException {
        assertRefused(direct, direct.overTls(OTHER, boundAt(direct, CLIENT)), RefusalReason.BINDING_MISMATCH);
        assertRefused(
                proxied, proxied.asProxy(boundAt(proxied, CLIENT), clientCert(OTHER)), RefusalReason.BINDING_MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Client-Cert", "X-SSL-Client-Cert", "X-Forwarded-Client-Cert", "X-Forwarded-Tls-Client-Cert"})
    void aFieldFromAnUntrustedPeerIsIgnored(String name) throws IOException {
        String written = name.equals("Client-Cert")
                ? ":" + base64(CLIENT.der()) + ":"
                : URLEncoder.encode(CLIENT.pem(), UTF_8).replace("+", "%20");
        String token = boundAt(direct, CLIENT);
        assertRefused(direct, direct.overTls(token, name + ": " + written), RefusalReason.BINDING_MISSING);
        assertRefused(direct, direct.asProxy(token, name + ": " + written), RefusalReason.BINDING_MISSING);
    }

    @Test
    void twoFieldsOrAListAreAmbiguous() throws IOException {
        String token = boundAt(proxied, CLIENT);
        for (TestCertificate second : List.of(CLIENT, OTHER)) {
            assertRefused(
                    proxied,
                    proxied.asProxy(token, clientCert(CLIENT), clientCert(second)),
                    RefusalReason.BINDING_AMBIGUOUS);
            assertRefused(
                    proxied,
                    proxied.asProxy(token, clientCert(CLIENT) + ", :" + base64(second.der()) + ":"),
                    RefusalReason.BINDING_AMBIGUOUS);
        }
    }

    @Test
    void twoElementsOfEnvoysFieldAreAmbiguous() throws Exception {
        CertificateHeader field = CertificateHeader.of(CertificateHeader.Format.ENVOY);
        try (TlsSite site = TlsSite.start(guard -> guard.trustedProxies("127.0.0.1")
                .mutualTls(MutualTls.supported().certificateHeader(field)))) {
            String element =
                    "Hash=00;Cert=\"" + URLEncoder.encode(CLIENT.pem(), UTF_8).replace("+", "%20") + "\"";
            String token = boundAt(site, CLIENT);
            assertThat(site.asProxy(token, field.name() + ": " + element).status())
                    .isEqualTo(200);
            assertRefused(
                    site,
                    site.asProxy(token, field.name() + ": " + element + ",By=http://a.example;Hash=01"),
                    RefusalReason.BINDING_AMBIGUOUS);
        }
    }

    @Test
    void theConnectionWinsOverAFieldFromAnUntrustedPeer() throws IOException {
        assertThat(direct.overTls(CLIENT, boundAt(direct, CLIENT), clientCert(OTHER))
                        .status())
                .isEqualTo(200);
        assertRefused(
                direct,
                direct.overTls(CLIENT, boundAt(direct, OTHER), clientCert(OTHER)),
                RefusalReason.BINDING_MISMATCH);
    }

    /** The connection is the proxy's own. */
    @Test
    void theFieldOfATrustedProxyWinsOverItsConnection() throws IOException {
        TestCertificate proxy = OTHER;
        assertThat(proxied.overTls(proxy, boundAt(proxied, CLIENT), clientCert(CLIENT))
                        .status())
                .isEqualTo(200);
        assertRefused(
                proxied,
                proxied.overTls(proxy, boundAt(proxied, proxy), clientCert(CLIENT)),
                RefusalReason.BINDING_MISMATCH);
        assertRefused(proxied, proxied.overTls(proxy, boundAt(proxied, proxy)), RefusalReason.BINDING_MISSING);
    }

    @ParameterizedTest
    @EnumSource(CertificateHeader.Format.class)
    void aCertificateIsReadInTheConfiguredFormatOnly(CertificateHeader.Format format) throws Exception {
        String escaped = URLEncoder.encode(CLIENT.pem(), UTF_8).replace("+", "%20");
        Map<CertificateHeader.Format, String> written = Map.of(
                CertificateHeader.Format.RFC9440,
                ":" + base64(CLIENT.der()) + ":",
                CertificateHeader.Format.ENVOY,
                "Cert=\"" + escaped + "\"",
                CertificateHeader.Format.NGINX,
                escaped,
                CertificateHeader.Format.HAPROXY,
                base64(CLIENT.der()),
                CertificateHeader.Format.ALB,
                CLIENT.pem().replace(" ", "%20").replace("\n", "%0A"),
                CertificateHeader.Format.TRAEFIK,
                base64(CLIENT.der()));
        List<String> never =
                List.of("Hash=" + "0".repeat(64), CLIENT.pem().replace("\n", " "), CLIENT.thumbprint(), "x");
        CertificateHeader field = new CertificateHeader(format, "X-Handed-On");
        try (TlsSite site = TlsSite.start(guard -> guard.trustedProxies("127.0.0.1")
                .mutualTls(MutualTls.supported().certificateHeader(field)))) {
            String token = boundAt(site, CLIENT);
            assertThat(site.asProxy(token, "X-Handed-On: " + written.get(format))
                            .status())
                    .isEqualTo(200);
            for (String value : never) {
                assertRefused(site, site.asProxy(token, "X-Handed-On: " + value), RefusalReason.BINDING_MISMATCH);
            }
        }
    }

    @Test
    void onlyTheFirstCertificateOfTheChainCounts() throws IOException {
        assertThat(CLIENT.chain()).hasSize(2);
        assertThat(direct.overTls(CLIENT, boundAt(direct, CLIENT)).status()).isEqualTo(200);
        assertRefused(
                direct, direct.overTls(CLIENT, boundAt(direct, TlsSite.AUTHORITY)), RefusalReason.BINDING_MISMATCH);
    }

    @Test
    void bytesBehindTheCertificateAreRefused() throws IOException {
        byte[] der = CLIENT.der();
        assertRefused(
                proxied,
                proxied.asProxy(boundAt(proxied, CLIENT), clientCert(Arrays.copyOf(der, der.length + 1))),
                RefusalReason.BINDING_MISMATCH);
    }

    @Test
    void otherSpellingsOfTheThumbprintAreRefused() throws IOException {
        byte[] hash = Base64.getUrlDecoder().decode(CLIENT.thumbprint());
        for (Map<String, Object> confirmation : List.<Map<String, Object>>of(
                Map.of("x5t", CLIENT.thumbprint().substring(0, 27)),
                Map.of("x5t#S256", HexFormat.of().formatHex(hash)),
                Map.of("x5t#S256", CLIENT.thumbprint() + "="))) {
            String token = direct.issuer().token().claim("cnf", confirmation).sign();
            assertRefused(direct, direct.overTls(CLIENT, token), RefusalReason.BINDING_UNSUPPORTED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16_385, 1_048_576})
    void aHugeFieldIsRefused(int length) throws IOException {
        assertRefused(
                proxied,
                proxied.asProxy(boundAt(proxied, CLIENT), "Client-Cert: :" + "A".repeat(length - 2) + ":"),
                RefusalReason.BINDING_AMBIGUOUS);
    }
}
