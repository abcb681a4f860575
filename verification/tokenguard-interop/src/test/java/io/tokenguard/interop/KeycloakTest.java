package io.tokenguard.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.openid.connect.sdk.Nonce;
import io.tokenguard.access.RefusalReason;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of real Keycloaks: an issuer and an audience are all that has to be set. */
@ParameterizedClass
@ValueSource(strings = {"26.7.3", "26.4.7"})
class KeycloakTest {
    private static final String USER = "alice";
    private static final String PASSWORD = "wonderland";
    private static final Map<String, String> LEAST = Map.of(
            "tokenguard.routes.all", "/** authenticated",
            "tokenguard.routes.customers", "/customers role customer",
            "tokenguard.routes.silver", "/silver acr silver",
            "tokenguard.routes.gold", "/gold acr gold",
            "tokenguard.routes.recent", "/recent max-age 300",
            "tokenguard.logout.audiences", "shop-client");
    private static final Map<String, String> BY_CLIENT_ROLES = Map.of(
            "tokenguard.roles-claim", "realm_access.roles, /resource_access/*/roles",
            "tokenguard.routes.admin", "/admin role \"orders-api:Order Admin\"",
            "tokenguard.routes.others", "/others role \"account:Order Admin\"");
    private static final Map<String, String> BY_PROOF = Map.of(
            "tokenguard.dpop.mode",
            "required",
            "tokenguard.dpop.nonce",
            "required",
            "tokenguard.routes.all",
            "/** dpop");

    private static final Map<String, String> BY_ANSWER = Map.of(
            "tokenguard.introspection.client-id", "orders-api",
            "tokenguard.introspection.client-secret", "orders-api-secret",
            "tokenguard.introspection.mode", "always",
            "tokenguard.routes.all", "/** role customer");

    private static KeycloakServer server;
    private static KeycloakClient shop;
    private static KeycloakApi api;

    @Parameter
    String version;

    @BeforeParameterizedClassInvocation
    static void start(String version) throws Exception {
        server = KeycloakServer.ofRelease(version);
        shop = new KeycloakClient(server, "shop-client");
        api = new KeycloakApi(server.issuer(), LEAST);
        server.start(api.resolve("/logout"));
        assertThat(api.awaitReady()).isTrue();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        server.close();
        api.close();
    }

    private static BearerAccessToken token() throws Exception {
        return shop.accessTokenOf(USER, PASSWORD);
    }

    @Test
    void acceptsTheTokenOfAUserByIssuerAndAudienceAlone() throws Exception {
        HTTPResponse response = api.get("/me", token());
        assertThat(response.getStatusCode()).as("%s", api.lastRefusal()).isEqualTo(200);
        assertThat(response.getBody().strip()).isEqualTo("USER shop-client None");
        assertThat(api.get("/customers", token()).getStatusCode()).isEqualTo(200);
    }

