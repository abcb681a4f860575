package io.tokenguard.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.testkit.TestJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of type AKP: RFC 9964 §3. */
class MlDsaKeysTest {
    private static final BouncyKey KEY = BouncyKey.ofZeros(SignatureAlgorithm.ML_DSA_44, "k");

    private static PublishedKey read(Map<String, Object> members) throws MalformedException {
        return JwkReader.readSet(
                        ("{\"keys\":[" + TestJson.write(members) + "]}").getBytes(StandardCharsets.US_ASCII), 1)
                .get(0);
    }

    private static Map<String, Object> with(String name, Object value) {
        Map<String, Object> members = KEY.members();
        members.put(name, value);
        return members;
    }

    /** The keys of the specification's examples, whose key IDs are their thumbprints. */
    @ParameterizedTest
    @CsvSource({
        "ML_DSA_44, T4xl70S7MT6Zeq6r9V9fPJGVn76wfnXJ21-gyo0Gu6o",
        "ML_DSA_65, Suiu29qbfuaBaR4Ats-c6XQBePB_OpAxAwcTR_0KXVM",
        "ML_DSA_87, tRn1JNIkgMsABVQBlXeDHxAIcclh-2IX0UdDEzPt5XU"
    })
    void haveTheThumbprintsOfTheExamples(SignatureAlgorithm algorithm, String thumbprint) throws MalformedException {
        PublishedKey key = read(BouncyKey.ofZeros(algorithm, "k").members());
        assertThat(key.uses()).containsOnlyKeys(algorithm);
        assertThat(JwkThumbprint.of(key.uses().get(algorithm).publicKey())).isEqualTo(thumbprint);
    }

    /** They are deterministic: beginning and end are compared, and each provider verifies them. */
    @ParameterizedTest
    @CsvSource({
        "ML_DSA_44, T4xl70S7MT6Zeq6r9V9fPJGVn76wfnXJ21-gyo0Gu6o,"
                + " knI1Q_9CIzLH5Xy94Kkc7WVKqZcAgtJ3mNf0GUj1uLA6YXAWFJfXkh-zQxUtEl3UIC7zPCiUwKTDR6ZsuUmFj8Ctb,"
                + " NDZCREVKd3yMnrjA4PAGDzdKWVplcHJ6jKmrsbrEztHd9QAAAAAAAAAAAAAAABIfMEQ",
        "ML_DSA_65, Suiu29qbfuaBaR4Ats-c6XQBePB_OpAxAwcTR_0KXVM,"
                + " zmO9_0bLgJAegoVNymfRo4nGPK5lVtSFGnDbzfzYAD5mUEXpaBUg4itvZ8rAUZi4HLb59QqDQSBSpMXC0axa,"
                + " NmFmhc4iO4msz_seQ1N0drbB0NoUVWBmcY3pGC9TiY6f6Pn-FBUnQkuBhIyPtgAAAAAAAAAABgwVHCUv",
        "ML_DSA_87, tRn1JNIkgMsABVQBlXeDHxAIcclh-2IX0UdDEzPt5XU,"
                + " hmMrKkUgZwGPQV_WUoXUVq_Z9WOenDZbfMmHpKritl0btWi29TC8eIyQyT1FAuW2kg3h6ALsvCrjX5tn3QKFQZYC0sBd,"
                + " 7y1s7PH7GXF5r7zNEzY9bHmXvsjb3N_u9BkenwkQfZGS6ez0AAAAAAAAAAALGSAlKzg7Qw"
    })
    void verifyTheSignaturesOfTheExamples(SignatureAlgorithm algorithm, String thumbprint, String beginning, String end)
            throws MalformedException {
        String header = "{\"alg\":\"" + algorithm.joseNames().get(0) + "\",\"kid\":\"" + thumbprint + "\"}";
        byte[] signed = (base64Url(header.getBytes(StandardCharsets.US_ASCII))
                        + ".SXTigJlzIGEgZGFuZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4")
                .getBytes(StandardCharsets.US_ASCII);
        BouncyKey key = BouncyKey.ofZeros(algorithm, thumbprint);
        byte[] signature = key.sign(signed);
        assertThat(base64Url(signature)).startsWith(beginning).endsWith(end);
        for (SignatureEngine engine : providers(algorithm)) {
            assertThat(engine.verify(read(key.members()).uses().get(algorithm), signed, signature))
                    .isTrue();
            signature[0] ^= 1;
            assertThat(engine.verify(read(key.members()).uses().get(algorithm), signed, signature))
                    .isFalse();
            signature[0] ^= 1;
        }
    }

    /** Bouncy Castle and, from Java 24 on, the platform. */
    private static List<SignatureEngine> providers(SignatureAlgorithm algorithm) {
        SignatureEngine bouncyCastle =
                SignatureEngines.by(new BouncyCastleProvider()).engine();
        return SignatureEngine.platform().covers(algorithm)
                ? List.of(bouncyCastle, SignatureEngine.platform())
                : List.of(bouncyCastle);
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Test
    void areLeftOutOfUseIfTheAlgorithmIsUnknown() throws MalformedException {
        assertThat(read(with("alg", "SLH-DSA-SHA2-128s")).flaw()).isEqualTo("algorithm is not used here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ML-DSA-65", "ML-DSA-87"})
    void haveTheLengthOfTheirParameters(String algorithm) throws MalformedException {
        assertThat(read(with("alg", algorithm)).flaw()).isEqualTo("public members missing or malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AQ", "AQ=="})
    void haveTheirKeyInStrictBase64Url(String text) throws MalformedException {
        assertThat(read(with("pub", text)).flaw()).isEqualTo("public members missing or malformed");
    }

    @Test
    void areRefusedWithTheirPrivateHalf() throws MalformedException {
        assertThat(read(with("priv", "AA")).flaw()).isEqualTo("private key published");
    }

    /** Any other length never reaches a provider. */
    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ANY, names = "ML_DSA.*")
    void haveSignaturesOfOneLength(SignatureAlgorithm algorithm) {
        BouncyKey key = BouncyKey.generate(algorithm, "k");
        int length = key.sign(new byte[1]).length;
        SignatureRange range = SignatureRange.of(key.publicKey());
        assertThat(range.covers(new byte[length])).isTrue();
        assertThat(range.covers(new byte[length + 1])).isFalse();
        assertThat(range.covers(new byte[length - 1])).isFalse();
    }
}
