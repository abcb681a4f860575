package io.tokenguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.testkit.TestEncryption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code explain} shows of encrypted tokens (RFC 7516). */
class EncryptedTokenTest {
    private static final TestEncryption OWN = TestEncryption.generate("ECDH-ES", "A256GCM");

    private final Sample sample;

    EncryptedTokenTest(@TempDir Path folder) {
        sample = new Sample(folder);
    }

    private static CliResult explain(String token, String... words) {
        CliResult result = CliCall.run(token, words);
        assertThat(result.everything()).doesNotContain(token, "eyJ", token.split("\\.", -1)[3]);
        return result;
    }

    private String config() {
        return sample.config("tokenguard.decryption-key-file=" + sample.write("own.jwk", OWN.privateJwk()));
    }

    @Test
    void theOuterHeaderIsShownWithoutAConfiguration() {
        CliResult result = explain(OWN.encrypt(sample.token().sign()), "explain");
        assertThat(result.out())
                .contains("Header of the encrypted token", "alg  ECDH-ES", "enc  A256GCM", "epk  (a key, not shown)")
                .contains("The token inside can't be read: pass --config FILE with tokenguard.decryption-key-file");
        assertThat(result.exit()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--offline"})
    void theTokenInsideIsExplainedWithTheKey(String option) {
        CliResult result = explain(
                OWN.encrypt(sample.token().sign()),
                ("explain --at " + Sample.AT + " --config " + config() + " " + option)
                        .strip()
                        .split(" ", -1));
        assertThat(result.out())
                .contains("Header of the encrypted token", "enc  A256GCM")
                .contains("typ  at+jwt", "sub        alice", "\u2713 token", "\u2713 claims", "Result: accepted");
        assertThat(result.exit()).isZero();
    }

    @Test
    void theTokenInsideIsRefusedByItsClaims() {
        CliResult result = explain(
                OWN.encrypt(sample.token().audience("account").sign()),
                "explain",
                "--at",
                Sample.AT,
                "--config",
                config());
        assertThat(result.out()).contains("Result: refused: AUDIENCE_MISMATCH");
    }

    @Test
    void theKeyOfAnotherApiDecryptsNothing() {
        TestEncryption other = TestEncryption.generate("ECDH-ES", "A256GCM").header("kid", OWN.kid());
        CliResult result =
                explain(other.encrypt(sample.token().sign()), "explain", "--at", Sample.AT, "--config", config());
        assertThat(result.out())
                .contains("The token inside can't be read: tokenguard.decryption-key-file does not decrypt it")
                .contains("Result: refused: DECRYPTION_FAILED");
        assertThat(result.exit()).isEqualTo(1);
    }

    @Test
    void withoutAKeyTheSettingIsNamed() {
        CliResult result =
                explain(OWN.encrypt(sample.token().sign()), "explain", "--at", Sample.AT, "--config", sample.config());
        assertThat(result.out())
                .contains("set tokenguard.decryption-key-file to the private key that the issuer encrypts for")
                .contains("Result: refused: TOKEN_ENCRYPTED");
    }

    @Test
    void bothHeadersAreInTheJson() {
        CliResult result = explain(
                OWN.encrypt(sample.token().sign()), "explain", "--json", "--at", Sample.AT, "--config", config());
        assertThat(result.out()).contains("\"encryptedHeader\":{\"alg\":\"ECDH-ES\"", "\"header\":{\"typ\":\"at+jwt\"");
    }
}
