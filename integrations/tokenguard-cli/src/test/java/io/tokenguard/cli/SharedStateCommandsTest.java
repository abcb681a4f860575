package io.tokenguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

class SharedStateCommandsTest {
    private static final String SUBJECT = "canary-7f3a";

    private Sample sample;
    private RedisServer redis;
    private String config;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        sample = new Sample(folder);
        int port = freePort();
        redis = new RedisServer(port);
        redis.start();
        config = sample.config("tokenguard.revocation.redis-uri=redis://127.0.0.1:" + port);
    }

    @AfterEach
    void stop() throws IOException {
        redis.stop();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void revokesBansAndListsWithoutShowingWhatIsRevoked() {
        CliResult revoked =
                CliCall.run("", "revoke", "--config", config, "--issuer", Sample.ISSUER, "--subject", SUBJECT);
        assertThat(revoked.everything()).contains("Revoked on all nodes").doesNotContain(SUBJECT);
        assertThat(revoked.exit()).isZero();

        String token = sample.token().sign();
        CliResult ofToken = CliCall.run(token, "revoke", "--config", config, "--token");
        assertThat(ofToken.everything()).contains("FINGERPRINT").doesNotContain(token);
        assertThat(ofToken.exit()).isZero();

        CliResult banned = CliCall.run("", "ban", "--config", config, "--key-id", "key-1");
        assertThat(banned.everything()).contains("Banned on all nodes").doesNotContain("Note:");
        assertThat(banned.exit()).isZero();

        CliResult listed = CliCall.run("", "revocations", "--config", config);
        assertThat(listed.everything())
                .contains("SUBJECT", "FINGERPRINT", "KEY_ID")
                .doesNotContain(SUBJECT, token, "eyJ");
        assertThat(listed.exit()).isZero();

        CliResult checked = CliCall.run("", "doctor", "--config", config);
        assertThat(checked.out()).contains("an entry was written; it expires in a minute");
        assertThat(checked.exit()).isNotEqualTo(2);
    }

    @Test
    void saysThatNoIssuerPublishesTheBannedKey() {
        String other = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";
        for (String[] key : new String[][] {{"--key-id", "other"}, {"--thumbprint", other}}) {
            CliResult banned = CliCall.run("", "ban", "--config", config, key[0], key[1]);
            assertThat(banned.out())
                    .contains(
                            "Banned on all nodes",
                            "Note: no issuer publishes such a key now. It is banned all the same");
            assertThat(banned.exit()).isZero();
        }
    }

    @Test
    void refusesAnIssuerThatNobodyTrusts() {
        CliResult result = CliCall.run("", "revoke", "--config", config, "--issuer", "https://other.example", "--all");
        assertThat(result.err()).contains("trusts no such issuer; it trusts [" + Sample.ISSUER + "]");
        assertThat(result.exit()).isEqualTo(2);
    }

    @Test
    void saysThatAFolderBelongsToItsNode() {
        CliResult result = CliCall.run(
                "", "ban", "--config", sample.config("tokenguard.state.folder=/tmp/of-a-node"), "--key-id", "key-1");
        assertThat(result.err()).contains("belongs to one running node");
        assertThat(result.exit()).isEqualTo(2);
    }

    @Test
    void saysThatNoNodeWouldGetIt() {
        CliResult result = CliCall.run("", "revocations", "--config", sample.config());
        assertThat(result.err()).contains("names no shared state");
        assertThat(result.exit()).isEqualTo(2);
    }
}
