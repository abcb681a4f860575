package io.tokenguard.fuzz;

import static io.tokenguard.fuzz.FuzzedGuard.requireThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tokenguard.internal.jose.KeyDocument;
import io.tokenguard.internal.jose.KeyRules;
import io.tokenguard.internal.jose.MalformedException;
import io.tokenguard.internal.jose.PublishedKey;
import io.tokenguard.internal.jose.SignatureEngine;
import io.tokenguard.spi.VerificationKey;
import java.util.List;

/** Any bytes as a key set, a JWK, PEM, or a map of key IDs to PEM: read or refused, and every key that can be used keeps the rules for keys. */
class KeySetFuzzTest {
    private static final byte[] SIGNED = {1, 2, 3};
    private static final int[] SIGNATURE_LENGTHS = {0, 64, 96, 132, 256, 512};

    @FuzzTest(maxDuration = "2m")
    @DictionaryEntries({
        "{\"keys\":[",
        "\"kty\":\"RSA\"",
        "\"kty\":\"EC\"",
        "\"kty\":\"OKP\"",
        "\"kty\":\"oct\"",
        "\"crv\":\"P-256\"",
        "\"crv\":\"P-384\"",
        "\"crv\":\"P-521\"",
        "\"crv\":\"Ed25519\"",
        "\"crv\":\"Ed448\"",
        "\"crv\":\"secp256k1\"",
        "\"kty\":\"AKP\"",
        "\"alg\":\"ML-DSA-44\"",
        "\"pub\":\"",
        "\"x5t\":\"",
        "\"x5t#S256\":\"",
        "\"e\":\"AQAB\"",
        "\"use\":\"sig\"",
        "\"key_ops\":[\"verify\"]",
        "\"x5c\":[",
        "\"alg\":\"Ed25519\"",
        "\"d\":",
        "-----BEGIN PUBLIC KEY-----",
        "-----END PUBLIC KEY-----",
        "-----BEGIN CERTIFICATE-----",
        "-----BEGIN RSA PUBLIC KEY-----",
        "{\"k\":\"-----BEGIN PUBLIC KEY-----"
    })
    void takesNoKeyThatBreaksARule(byte[] input) {
        FuzzedGuard.bounded(() -> read(input)).forEach(KeySetFuzzTest::requireRules);
    }

    private static List<PublishedKey> read(byte[] input) {
        try {
            return KeyDocument.read(input, "name", 1_000);
        } catch (MalformedException malformed) {
            return List.of();
        }
    }

    private static void requireRules(PublishedKey key) {
        requireThat(key.keyId().length() <= 256, "name too long");
        requireThat(!key.isRefused() || key.uses().isEmpty(), "refused and yet usable");
        key.uses().forEach((algorithm, use) -> {
            requireThat(KeyRules.flawOf(use.publicKey()).isEmpty(), "broken key");
            requireThat(KeyRules.algorithmsFor(use.publicKey()).contains(algorithm), "key of another kind");
            requireNothingVerified(use);
        });
    }

    /** CVE-2022-21449 and its like: a signature of nothing but zeros is nobody's. */
    private static void requireNothingVerified(VerificationKey use) {
        for (int length : SIGNATURE_LENGTHS) {
            requireThat(
                    !SignatureEngine.platform().verifyOnce(use, SIGNED, new byte[length]),
                    "verified a signature of zeros");
        }
    }
}
