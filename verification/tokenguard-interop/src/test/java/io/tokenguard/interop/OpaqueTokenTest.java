package io.tokenguard.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import io.tokenguard.TokenGuard;
import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Introspection;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Opaque tokens of Spring Authorization Server, about which it is asked (RFC 7662). */
class OpaqueTokenTest {
    private static SpringServer server;
    private static GuardedApi api;

    @BeforeAll
    static void start() throws Exception {
        server = SpringServer.startOpaque();
        api = new GuardedApi(settings(SpringServer.SECRET));
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
        server.close();
    }

    /** The endpoint is found by the server's metadata; its audience is the client, by default. */
    private static TokenGuardBuilder settings(String secret) {
        return TokenGuard.builder()
                .issuer(TrustedIssuer.builder(server.issuer())
                        .audience(SpringServer.CLIENT)
                        .introspection(Introspection.as(ClientAuthentication.basic(SpringServer.CLIENT, secret))
                                .cacheTtl(Duration.ZERO)
                                .timeout(Duration.ofSeconds(10)))
                        .build());
    }

    private static HTTPResponse send(AccessToken token) throws Exception {
        return NimbusClient.get(api.orders(), token, null);
    }

    private static void revoke(AccessToken token) throws Exception {
        HTTPResponse response = new TokenRevocationRequest(
                        server.revocationEndpoint(),
                        new ClientSecretBasic(new ClientID(SpringServer.CLIENT), new Secret(SpringServer.SECRET)),
                        token)
                .toHTTPRequest()
                .send();
        assertThat(response.getStatusCode()).isEqualTo(200);
    }

    @Test
    void areTakenAsTheServerAnswers() throws Exception {
        BearerAccessToken token = NimbusClient.bearerToken(server);
        assertThat(token.getValue()).doesNotContain(".");
        HTTPResponse response = send(token);
        assertThat(response.getStatusCode()).isEqualTo(200);
        assertThat(response.getHeaderValue("SubjectKind")).isEqualTo("CLIENT");
    }

    @Test
    void areRefusedOnceTheyAreRevoked() throws Exception {
        BearerAccessToken token = NimbusClient.bearerToken(server);
        assertThat(send(token).getStatusCode()).isEqualTo(200);
        revoke(token);
        assertThat(send(token).getStatusCode()).isEqualTo(401);
        assertThat(api.lastRefusal()).contains(RefusalReason.TOKEN_INACTIVE);
    }

    @Test
    void areRefusedWhereTheServerDoesNotKnowThem() throws Exception {
        assertThat(send(new BearerAccessToken("unknown")).getStatusCode()).isEqualTo(401);
        assertThat(api.lastRefusal()).contains(RefusalReason.TOKEN_INACTIVE);
    }

    /** RFC 9449 §6.2. */
    @Test
    void areBoundToTheKeyThatTheServerNames() throws Exception {
        NimbusClient holder = NimbusClient.with(JWSAlgorithm.ES256);
        DPoPAccessToken token = holder.boundToken(server);
        HTTPResponse proven = NimbusClient.get(api.orders(), token, holder.proof(api.orders(), token));
        assertThat(proven.getStatusCode()).isEqualTo(200);
        assertThat(proven.getBody().strip()).isEqualTo(holder.thumbprint());
        assertThat(send(new BearerAccessToken(token.getValue())).getStatusCode())
                .isEqualTo(401);
        assertThat(api.lastRefusal()).contains(RefusalReason.BINDING_DOWNGRADE);
    }

    @Test
    void areNotJudgedWhereTheServerDoesNotKnowWhoAsks() throws Exception {
        try (GuardedApi stranger = new GuardedApi(settings("wrong"))) {
            HTTPResponse response = NimbusClient.get(stranger.orders(), NimbusClient.bearerToken(server), null);
            assertThat(response.getStatusCode()).isEqualTo(503);
            assertThat(stranger.lastRefusal()).contains(RefusalReason.INTROSPECTION_UNAVAILABLE);
        }
    }
}
