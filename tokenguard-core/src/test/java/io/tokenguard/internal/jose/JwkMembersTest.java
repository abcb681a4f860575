package io.tokenguard.internal.jose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestJson;
import io.tokenguard.testkit.TestKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The members of a key: RFC 7518 §6, RFC 8037 §2, RFC 7517 §4.7. */
class JwkMembersTest {
    private static final TestKey EC = TestKey.generate(TestAlgorithm.ES256, "k");
    private static final TestKey RSA = TestKey.generate(TestAlgorithm.RS256, "k");
    private static final TestKey EDWARDS = TestKey.generate(TestAlgorithm.EDDSA, "k");

    private static PublishedKey read(Map<String, Object> jwk) throws MalformedException {
        return JwkReader.readSet(TestJson.write(Map.of("keys", List.of(jwk))).getBytes(UTF_8), 100)
                .get(0);
    }

    private static Map<String, Object> with(TestKey key, String member, Object value) {
        Map<String, Object> jwk = key.publicJwkMembers();
        jwk.put(member, value);
        return jwk;
    }

    private static void assertMalformed(Map<String, Object> jwk) throws MalformedException {
        PublishedKey key = read(jwk);
        assertThat(key.isRefused()).isTrue();
        assertThat(key.flaw()).contains("missing or malformed");
        assertThat(key.keyId()).isEqualTo("k");
    }

