package io.tokenguard.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.BearerTokenError;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.oauth2.sdk.token.DPoPTokenError;
import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.config.Dpop;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of Spring Authorization Server, sent by Nimbus' SDK, judged by the settings that the paper names. */
class SpringAuthorizationServerTest {
    private static final URI PUBLIC = URI.create("https://api.example.com");
    private static final String HEADING = "Spring Authorization Server";
    private static SpringServer server;
    private static NimbusClient client;
    private static GuardedApi api;

    @BeforeAll
    static void start() throws Exception {
        server = SpringServer.start();
        client = NimbusClient.with(JWSAlgorithm.ES256);
        api = new GuardedApi(settings());
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
        server.close();
    }

    private static TokenGuardBuilder settings() throws IOException {
        return DocumentedSettings.of(HEADING, 1, server.issuer());
    }

    private static HTTPResponse send(AccessToken token, SignedJWT proof) throws IOException {
        return NimbusClient.get(api.orders(), token, proof);
    }

    private static HTTPResponse send(AccessToken token) throws IOException {
        return NimbusClient.get(api.orders(), token, null);
    }

    private static void assertGranted(HTTPResponse response, String confirmation) {
        assertThat(response.getStatusCode()).isEqualTo(200);
        assertThat(response.getBody().strip()).isEqualTo(confirmation);
    }

    private static void assertRefused(HTTPResponse response, GuardedApi asked, RefusalReason reason) {
        assertThat(response.getStatusCode()).isEqualTo(401);
        assertThat(asked.lastRefusal()).contains(reason);
    }

    private static String challenge(HTTPResponse response, String scheme) {
        return response.getHeaderValues("WWW-Authenticate").stream()
                .filter(field -> field.startsWith(scheme + " "))
                .findFirst()
                .orElseThrow();
    }

    /** RFC 9449 §7.1: what the client's own library makes of the challenge. */
    private static DPoPTokenError dpopError(HTTPResponse response) throws Exception {
        return DPoPTokenError.parse(challenge(response, "DPoP"));
    }

    @Nested
    class BoundTokens {
        @ParameterizedTest
        @ValueSource(strings = {"ES256", "RS256", "PS256", "ES384"})
        void areTakenWithAProofOfTheirKey(String algorithm) throws Exception {
            NimbusClient holder = NimbusClient.with(JWSAlgorithm.parse(algorithm));
            DPoPAccessToken token = holder.boundToken(server);
            assertGranted(send(token, holder.proof(api.orders(), token)), holder.thumbprint());
        }

        @Test
        void areTakenAgainWithAFreshProof() throws Exception {
            DPoPAccessToken token = client.boundToken(server);
            send(token, client.proof(api.orders(), token));
            assertGranted(send(token, client.proof(api.orders(), token)), client.thumbprint());
        }

        /** RFC 9449 §7.2. */
        @Test
        void areRefusedAsBearerTokens() throws Exception {
            DPoPAccessToken token = client.boundToken(server);
            HTTPResponse response = send(new BearerAccessToken(token.getValue()));
            assertRefused(response, api, RefusalReason.BINDING_DOWNGRADE);
            assertThat(BearerTokenError.parse(challenge(response, "Bearer"))).isEqualTo(BearerTokenError.INVALID_TOKEN);
            assertThat(dpopError(response).getJWSAlgorithms()).contains(JWSAlgorithm.ES256, JWSAlgorithm.RS256);
        }

        /** RFC 9449 §11.1. */
        @Test
        void areRefusedWithAProofThatWasUsed() throws Exception {
            DPoPAccessToken token = client.boundToken(server);
            SignedJWT proof = client.proof(api.orders(), token);
            assertGranted(send(token, proof), client.thumbprint());
            HTTPResponse response = send(token, proof);
            assertRefused(response, api, RefusalReason.PROOF_REPLAYED);
            assertThat(dpopError(response)).isEqualTo(DPoPTokenError.INVALID_DPOP_PROOF);
        }

        /** RFC 9449 §4.3 step 9. */
        @Test
        void areRefusedWithAProofForAnotherAddress() throws Exception {
            DPoPAccessToken token = client.boundToken(server);
            HTTPResponse response = send(token, client.proof(server.tokenEndpoint(), token));
            assertRefused(response, api, RefusalReason.PROOF_INVALID);
            assertThat(dpopError(response)).isEqualTo(DPoPTokenError.INVALID_DPOP_PROOF);
        }

