package io.tokenguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No command shows a token, a proof, a secret or a password that it was given. {@code mint} and {@code curl} write tokens: that
 * is what they are for; they show nothing else.
 */
class CanaryTest {
    private static final String CANARY = "canary-7f3a-0123456789-0123456789-0123456789";

    private Sample sample;
    private String config;

    @BeforeEach
    void start(@TempDir Path folder) {
        sample = new Sample(folder);
        config = sample.config(
                "tokenguard.revocation.redis-uri=redis://user:" + CANARY + "@127.0.0.1:1",
                "tokenguard.dpop.nonce-secret=" + CANARY,
                "tokenguard.events.secret=" + CANARY,
                "tokenguard.audit.subject=hash",
                "tokenguard.audit.subject-secret=" + CANARY,
                "tokenguard.jwks.headers=X-Api-Key: " + CANARY,
                "tokenguard.introspection.uri=https://127.0.0.1:1/introspect",
                "tokenguard.introspection.client-id=api",
                "tokenguard.introspection.client-secret=" + CANARY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "explain --config FILE",
                "explain --config FILE --json --offline --proof eyJ.canary.x",
                "routes --config FILE",
                "doctor --config FILE",
                "doctor --config FILE --json",
                "keys --config FILE",
                "revoke --config FILE --token",
                "revocations --config FILE",
                "ban --config FILE --key-id key-1",
                "init --issuer https://user:CANARY@127.0.0.1:1",
                "mint --keys /dev/null/CANARY",
                "curl CANARY CANARY",
                "serve-issuer --port CANARY"
            })
    void showsNoSecret(String call) {
        String token = sample.token().sign();
        String[] words = call.replace("FILE", config).replace("CANARY", CANARY).split(" ", -1);
        requireNoSecret(token, CliCall.run(token, words));
    }

    /** What a JVM of its own writes beside, such as of its class path, has none either. */
    @ParameterizedTest
    @ValueSource(strings = {"explain --config FILE", "doctor --config FILE"})
    void showsNoSecretAsAProcess(String call) {
        String token = sample.token().sign();
        String[] words = call.replace("FILE", config).split(" ", -1);
        requireNoSecret(token, CliProcess.run(token, words));
    }

    private static void requireNoSecret(String token, CliResult result) {
        assertThat(result.everything())
                .isNotBlank()
                .doesNotContain(CANARY, token, "eyJ", "Exception", "\tat ")
                .doesNotContain(token.split("\\.", -1)[2]);
    }
}
