package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Revocation;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestEncryption;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key for encryption is public (RFC 7516 §1): everyone can wrap a token again, and gets no other token by it. */
class RewrappedTokenTest {
    private static final TestEncryption ENCRYPTION = TestEncryption.generate("ECDH-ES", "A128GCM");

    @TempDir
    private Path folder;

    private final TestIssuer issuer = TestIssuer.builder()
            .audience(GuardedIssuer.AUDIENCE)
            .keys(TestKey.generate(TestAlgorithm.ES256))
            .start();
    private TokenGuard guard;

    @BeforeEach
    void start() throws IOException {
        guard = guarding(issuer)
                .decryptionKeyFile(Files.writeString(folder.resolve("key.json"), ENCRYPTION.privateJwk()))
                .build();
    }

    @AfterEach
    void stop() {
        guard.close();
        issuer.close();
    }

    private RefusalReason judge(String token) {
        return reasonOf(guard.decide(bearing(token)));
    }

    @Test
    void aRevokedSignedTokenStaysRevokedInEachEncryption() {
        String signed = issuer.token().sign();
        String wrapped = ENCRYPTION.encrypt(signed);
        assertThat(judge(signed)).isNull();
        assertThat(judge(wrapped)).isNull();
        guard.revoke(Revocation.presented(signed));

        assertThat(judge(signed)).isEqualTo(RefusalReason.REVOKED);
        assertThat(judge(wrapped)).isEqualTo(RefusalReason.REVOKED);
        assertThat(judge(ENCRYPTION.encrypt(signed))).isEqualTo(RefusalReason.REVOKED);
    }

    @Test
    void anEncryptedTokenIsRevokedByItsOwnText() {
        String wrapped = ENCRYPTION.encrypt(issuer.token().sign());
        assertThat(judge(wrapped)).isNull();
        guard.revoke(Revocation.presented(wrapped));
        assertThat(judge(wrapped)).isEqualTo(RefusalReason.REVOKED);
    }

    @Test
    void itsLengthIsCheckedBeforeItIsDecrypted() {
        String wrapped = ENCRYPTION.encrypt("a".repeat(100_000));
        String broken = wrapped.substring(0, wrapped.length() - 4) + "AAAA";
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> guard.validate(broken))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.TOKEN_TOO_LARGE));
    }
}