    private static String encode(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    /** The octets of a member with some more in front, or without some. */
    private static String resized(TestKey key, String member, int more) {
        byte[] octets = Base64.getUrlDecoder()
                .decode(String.valueOf(key.publicJwkMembers().get(member)));
        byte[] resized = new byte[octets.length + more];
        int kept = Math.min(octets.length, resized.length);
        System.arraycopy(octets, octets.length - kept, resized, resized.length - kept, kept);
        return encode(resized);
    }

    @Nested
    class Rfc7518Section62 {
        @ParameterizedTest
        @CsvSource({"ES256", "ES384", "ES512"})
        void readsThePointOfEachCurve(TestAlgorithm algorithm) throws MalformedException {
            TestKey key = TestKey.generate(algorithm, "k");
            assertThat(read(key.publicJwkMembers()).uses().values())
                    .singleElement()
                    .satisfies(use -> assertThat(use.publicKey()).isEqualTo(key.publicKey()));
        }

        @ParameterizedTest
        @ValueSource(strings = {"crv", "x", "y"})
        void asksForEachMemberAsText(String member) throws MalformedException {
            Map<String, Object> without = EC.publicJwkMembers();
            without.remove(member);
            assertMalformed(without);
            assertMalformed(with(EC, member, 1));
            assertMalformed(with(EC, member, null));
            assertMalformed(with(EC, member, ""));
        }

        @ParameterizedTest
        @ValueSource(strings = {"P-384", "P-521", "Ed25519"})
        void asksForTheCurveOfThePoint(String curve) throws MalformedException {
            assertMalformed(with(EC, "crv", curve));
        }

        @ParameterizedTest
        @ValueSource(strings = {"p-256", "P-512", "BP-256", "X25519"})
        void doesNotUseOtherCurves(String curve) throws MalformedException {
            assertThat(read(with(EC, "crv", curve)).flaw()).isEqualTo("curve is not used here");
        }

        @Test
        void refusesAPointOfAnotherCurveOnSecp256k1() throws MalformedException {
            assertThat(read(with(EC, "crv", "secp256k1")).flaw()).isEqualTo("EC point is not on its curve");
        }

        @ParameterizedTest
        @ValueSource(strings = {"x", "y"})
        void asksForTheFullLengthOfACoordinate(String member) throws MalformedException {
            assertMalformed(with(EC, member, resized(EC, member, 1)));
            assertMalformed(with(EC, member, resized(EC, member, -1)));
        }

        @Test
        void asksForStrictBase64Url() throws MalformedException {
            assertMalformed(with(EC, "x", EC.publicJwkMembers().get("x") + "="));
            assertMalformed(with(EC, "y", "*".repeat(43)));
        }

        @Test
        void refusesAPointOffTheCurveByTheRulesForKeys() throws MalformedException {
            PublishedKey key = read(with(EC, "y", encode(new byte[32])));
            assertThat(key.isRefused()).isTrue();
            assertThat(key.uses()).isEmpty();
        }
    }

    @Nested
    class Rfc7518Section63 {
        @Test
        void readsModulusAndExponent() throws MalformedException {
            assertThat(read(RSA.publicJwkMembers())
                            .uses()
                            .get(SignatureAlgorithm.RS256)
                            .publicKey())
                    .isEqualTo(RSA.publicKey());
        }

        @ParameterizedTest
        @ValueSource(strings = {"n", "e"})
        void asksForEachMemberAsStrictBase64Url(String member) throws MalformedException {
            Map<String, Object> without = RSA.publicJwkMembers();
            without.remove(member);
            assertMalformed(without);
            assertMalformed(with(RSA, member, 65_537));
            assertMalformed(with(RSA, member, ""));
            assertMalformed(with(RSA, member, "AQAB="));
            assertMalformed(with(RSA, member, "AQ AB"));
        }

        @Test
        void refusesAWeakKeyByTheRulesForKeys() throws MalformedException {
            TestKey weak = TestKey.rsa(1_024, TestAlgorithm.RS256, "k");
            assertThat(read(weak.publicJwkMembers()).flaw()).contains("2048");
        }
    }

    @Nested
    class Rfc8037Section2 {
        @Test
        void readsThePoint() throws MalformedException {
            assertThat(read(EDWARDS.publicJwkMembers())
                            .uses()
                            .get(SignatureAlgorithm.ED25519)
                            .publicKey())
                    .isEqualTo(EDWARDS.publicKey());
        }

        @ParameterizedTest
        @ValueSource(strings = {"Ed448", "P-256", ""})
        void asksForItsCurve(String curve) throws MalformedException {
            assertMalformed(with(EDWARDS, "crv", curve));
        }

        @ParameterizedTest
        @ValueSource(strings = {"X25519", "ed25519"})
        void doesNotUseOtherCurves(String curve) throws MalformedException {
            assertThat(read(with(EDWARDS, "crv", curve)).flaw()).isEqualTo("curve is not used here");
        }

        @Test
        void asksForTheFullLengthOfThePoint() throws MalformedException {
            assertMalformed(with(EDWARDS, "x", resized(EDWARDS, "x", 1)));
            assertMalformed(with(EDWARDS, "x", resized(EDWARDS, "x", -1)));
            assertMalformed(with(EDWARDS, "x", "AQ"));
        }

        @Test
        void refusesAPointOfSmallOrderByTheRulesForKeys() throws MalformedException {
            assertThat(read(with(EDWARDS, "x", encode(new byte[32]))).flaw()).contains("small order");
        }
    }

    @Nested
    class Rfc7517Section47 {
        private static final String X = "7x2moTODAhNum9E3dghflINc41e2zYPTQIe3I7j5ezo";
        private static final String Y = "cZJc3rjlVTf5jgfFS2WICCzTVVMfgQv2iVHcJekUS_4";
        private static final String CERTIFICATE = "MIIBiTCCAS+gAwIBAgIUEhvBv9T7zdDR8gdUVR/3UJeWKZYwCgYIKoZIzj0EAwIw"
                + "GTEXMBUGA1UEAwwOaXNzdWVyLmV4YW1wbGUwIBcNMjYxMTIyMDA0NDI4WhgPMjEyNjEwMjkwMDQ0MjhaMBkxFzAVBgNVBAMMDmlz"
                + "c3Vlci5leGFtcGxlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE7x2moTODAhNum9E3dghflINc41e2zYPTQIe3I7j5ezpxklze"
                + "uOVVN/mOB8VLZYgILNNVUx+BC/aJUdwl6RRL/qNTMFEwHQYDVR0OBBYEFBxEHuzPRU4cFkzlFUTc+vED18hTMB8GA1UdIwQYMBaA"
                + "FBxEHuzPRU4cFkzlFUTc+vED18hTMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgALdk4Px+9hboZ1jNo26AqXOx"
                + "TkCNIR8451rZYmzzNhcCIQDeYl5LjmrYWjkcQyc++ccJvAoXsssYtT9kRXG5nOfvqA==";

        private static Map<String, Object> certified(Object chain) {
            Map<String, Object> jwk = new LinkedHashMap<>(
                    Map.of("kty", "EC", "crv", "P-256", "x", X, "y", Y, "kid", "k", "alg", "ES256"));
            jwk.put("x5c", chain);
            return jwk;
        }

        private static void assertMismatch(Map<String, Object> jwk) throws MalformedException {
            PublishedKey key = read(jwk);
            assertThat(key.isRefused()).isTrue();
            assertThat(key.flaw()).contains("certificate");
            assertThat(key.uses()).isEmpty();
        }

        @Test
        void takesAKeyThatIsThatOfItsFirstCertificate() throws MalformedException {
            assertThat(read(certified(List.of(CERTIFICATE))).uses()).containsOnlyKeys(SignatureAlgorithm.ES256);
            assertThat(read(certified(List.of(CERTIFICATE, "anything"))).uses()).isNotEmpty();
        }

        @Test
        void takesAKeyWithoutCertificates() throws MalformedException {
            assertThat(read(certified(null)).uses()).isNotEmpty();
        }

        @Test
        void refusesAKeyWithTheCertificateOfAnother() throws MalformedException {
            assertMismatch(with(EC, "x5c", List.of(CERTIFICATE)));
        }

        @Test
        void refusesAKeyWhoseCertificateCannotBeRead() throws MalformedException {
            assertMismatch(certified(List.of()));
            assertMismatch(certified(List.of(1)));
            assertMismatch(certified(Arrays.asList(null, CERTIFICATE)));
            assertMismatch(certified(CERTIFICATE));
            assertMismatch(certified(List.of("")));
            assertMismatch(certified(List.of("AAAA")));
            assertMismatch(certified(List.of("not base64")));
            assertMismatch(certified(List.of("x", CERTIFICATE)));
        }
    }
}