    @Test
    void acceptsTheTokenOfAClientItself() throws Exception {
        HTTPResponse response = api.get("/me", shop.ownAccessToken());
        assertThat(response.getStatusCode()).as("%s", api.lastRefusal()).isEqualTo(200);
        assertThat(response.getBody().strip()).isEqualTo("CLIENT shop-client None");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id_token", "refresh_token"})
    void refusesItsOtherTokens(String kind) throws Exception {
        BearerAccessToken other =
                new BearerAccessToken((String) shop.login(USER, PASSWORD).get(kind));
        assertThat(api.get("/me", other).getStatusCode()).isEqualTo(401);
    }

    @Test
    void grantsByTheRolesOfTheRightClient() throws Exception {
        try (KeycloakApi byRoles = new KeycloakApi(server.issuer(), BY_CLIENT_ROLES)) {
            assertThat(byRoles.get("/admin", token()).getStatusCode()).isEqualTo(200);
            assertThat(byRoles.get("/others", token()).getStatusCode()).isEqualTo(403);
            assertThat(byRoles.get("/admin", shop.ownAccessToken()).getStatusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void acceptsBoundTokensWithProofsThatAnswerWithANonce() throws Exception {
        NimbusClient client = NimbusClient.with(JWSAlgorithm.ES256);
        SignedJWT request = client.proof("POST", server.tokenEndpoint());
        DPoPAccessToken bound =
                new DPoPAccessToken((String) shop.login(USER, PASSWORD, request).get("access_token"));
        try (KeycloakApi byProof = new KeycloakApi(server.issuer(), BY_PROOF)) {
            URI me = byProof.resolve("/me");
            HTTPResponse asked = byProof.get("/me", bound, client.proof(me, bound));
            assertThat(asked.getStatusCode()).isEqualTo(401);
            assertThat(byProof.lastRefusal()).contains(RefusalReason.NONCE_REQUIRED);
            Nonce nonce = new Nonce(asked.getHeaderValue("DPoP-Nonce"));
            HTTPResponse answered = byProof.get("/me", bound, client.proof(me, bound, nonce));
            assertThat(answered.getStatusCode()).as("%s", byProof.lastRefusal()).isEqualTo(200);
            assertThat(answered.getBody().strip()).isEqualTo("USER shop-client DpopKey");
            assertThat(api.get("/me", new BearerAccessToken(bound.getValue())).getStatusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void refusesTheTokensOfASessionThatAnOperatorHasEnded() throws Exception {
        BearerAccessToken ended = token();
        BearerAccessToken other = token();
        assertThat(api.get("/me", ended).getStatusCode()).isEqualTo(200);
        BearerAccessToken operator = new KeycloakClient(server, "bank-client").accessTokenOf("operator", "backstage");
        String session = SignedJWT.parse(ended.getValue()).getJWTClaimsSet().getStringClaim("sid");
        assertThat(shop.endSession(session, operator)).isEqualTo(204);
        assertThat(api.get("/me", ended).getStatusCode()).isEqualTo(401);
        assertThat(api.lastRefusal()).contains(RefusalReason.REVOKED);
        assertThat(api.get("/me", other).getStatusCode()).isEqualTo(200);
    }

    private static BearerAccessToken lightweightToken() throws Exception {
        return new KeycloakClient(server, "light-client").accessTokenOf(USER, PASSWORD);
    }

    @Test
    void introspectsLightweightTokensWhichHaveNeitherAudienceNorSubject() throws Exception {
        BearerAccessToken light = lightweightToken();
        assertThat(api.get("/me", light).getStatusCode()).isEqualTo(401);
        try (KeycloakApi byAnswer = new KeycloakApi(server.issuer(), BY_ANSWER)) {
            HTTPResponse response = byAnswer.get("/me", light);
            assertThat(response.getStatusCode())
                    .as("%s", byAnswer.lastRefusal())
                    .isEqualTo(200);
            assertThat(response.getBody().strip()).isEqualTo("USER light-client None");
        }
    }

    // Keycloak 26.6.2 and later answer only a client that is in the token's audience
    @Test
    void getsNoAnswerForAClientThatIsNotInTheAudience() throws Exception {
        Map<String, String> byAnother = new HashMap<>(BY_ANSWER);
        byAnother.put("tokenguard.introspection.client-id", "bank-client");
        byAnother.put("tokenguard.introspection.client-secret", "bank-client-secret");
        try (KeycloakApi byAnswer = new KeycloakApi(server.issuer(), byAnother)) {
            int status = byAnswer.get("/me", lightweightToken()).getStatusCode();
            assertThat(status).isEqualTo(version.equals("26.4.7") ? 200 : 401);
        }
    }

    @Test
    void saysTheSameOfTokensThatAreOnlyIntrospected() throws Exception {
        Map<String, String> opaque = Map.of(
                "tokenguard.introspection.uri", server.tokenEndpoint() + "/introspect",
                "tokenguard.introspection.client-id", "orders-api",
                "tokenguard.introspection.client-secret", "orders-api-secret",
                "tokenguard.routes.all", "/** authenticated");
        try (KeycloakApi introspecting = new KeycloakApi(server.issuer(), opaque)) {
            for (BearerAccessToken token : List.of(token(), shop.ownAccessToken())) {
                HTTPResponse response = introspecting.get("/me", token);
                assertThat(response.getStatusCode())
                        .as("%s", introspecting.lastRefusal())
                        .isEqualTo(200);
                assertThat(response.getBody()).isEqualTo(api.get("/me", token).getBody());
            }
        }
    }

    // RFC 9470 §3
    @Test
    void asksForAStrongerAuthentication() throws Exception {
        BearerAccessToken silver = token();
        assertThat(api.get("/silver", silver).getStatusCode()).isEqualTo(200);
        HTTPResponse refused = api.get("/gold", silver);
        assertThat(refused.getStatusCode()).isEqualTo(401);
        assertThat(String.join(", ", refused.getHeaderValues("WWW-Authenticate")))
                .contains("error=\"insufficient_user_authentication\"", "acr_values=\"gold\"");
        BearerAccessToken gold = new KeycloakClient(server, "bank-client").accessTokenOf(USER, PASSWORD);
        assertThat(api.get("/gold", gold).getStatusCode()).isEqualTo(200);
    }

    // RFC 9470 §3: a token that does not say when the user has logged in is too old
    @Test
    void asksForARecentAuthentication() throws Exception {
        HTTPResponse refused = api.get("/recent", token());
        assertThat(refused.getStatusCode()).isEqualTo(401);
        assertThat(String.join(", ", refused.getHeaderValues("WWW-Authenticate")))
                .contains("error=\"insufficient_user_authentication\"", "max_age=\"300\"");
        assertThat(api.get("/recent", shop.accessTokenByBrowser(USER, PASSWORD)).getStatusCode())
                .isEqualTo(200);
    }
}
