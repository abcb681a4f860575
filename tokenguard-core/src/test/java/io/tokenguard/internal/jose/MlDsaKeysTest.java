package io.tokenguard.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.testkit.TestJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
        "ML_DSA_65, Suiu29qbfuaBaR4Ats-c6XQBePB_OpAxAwcTR_0KXVM"
    })
    void haveTheThumbprintsOfTheExamples(SignatureAlgorithm algorithm, String thumbprint) throws MalformedException {
        PublishedKey key = read(BouncyKey.ofZeros(algorithm, "k").members());
        assertThat(key.uses()).containsOnlyKeys(algorithm);
        assertThat(JwkThumbprint.of(key.uses().get(algorithm).publicKey())).isEqualTo(thumbprint);
    }

    /** The signature of the example begins and ends like this. */
    @Test
    void verifyTheSignatureOfTheExample() throws MalformedException {
        byte[] signed =
                ("eyJhbGciOiJNTC1EU0EtNDQiLCJraWQiOiJUNHhsNzBTN01UNlplcTZyOVY5ZlBKR1ZuNzZ3Zm5YSjIxLWd5bzBHdTZvIn0."
                                + "SXTigJlzIGEgZGFuZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4")
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] signature = KEY.sign(signed);
        assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(signature))
                .startsWith("knI1Q_9CIzLH5Xy94Kkc7WVKqZcAgtJ3mNf0GUj1uLA6YXAWFJfXkh-zQxUtEl3UIC7zPCiUwKTDR6ZsuUmFj8Ctb")
                .endsWith("NDZCREVKd3yMnrjA4PAGDzdKWVplcHJ6jKmrsbrEztHd9QAAAAAAAAAAAAAAABIfMEQ");
        SignatureEngine engine = SignatureEngines.by(new BouncyCastleProvider()).engine();
        assertThat(engine.verify(read(KEY.members()).uses().get(SignatureAlgorithm.ML_DSA_44), signed, signature))
                .isTrue();
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
