package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.config.MutualTls;
import io.tokenguard.config.MutualTls.CertificateHeader;
import io.tokenguard.testkit.TestCertificate;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** RFC 8705 §3 behind a proxy that ends TLS, with servlets and without. */
@OnEveryRuntime
class MutualTlsTest {
    private static final TestCertificate CLIENT = TestCertificate.selfSigned("client");
    private static final TestCertificate OTHER = TestCertificate.selfSigned("client");
    private static final String PROXY = "192.0.2.1";

    @Parameter
    RestRuntime runtime;

    private RestSite site(String peer) throws Exception {
        CertificateHeader field = CertificateHeader.of(CertificateHeader.Format.RFC9440);
        return new RestApplication(MethodShapes.Scoped.class)
                .guardedBy(guard -> guard.allowInsecureHttp()
                        .trustedProxies(PROXY)
                        .mutualTls(MutualTls.required().certificateHeader(field)))
                .set(feature -> feature.clientAddress(any -> peer))
                .on(runtime);
    }

    private static String bound(RestSite site) {
        return "Authorization: Bearer "
                + site.issuer().token().scope("a").boundTo(CLIENT.certificate()).sign();
    }

    private static String clientCert(TestCertificate certificate) {
        return "Client-Cert: :" + Base64.getEncoder().encodeToString(certificate.der()) + ":";
    }

    @Test
    void servesWhoeverHoldsTheCertificateOfTheToken() throws Exception {
        try (RestSite site = site(PROXY)) {
            assertThat(site.get("/scoped/plain", bound(site), clientCert(CLIENT))
                            .body())
                    .isEqualTo("reached");
        }
    }

    @Test
    void refusesWhoeverDoesNot() throws Exception {
        try (RestSite site = site(PROXY)) {
            assertThat(site.get("/scoped/plain", bound(site)).status()).isEqualTo(401);
            assertThat(site.get("/scoped/plain", bound(site), clientCert(OTHER)).status())
                    .isEqualTo(401);
            assertThat(site.get("/scoped/plain", bound(site), clientCert(CLIENT), clientCert(CLIENT))
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void believesNobodyElse() throws Exception {
        try (RestSite site = site("192.0.2.2")) {
            assertThat(site.get("/scoped/plain", bound(site), clientCert(CLIENT))
                            .status())
                    .isEqualTo(401);
        }
    }
}