        /** RFC 9449 §4.3 step 12. */
        @Test
        void areRefusedWithAProofOfAnotherKey() throws Exception {
            DPoPAccessToken token = client.boundToken(server);
            NimbusClient thief = NimbusClient.with(JWSAlgorithm.ES256);
            HTTPResponse response = send(token, thief.proof(api.orders(), token));
            assertRefused(response, api, RefusalReason.BINDING_MISMATCH);
            assertThat(dpopError(response)).isEqualTo(DPoPTokenError.INVALID_TOKEN);
        }

        /** RFC 9449 §9. */
        @Test
        void areTakenWithTheNonceThatIsAskedFor() throws Exception {
            try (GuardedApi strict = new GuardedApi(
                    settings().resource(PUBLIC).dpop(Dpop.required().askForNonces()))) {
                URI orders = PUBLIC.resolve("/orders");
                DPoPAccessToken token = client.boundToken(server);
                HTTPResponse asked = NimbusClient.get(strict.orders(), token, client.proof(orders, token));
                assertRefused(asked, strict, RefusalReason.NONCE_REQUIRED);
                assertThat(dpopError(asked)).isEqualTo(DPoPTokenError.USE_DPOP_NONCE);
                SignedJWT answer = client.proof(orders, token, asked.getDPoPNonce());
                assertGranted(NimbusClient.get(strict.orders(), token, answer), client.thumbprint());
            }
        }
    }

    @Nested
    class BearerTokens {
        @Test
        void areTakenByTheDocumentedSettings() throws Exception {
            assertGranted(send(NimbusClient.bearerToken(server)), "None");
        }

        /** RFC 9700 §4.15: the subject of the token is the client itself. */
        @Test
        void sayThatAClientActsForItself() throws Exception {
            HTTPResponse response = send(NimbusClient.bearerToken(server));
            assertThat(response.getHeaderValue("SubjectKind")).isEqualTo("CLIENT");
        }

        /** RFC 9449 §7.1. */
        @Test
        void areRefusedAsIfTheyWereBound() throws Exception {
            DPoPAccessToken posing =
                    new DPoPAccessToken(NimbusClient.bearerToken(server).getValue());
            HTTPResponse response = send(posing, client.proof(api.orders(), posing));
            assertRefused(response, api, RefusalReason.BINDING_MISSING);
            assertThat(dpopError(response)).isEqualTo(DPoPTokenError.INVALID_TOKEN);
        }

        /** RFC 8725 §2.8: by default both have the same audience and no type, and the scope marks an access token. */
        @Test
        void areToldFromIdTokens() throws Exception {
            HTTPResponse response = send(server.idToken());
            assertRefused(response, api, RefusalReason.CLAIM_MISSING);
        }

        /** RFC 9068 §2. */
        @Test
        void areTakenByTheStrictSettingsWhereTheServerFollowsTheProfile() throws Exception {
            try (SpringServer profiled = SpringServer.start(new AccessTokenProfile("https://api.example.com"));
                    GuardedApi strict = new GuardedApi(DocumentedSettings.of(HEADING, 2, profiled.issuer()))) {
                DPoPAccessToken token = client.boundToken(profiled);
                SignedJWT proof = client.proof(strict.orders(), token);
                assertGranted(NimbusClient.get(strict.orders(), token, proof), client.thumbprint());
                BearerAccessToken bearer = NimbusClient.bearerToken(profiled);
                HTTPResponse response = NimbusClient.get(strict.orders(), bearer, null);
                assertGranted(response, "None");
                assertThat(response.getHeaderValue("SubjectKind")).isEqualTo("CLIENT");
            }
        }
    }

    @Nested
    class Keys {
        @Test
        void areTakenUpWithTheFirstTokenThatTheySign() throws Exception {
            try (SpringServer rotating = SpringServer.start();
                    GuardedApi waiting = new GuardedApi(DocumentedSettings.of(HEADING, 1, rotating.issuer()))) {
                BearerAccessToken before = NimbusClient.bearerToken(rotating);
                assertGranted(NimbusClient.get(waiting.orders(), before, null), "None");
                rotating.keys().rotate();
                BearerAccessToken after = NimbusClient.bearerToken(rotating);
                assertThat(SignedJWT.parse(after.getValue()).getHeader().getKeyID())
                        .isEqualTo(rotating.keys().newestKeyId());
                assertGranted(NimbusClient.get(waiting.orders(), after, null), "None");
                assertGranted(NimbusClient.get(waiting.orders(), before, null), "None");
            }
        }
    }
}
