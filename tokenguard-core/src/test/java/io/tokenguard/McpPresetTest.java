package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Decision;
import io.tokenguard.access.Decision.Challenge;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.config.Preset;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestIssuerExtension;
import java.net.URI;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Model Context Protocol, Authorization, revision 2026-07-28. */
@ExtendWith(TestIssuerExtension.class)
class McpPresetTest {
    private static final String SERVER = "https://mcp.example.com/mcp";

    private static TokenGuardBuilder mcp(TestIssuer issuer, String... audiences) {
        return TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience(audiences)
                        .build())
                .resource(URI.create(SERVER))
                .route("/mcp scope mcp:tools")
                .preset(Preset.MCP);
    }

    private static Challenge challenge(TokenGuard guard, String token) {
        IncomingRequest.Builder request =
                IncomingRequest.builder("POST", "/mcp").overTls();
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return ((Decision.Refused) guard.decide(request.build())).challenge();
    }

    @Nested
    class Challenges {
        @Test
        void nameMetadataAndScopeInEvery401AndInTheInsufficientScope(TestIssuer issuer) {
            try (TokenGuard guard = mcp(issuer, SERVER).build()) {
                String weak = issuer.token().audience(SERVER).sign();
                String end = ", scope=\"mcp:tools\", resource_metadata="
                        + "\"https://mcp.example.com/.well-known/oauth-protected-resource/mcp\"";
                assertThat(challenge(guard, "").wwwAuthenticate()).first().isEqualTo("Bearer realm=\"api\"" + end);
                assertThat(challenge(guard, "junk").wwwAuthenticate().get(0))
                        .contains("invalid_token")
                        .endsWith(end);
                assertThat(challenge(guard, weak).status()).isEqualTo(403);
                assertThat(challenge(guard, weak).wwwAuthenticate().get(0))
                        .contains("insufficient_scope")
                        .endsWith(end);
            }
        }
    }

    @Nested
    class Credentials {
        @Test
        void areHiddenFromTheApplicationAndThatIsSaidAtStart(TestIssuer issuer) {
            RecordedLog.clear();
            try (TokenGuard guard = mcp(issuer, SERVER).build()) {
                assertThat(guard.hidesCredentials()).isTrue();
            }
            assertThat(RecordedLog.recent())
                    .anyMatch(event -> event.toString().contains("preset mcp: credentials are hidden"));
        }

        @Test
        void areShownWhereNothingElseIsSaid(TestIssuer issuer) {
            try (TokenGuard plain = GuardedIssuer.guarding(issuer).build();
                    TokenGuard hiding =
                            GuardedIssuer.guarding(issuer).hideCredentials(true).build()) {
                assertThat(plain.hidesCredentials()).isFalse();
                assertThat(hiding.hidesCredentials()).isTrue();
            }
        }
    }

    @Nested
    class Contradictions {
        private void assertRefused(TokenGuardBuilder settings, String key) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(settings::build)
                    .satisfies(wrong -> assertThat(wrong.key()).isEqualTo(key))
                    .withMessageContaining("tokenguard.preset is 'mcp'");
        }

        @Test
        void failAtStart(TestIssuer issuer) {
            assertRefused(mcp(issuer, SERVER).allowInsecureHttp(), "tokenguard.allow-insecure-http");
            assertRefused(mcp(issuer, SERVER).hideCredentials(false), "tokenguard.hide-credentials");
        }

        /** A token that is meant for somebody else is not to be taken. */
        @Test
        void includeAudiencesBesideTheServersOwnAddress(TestIssuer issuer) {
            assertRefused(mcp(issuer, "api"), "tokenguard.audiences");
            assertRefused(mcp(issuer, SERVER, "api"), "tokenguard.audiences");
            assertRefused(mcp(issuer, SERVER + "/"), "tokenguard.audiences");
        }

        @Test
        void includeTokensWithoutAnAudience(TestIssuer issuer) {
            assertRefused(
                    TokenGuard.builder()
                            .issuer(TrustedIssuer.builder(issuer.issuer())
                                    .audience(SERVER)
                                    .acceptTokensWithoutAudience()
                                    .build())
                            .resource(URI.create(SERVER))
                            .route("/mcp scope mcp:tools")
                            .preset(Preset.MCP),
                    "tokenguard.accept-tokens-without-audience");
        }

        @Test
        void includeAServerThatClientsCannotFind(TestIssuer issuer) {
            assertRefused(
                    GuardedIssuer.guarding(issuer, UnaryOperator.identity()).preset(Preset.MCP),
                    "tokenguard.resource.uri");
        }

        @Test
        void includeIssuersThatClientsCannotFind() {
            TrustedIssuer nameless = TrustedIssuer.builder("a name")
                    .audience(SERVER)
                    .keysFrom((keyId, algorithm) -> {
                        throw new IllegalStateException("no keys here");
                    })
                    .build();
            assertRefused(
                    TokenGuard.builder()
                            .issuer(nameless)
                            .resource(URI.create(SERVER))
                            .preset(Preset.MCP),
                    "tokenguard.issuer-uri");
        }
    }
}
