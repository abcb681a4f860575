package io.tokenguard.fuzz;

import static io.tokenguard.fuzz.FuzzedGuard.requireThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tokenguard.internal.jose.MalformedException;
import io.tokenguard.internal.jose.TokenDecrypter;
import io.tokenguard.testkit.TestEncryption;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Any bytes as the header of an encrypted token: none decrypts a token that was made with another header, and none is costly. */
class EncryptedTokenFuzzTest {
    private static final TestEncryption EC = TestEncryption.generate("ECDH-ES", "A128CBC-HS256");
    private static final TestEncryption RSA = TestEncryption.generate("RSA-OAEP-256", "A256GCM");
    private static final TokenDecrypter DECRYPTER = decrypter();
    private static final String OF_EC = EC.encrypt("a.b.c");
    private static final String OF_RSA = RSA.encrypt("a.b.c");

    private static TokenDecrypter decrypter() {
        try {
            return TokenDecrypter.read(("{\"keys\":[" + EC.privateJwk() + "," + RSA.privateJwk() + "]}")
                    .getBytes(StandardCharsets.US_ASCII));
        } catch (MalformedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @FuzzTest(maxDuration = "2m")
    @DictionaryEntries({
        "\"alg\":\"RSA-OAEP-256\"",
        "\"alg\":\"ECDH-ES\"",
        "\"alg\":\"ECDH-ES+A256KW\"",
        "\"alg\":\"PBES2-HS256+A128KW\"",
        "\"alg\":\"dir\"",
        "\"enc\":\"A128GCM\"",
        "\"enc\":\"A256GCM\"",
        "\"enc\":\"A128CBC-HS256\"",
        "\"enc\":\"A256CBC-HS512\"",
        "\"epk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"\",\"y\":\"\"}",
        "\"zip\":\"DEF\"",
        "\"apu\":\"QQ\"",
        "\"apv\":\"QQ\"",
        "\"p2c\":2147483647",
        "\"p2s\":\"QQ\"",
        "\"crit\":[\"exp\"]",
        "\"kid\":\"k\""
    })
    void answersEveryHeaderAlike(byte[] header) {
        String part = Base64.getUrlEncoder().withoutPadding().encodeToString(header);
        for (String token : new String[] {OF_EC, OF_RSA}) {
            String changed = part + token.substring(token.indexOf('.'));
            String text = FuzzedGuard.bounded(() -> decrypted(changed));
            requireThat(text.isEmpty() || changed.equals(token), "decrypted under another header");
        }
    }

    private static String decrypted(String token) {
        try {
            return DECRYPTER.decrypt(token);
        } catch (MalformedException refused) {
            requireThat(refused.getMessage().length() < 100, "a long reason");
            return "";
        }
    }
}
