package io.tokenguard.internal.possession;

import static io.tokenguard.internal.Attempt.reasonOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AddressRange;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.possession.CertificateField.Format;
import io.tokenguard.internal.request.TargetUriPolicy;
import io.tokenguard.testkit.TestCertificate;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCertificatePolicyTest {
    /** After decoding they are the same. */
    private static final Set<Format> PEMS = EnumSet.of(Format.NGINX, Format.ALB);

    /** They differ by an escape, which a certificate does not always need. */
    private static final Set<Format> UNDELIMITED = EnumSet.of(Format.HAPROXY, Format.TRAEFIK);

    private static final String PROXY = "10.0.0.7";
    private static final TestCertificate CLIENT = TestCertificate.selfSigned("client");
    private static final TestCertificate OTHER = TestCertificate.selfSigned("client");

    private static ClientCertificatePolicy reading(CertificateField header) {
        var targets = new TargetUriPolicy(Optional.empty(), List.of(), List.of(AddressRange.parse("10.0.0.0/8")));
        return new ClientCertificatePolicy(Optional.of(header), targets);
    }

    private static IncomingRequest request(String name, String... values) {
        IncomingRequest.Builder request =
                IncomingRequest.builder("GET", "/").overTls().clientAddress(PROXY);
        for (String value : values) {
            request.header(name, value);
        }
        return request.build();
    }

    private static byte[] read(Format format, String value) throws RefusedException {
        CertificateField header = new CertificateField(format, "Client-Cert");
        return reading(header).of(request(header.name(), value)).orElseThrow();
    }

    private static RefusalReason refusal(Format format, String... values) {
        CertificateField header = new CertificateField(format, "Client-Cert");
        return reasonOf(() -> reading(header).of(request(header.name(), values)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** What each proxy writes for a certificate. */
    private static String written(Format format, TestCertificate certificate) {
        return switch (format) {
            case RFC9440 -> ":" + base64(certificate.der()) + ":";
            case ENVOY ->
                "Hash=468ed33be74eee6556d90c0149c1309e9ba61d6425303443c0748a02dd8de688;Cert=\""
                        + escaped(certificate.pem()) + "\";Subject=\"/C=US, ST=CA/CN=a\\\"b;c\";URI=http://a.example";
            case NGINX -> escaped(certificate.pem());
            case HAPROXY -> base64(certificate.der());
            case ALB -> certificate.pem().replace(" ", "%20").replace("\n", "%0A");
            case TRAEFIK -> URLEncoder.encode(base64(certificate.der()), UTF_8);
        };
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    @Nested
    class OfTheConnection {
        private final ClientCertificatePolicy policy = new ClientCertificatePolicy(
                Optional.empty(), new TargetUriPolicy(Optional.empty(), List.of(), List.of()));

        @Test
        void isTheFirstOfTheChain() throws RefusedException {
            var request = IncomingRequest.builder("GET", "/")
                    .clientCertificates(List.of(CLIENT.certificate(), OTHER.certificate()))
                    .build();
            assertThat(policy.of(request)).contains(CLIENT.der());
        }

        @Test
        void isNoneWhereNoneWasShown() throws RefusedException {
            assertThat(policy.of(IncomingRequest.builder("GET", "/").build())).isEmpty();
        }
    }

    @Nested
    class ItsSource {
        private final ClientCertificatePolicy field = reading(new CertificateField(Format.NGINX, "X-Cert"));

        @Test
        void isTheConnectionIfNoFieldIsConfigured() {
            ClientCertificatePolicy policy = new ClientCertificatePolicy(
                    Optional.empty(), new TargetUriPolicy(Optional.empty(), List.of(), List.of()));
            assertThat(policy.source(request("X-Cert"))).isEqualTo("in the TLS connection");
        }

        @Test
        void isTheFieldOfATrustedProxy() {
            assertThat(field.source(request("X-Cert"))).isEqualTo("in the field X-Cert");
        }

        @Test
        void isTheConnectionOfAnybodyElse() {
            IncomingRequest direct = IncomingRequest.builder("GET", "/")
                    .clientAddress("192.0.2.1")
                    .build();
            assertThat(field.source(direct))
                    .isEqualTo("in the TLS connection, because the peer is not a trusted proxy");
        }
    }

    @Nested
    class OfAProxysField {
        @ParameterizedTest
        @EnumSource(Format.class)
        void isReadInTheConfiguredFormat(Format format) throws RefusedException {
            assertThat(read(format, written(format, CLIENT))).isEqualTo(CLIENT.der());
        }

        @ParameterizedTest
        @EnumSource(Format.class)
        void isReadByTheNameThatIsConfigured(Format format) throws RefusedException {
            var policy = reading(new CertificateField(format, "X-Own-Name"));
            assertThat(policy.of(request("x-own-name", written(format, CLIENT))))
                    .contains(CLIENT.der());
            assertThat(policy.of(request("Client-Cert", written(format, CLIENT))))
                    .isEmpty();
        }

        /** Envoy's has a comma in a value, which is a list in every other format. */
        @ParameterizedTest
        @EnumSource(Format.class)
        void isNoneInAnyOtherFormat(Format format) {
            for (Format other : Format.values()) {
                if (!(format == other
                        || PEMS.containsAll(List.of(format, other))
                        || UNDELIMITED.containsAll(List.of(format, other)))) {
                    assertThat(refusal(format, written(other, CLIENT)))
                            .as("%s where %s is configured", other, format)
                            .isEqualTo(
                                    other == Format.ENVOY
                                            ? RefusalReason.BINDING_AMBIGUOUS
                                            : RefusalReason.BINDING_MISMATCH);
                }
            }
        }

        @ParameterizedTest
        @EnumSource(Format.class)
        void isAmbiguousInTwoLines(Format format) {
            String value = written(format, CLIENT);
            assertThat(refusal(format, value, value)).isEqualTo(RefusalReason.BINDING_AMBIGUOUS);
            assertThat(refusal(format, value, written(format, OTHER))).isEqualTo(RefusalReason.BINDING_AMBIGUOUS);
        }

        @ParameterizedTest
        @EnumSource(Format.class)
        void isAmbiguousInAList(Format format) {
            assertThat(refusal(format, written(format, CLIENT) + "," + written(format, OTHER)))
                    .isEqualTo(RefusalReason.BINDING_AMBIGUOUS);
        }

        @ParameterizedTest
        @EnumSource(names = {"NGINX", "ALB"})
        void isAmbiguousInAChain(Format format) {
            assertThat(refusal(format, written(format, CLIENT) + written(format, OTHER)))
                    .isEqualTo(RefusalReason.BINDING_AMBIGUOUS);
        }

        /** The longest field that is read, and one longer: neither holds a certificate. */
        @ParameterizedTest
        @EnumSource(Format.class)
        void isAmbiguousBeyond16KiB(Format format) {
            assertThat(refusal(format, "A".repeat(16_385))).isEqualTo(RefusalReason.BINDING_AMBIGUOUS);
            assertThat(refusal(format, "A".repeat(16_384))).isEqualTo(RefusalReason.BINDING_MISMATCH);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 100})
        void isNoneWithBytesBehindTheDer(int more) {
            byte[] longer = Arrays.copyOf(CLIENT.der(), CLIENT.der().length + more);
            assertThat(refusal(Format.HAPROXY, base64(longer))).isEqualTo(RefusalReason.BINDING_MISMATCH);
        }

        @Test
        void isNoneWithoutItsLastByte() {
            byte[] shorter = Arrays.copyOf(CLIENT.der(), CLIENT.der().length - 1);
            assertThat(refusal(Format.HAPROXY, base64(shorter))).isEqualTo(RefusalReason.BINDING_MISMATCH);
        }

        /** X.690 §10.1: only the shortest form of a length. */
        @ParameterizedTest
        @ValueSource(
                strings = {"3081024142", "308200024142", "30800000", "3083000002", "30", "3002", "0402", "02024142"})
        void isNoneWithoutTheHeadOfASequenceInDer(String hex) {
            byte[] der = HexFormat.of().parseHex(hex);
            assertThat(refusal(Format.HAPROXY, base64(der))).isEqualTo(RefusalReason.BINDING_MISMATCH);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "\t"})
        void isMissingWhereTheFieldIsEmpty(String value) throws RefusedException {
            CertificateField header = new CertificateField(Format.NGINX, "Client-Cert");
            assertThat(reading(header).of(request(header.name(), value))).isEmpty();
        }

        /** The proxy's own certificate is not the client's. */
        @Test
        void isMissingWhereOnlyTheProxyShowsACertificate() throws RefusedException {
            var request = IncomingRequest.builder("GET", "/")
                    .clientAddress(PROXY)
                    .clientCertificates(List.of(CLIENT.certificate()))
                    .build();
            assertThat(reading(new CertificateField(Format.RFC9440, "Client-Cert"))
                            .of(request))
                    .isEmpty();
        }

        @Test
        void isNotLookedAtFromAnybodyElse() throws RefusedException {
            var request = IncomingRequest.builder("GET", "/")
                    .clientAddress("192.0.2.1")
                    .header("Client-Cert", written(Format.RFC9440, OTHER));
            ClientCertificatePolicy policy = reading(new CertificateField(Format.RFC9440, "Client-Cert"));
            assertThat(policy.of(request.build())).isEmpty();
            assertThat(policy.of(request.clientCertificates(List.of(CLIENT.certificate()))
                            .build()))
                    .contains(CLIENT.der());
        }
    }

    /** RFC 9440, and the byte sequences of RFC 8941 in which it writes certificates. */
    @Nested
    class Rfc9440 {
        /** The client certificate of the appendix. */
        private static final String EXAMPLE = "MIIBqDCCAU6gAwIBAgIBBzAKBggqhkjOPQQDAjA6MRswGQYDVQQKDBJMZXQncyBB"
                + "dXRoZW50aWNhdGUxGzAZBgNVBAMMEkxBIEludGVybWVkaWF0ZSBDQTAeFw0yMDAx"
                + "MTQyMjU1MzNaFw0yMTAxMjMyMjU1MzNaMA0xCzAJBgNVBAMMAkJDMFkwEwYHKoZI"
                + "zj0CAQYIKoZIzj0DAQcDQgAE8YnXXfaUgmnMtOXU/IncWalRhebrXmckC8vdgJ1p"
                + "5Be5F/3YC8OthxM4+k1M6aEAEFcGzkJiNy6J84y7uzo9M6NyMHAwCQYDVR0TBAIw"
                + "ADAfBgNVHSMEGDAWgBRm3WjLa38lbEYCuiCPct0ZaSED2DAOBgNVHQ8BAf8EBAMC"
                + "BsAwEwYDVR0lBAwwCgYIKwYBBQUHAwIwHQYDVR0RAQH/BBMwEYEPYmRjQGV4YW1w"
                + "bGUuY29tMAoGCCqGSM49BAMCA0gAMEUCIBHda/r1vaL6G3VliL4/Di6YK0Q6bMje"
                + "SkC3dFCOOB8TAiEAx/kHSB4urmiZ0NX5r5XarmPk0wmuydBVoU4hBVZ1yhk=";

        @Test
        void section21TheExampleOfTheAppendixIsReadAsItsDer() throws RefusedException {
            assertThat(base64(read(Format.RFC9440, ":" + EXAMPLE + ":"))).isEqualTo(EXAMPLE);
        }

        /** RFC 8941 §4.2.7: padding may be left out. */
        @Test
        void section21PaddingMayBeMissing() throws RefusedException {
            assertThat(base64(read(Format.RFC9440, ":" + EXAMPLE.replace("=", "") + ":")))
                    .isEqualTo(EXAMPLE);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"%s", ":%s", "%s:", "\"%s\"", ":%s:;a=1", ":%s: x", ": %s:", ":%s=:", ":-%s:", "::", ":"})
        void section21AnythingElseIsNone(String form) {
            assertThat(refusal(Format.RFC9440, form.formatted(EXAMPLE))).isEqualTo(RefusalReason.BINDING_MISMATCH);
        }

        @Test
        void section22ItIsASingleton() {
            String value = ":" + EXAMPLE + ":";
            assertThat(refusal(Format.RFC9440, value, value)).isEqualTo(RefusalReason.BINDING_AMBIGUOUS);
            assertThat(refusal(Format.RFC9440, value + ", " + value)).isEqualTo(RefusalReason.BINDING_AMBIGUOUS);
        }

        /** The chain is of no use here: a token is bound to the client's own certificate. */
        @Test
        void section23TheChainIsNotLookedAt() throws RefusedException {
            var request = IncomingRequest.builder("GET", "/")
                    .clientAddress(PROXY)
                    .header("Client-Cert-Chain", ":" + EXAMPLE + ":")
                    .build();
            assertThat(reading(new CertificateField(Format.RFC9440, "Client-Cert"))
                            .of(request))
                    .isEmpty();
        }

        @Test
        void section4OnlyTrustedProxiesAreBelieved() throws RefusedException {
            var request = IncomingRequest.builder("GET", "/")
                    .clientAddress("192.0.2.1")
                    .header("Client-Cert", ":" + EXAMPLE + ":")
                    .build();
            assertThat(reading(new CertificateField(Format.RFC9440, "Client-Cert"))
                            .of(request))
                    .isEmpty();
        }
    }

    /** As the documentation of each proxy says. */
    @Nested
    class Formats {
        /** The examples of Envoy's documentation, which has none with a certificate: hashes do not do. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "By=http://frontend.lyft.com;Hash=468ed33be74eee6556d90c0149c1309e9ba61d6425303443c0748a02dd8de688;"
                            + "Subject=\"/C=US/ST=CA/L=San Francisco/OU=Lyft/CN=Test Client\";URI=http://testclient.lyft.com",
                    "Hash=468ed33be74eee6556d90c0149c1309e9ba61d6425303443c0748a02dd8de688",
                    "Cert=",
                    "Cert=\"\"",
                    "Cert=\"",
                    "Subject=\"a;Cert=x\"",
                    "Subject=\"a\\\"",
                    ";;;",
                    "="
                })
        void envoysFieldWithoutACertificateIsNone(String value) {
            assertThat(refusal(Format.ENVOY, value)).isEqualTo(RefusalReason.BINDING_MISMATCH);
        }

        @Test
        void envoysExampleWithTwoElementsIsAmbiguous() {
            assertThat(refusal(
                            Format.ENVOY,
                            "By=http://frontend.lyft.com;Hash=468ed33be74eee6556d90c0149c1309e9ba61d6425303443c0748a02dd8de688;"
                                    + "URI=http://testclient.lyft.com,By=http://backend.lyft.com;"
                                    + "Hash=9ba61d6425303443c0748a02dd8de688468ed33be74eee6556d90c0149c1309e;"
                                    + "URI=http://frontend.lyft.com"))
                    .isEqualTo(RefusalReason.BINDING_AMBIGUOUS);
        }

        @Test
        void envoysFieldWithTwoCertificatesIsAmbiguous() {
            String pair = "Cert=\"" + escaped(CLIENT.pem()) + "\"";
            assertThat(refusal(Format.ENVOY, pair + ";" + pair)).isEqualTo(RefusalReason.BINDING_AMBIGUOUS);
        }

        @Test
        void envoysKeysIgnoreCaseAndQuotesMayBeMissing() throws RefusedException {
            assertThat(read(Format.ENVOY, "cert=" + escaped(CLIENT.pem()))).isEqualTo(CLIENT.der());
        }

        @ParameterizedTest
        @EnumSource(names = {"NGINX", "ALB"})
        void aPemWithSpacesForItsLineEndsIsNone(Format format) {
            assertThat(refusal(format, CLIENT.pem().replace("\n", " ").strip()))
                    .isEqualTo(RefusalReason.BINDING_MISMATCH);
        }

        @ParameterizedTest
        @ValueSource(strings = {"%", "%4", "%zz", "%+1", "\u00e9", "%C3%A9", "-----BEGIN%20CERTIFICATE-----"})
        void whatIsNotPercentEncodedAsciiIsNone(String value) {
            assertThat(refusal(Format.NGINX, value)).isEqualTo(RefusalReason.BINDING_MISMATCH);
        }

        @Test
        void aPemWhoseDelimitersShareTheirDashesIsNone() {
            assertThat(refusal(Format.NGINX, escaped("-----BEGIN CERTIFICATE-----END CERTIFICATE-----")))
                    .isEqualTo(RefusalReason.BINDING_MISMATCH);
        }

        @Test
        void aPemWithMoreBehindItIsNone() {
            assertThat(refusal(Format.NGINX, escaped(CLIENT.pem() + "x"))).isEqualTo(RefusalReason.BINDING_MISMATCH);
        }

        @Test
        void aPemMayHaveLineEndsOfTwoCharacters() throws RefusedException {
            assertThat(read(Format.NGINX, escaped(CLIENT.pem().replace("\n", "\r\n"))))
                    .isEqualTo(CLIENT.der());
        }

        /** Its version 3 writes the base64 as it is, earlier ones escape it. */
        @Test
        void traefiksBase64MayStandUnescaped() throws RefusedException {
            assertThat(read(Format.TRAEFIK, base64(CLIENT.der()))).isEqualTo(CLIENT.der());
        }
    }
}
