package io.tokenguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.interfaces.RSAPublicKey;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TestKeyTest {

    @ParameterizedTest
    @EnumSource(names = {"RS256", "ES512", "EDDSA"})
    void takesItsThumbprintAsKidUnlessGivenOne(TestAlgorithm algorithm) throws Exception {
        TestKey key = TestKey.generate(algorithm);

        assertThat(JsonWebKey.Factory.newJwk(key.publicJwk()).calculateBase64urlEncodedThumbprint("SHA-256"))
                .isEqualTo(key.kid());
        assertThat(TestKey.generate(algorithm, "mine").kid()).isEqualTo("mine");
    }

    @Test
    void labelsThePublicJwkAsAnIssuerDoes() throws Exception {
        assertThat(JsonUtil.parseJson(KnownKeys.EC.publicJwk()))
                .containsOnlyKeys("kty", "crv", "x", "y", "kid", "use", "alg")
                .containsEntry("kid", "ec")
                .containsEntry("use", "sig")
                .containsEntry("alg", "ES256");
    }

    @Test
    void leavesOnlyTheAlgorithmOutOnRequest() throws Exception {
        Map<String, Object> expected = KnownKeys.RSA.publicJwkMembers();
        expected.remove("alg");

        assertThat(JsonUtil.parseJson(KnownKeys.RSA.publicJwkWithoutAlg())).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(names = {"RS256", "ES384", "EDDSA"})
    void thePrivateJwkCarriesThePairAndThePublicOneDoesNot(TestAlgorithm algorithm) throws Exception {
        TestKey key = TestKey.generate(algorithm);
        PublicJsonWebKey read = PublicJsonWebKey.Factory.newPublicJwk(key.privateJwk());

        assertThat(read.getPrivateKey()).isNotNull();
        assertThat(read.getPublicKey()).isEqualTo(key.publicKey());
        assertThat(read.getKeyId()).isEqualTo(key.kid());
        assertThat(key.publicJwkMembers()).doesNotContainKeys("d", "p", "q", "dp", "dq", "qi");
    }

    @Test
    void givesEachCallerItsOwnMembersToAlter() {
        KnownKeys.EC.publicJwkMembers().put("x", "forged");

        assertThat(KnownKeys.EC.publicJwk()).doesNotContain("forged");
    }

    @Test
    void makesRsaKeysOfForbiddenLengths() {
        RSAPublicKey key =
                (RSAPublicKey) TestKey.rsa(1024, TestAlgorithm.PS256, "short").publicKey();

        assertThat(key.getModulus().bitLength()).isEqualTo(1024);
    }

    @Test
    void makesNoRsaKeyForAnotherKindOfAlgorithm() {
        assertThatThrownBy(() -> TestKey.rsa(1024, TestAlgorithm.ES256, "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void makesNoKeyTheJvmRefuses() {
        assertThatThrownBy(() -> TestKey.rsa(8, TestAlgorithm.RS256, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsThePairUnderAnotherKid() {
        TestKey renamed = KnownKeys.EC.withKid("renamed");

        assertThat(renamed.kid()).isEqualTo("renamed");
        assertThat(renamed.publicKey()).isEqualTo(KnownKeys.EC.publicKey());
        assertThat(renamed.algorithm()).isEqualTo(KnownKeys.EC.algorithm());
        assertThat(KnownKeys.EC.kid()).isEqualTo("ec");
    }

    @Test
    void equalsOnlyTheSamePairUnderTheSameKid() {
        assertThat(KnownKeys.EC.withKid("a"))
                .isEqualTo(KnownKeys.EC.withKid("a"))
                .hasSameHashCodeAs(KnownKeys.EC.withKid("a"))
                .isNotEqualTo(KnownKeys.EC.withKid("b"))
                .isNotEqualTo(KnownKeys.OTHER_EC.withKid("a"));
    }

    @ParameterizedTest
    @EnumSource(names = {"RS256", "ES256", "EDDSA"})
    void showsNothingOfTheKeyAsText(TestAlgorithm algorithm) {
        TestKey key = TestKey.generate(algorithm, "shown");

        assertThat(key.toString()).isEqualTo("TestKey[kid=shown, algorithm=" + algorithm.joseName() + "]");
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatItWrote(TestAlgorithm algorithm) {
        TestKey key = TestKey.generate(algorithm, "k");
        TestKey read = TestKey.fromPrivateJwk(key.privateJwk());
        assertThat(read).isEqualTo(key);
        assertThat(read.privateJwk()).isEqualTo(key.privateJwk());
        assertThat(read.sign(algorithm, new byte[1])).isNotEmpty();
    }

    /** RFC 9964 §3: all members are required, and the private one is the seed. */
    @ParameterizedTest
    @CsvSource({"ML_DSA_44, 1750", "ML_DSA_65, 2603", "ML_DSA_87, 3456"})
    void describesMlDsaByAlgorithmAndSeed(TestAlgorithm algorithm, int characters) throws Exception {
        TestKey key = TestKey.generate(algorithm, "k");
        assertThat(JsonUtil.parseJson(key.publicJwkWithoutAlg()))
                .containsOnlyKeys("kty", "alg", "pub", "kid", "use")
                .containsEntry("kty", "AKP")
                .containsEntry("alg", algorithm.joseName())
                .extractingByKey("pub", InstanceOfAssertFactories.STRING)
                .hasSize(characters);
        assertThat(JsonUtil.parseJson(key.privateJwk()))
                .extractingByKey("priv", InstanceOfAssertFactories.STRING)
                .hasSize(43);
    }

    /** The keys of RFC 9964's examples, whose seed is all zeros and whose key ID is the thumbprint. */
    @ParameterizedTest
    @CsvSource({
        "ML-DSA-44, T4xl70S7MT6Zeq6r9V9fPJGVn76wfnXJ21-gyo0Gu6o",
        "ML-DSA-65, Suiu29qbfuaBaR4Ats-c6XQBePB_OpAxAwcTR_0KXVM",
        "ML-DSA-87, tRn1JNIkgMsABVQBlXeDHxAIcclh-2IX0UdDEzPt5XU"
    })
    void makesTheKeysOfTheExamples(String name, String thumbprint) {
        String jwk = "{\"kty\":\"AKP\",\"kid\":\"k\",\"alg\":\"" + name + "\",\"priv\":\"" + "A".repeat(43) + "\"}";
        assertThat(TestKey.fromPrivateJwk(jwk).thumbprint()).isEqualTo(thumbprint);
    }

    @Test
    void saysWhatIsMissingForAnAlgorithmWithoutProvider() {
        assertThatThrownBy(() -> OptionalProvider.bouncyCastle("ES256K needs ", ClassLoader.getPlatformClassLoader()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "ES256K needs Bouncy Castle: put org.bouncycastle:bcprov-jdk18on on the class path of the tests");
        assertThat(TestAlgorithm.values()).allMatch(TestAlgorithm::isAvailable);
    }

    @Test
    void readsWhatItWroteAndShowsNothingOfWhatItCantRead() {
        TestKey key = TestKey.generate(TestAlgorithm.ES256, "k");
        TestKey read = TestKey.fromPrivateJwk(key.privateJwk());
        assertThat(read).isEqualTo(key);
        assertThat(read.privateKey()).isEqualTo(key.privateKey());
        assertThat(key.thumbprint()).hasSize(43);
        for (String wrong : java.util.List.of(
                "canary",
                "{\"kty\":\"canary\"}",
                "{\"kty\":\"AKP\",\"kid\":\"k\",\"alg\":\"ML-DSA-44\",\"priv\":\"canary\"}",
                "{\"kty\":\"EC\",\"kid\":\"k\",\"alg\":\"ES256K\",\"crv\":\"secp256k1\",\"d\":\"canary\"}",
                key.publicJwk().replace("ES256", "canary"))) {
            org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                    .isThrownBy(() -> TestKey.fromPrivateJwk(wrong))
                    .withMessageNotContaining("canary");
        }
    }
}
