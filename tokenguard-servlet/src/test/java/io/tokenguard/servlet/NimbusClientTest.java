package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.oauth2.sdk.dpop.DPoPProofFactory;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.openid.connect.sdk.Nonce;
import io.tokenguard.config.Dpop;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Proofs of a client that nobody here has written, over its own HTTP: Nimbus' OAuth 2.0 SDK. */
@OnEveryContainer
class NimbusClientTest {
    private static final URI PUBLIC = URI.create("https://api.example.com");

    @Parameter
    Container container;

    private Site site(Dpop dpop) throws Exception {
        return new Application("/me authenticated")
                .built(guard -> guard.resource(PUBLIC).dpop(dpop))
                .servlet(Page::identity, "/me")
                .on(container);
    }

    private static String token(Site site, JWK key) throws Exception {
        return site.issuer()
                .token()
                .claim("cnf", Map.of("jkt", key.computeThumbprint().toString()))
                .sign();
    }

    private static HTTPResponse get(Site site, String token, DPoPProofFactory proofs, Nonce nonce) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + site.server().port() + "/me");
        HTTPRequest request = new HTTPRequest(HTTPRequest.Method.GET, address);
        request.setAuthorization(new DPoPAccessToken(token).toAuthorizationHeader());
        request.setDPoP(proofs.createDPoPJWT("GET", PUBLIC.resolve("/me"), new DPoPAccessToken(token), nonce));
        return request.send();
    }

    @Test
    void isServedWithAKeyOfAnEllipticCurve() throws Exception {
        try (Site site = site(Dpop.required())) {
            JWK key = new ECKeyGenerator(Curve.P_256).generate();
            DPoPProofFactory proofs = new DefaultDPoPProofFactory(key, JWSAlgorithm.ES256);
            assertThat(get(site, token(site, key), proofs, null).getBody()).contains("auth=DPoP", "principal=alice");
        }
    }

    @Test
    void isServedWithAnRsaKey() throws Exception {
        try (Site site = site(Dpop.supported())) {
            JWK key = new RSAKeyGenerator(2048).generate();
            DPoPProofFactory proofs = new DefaultDPoPProofFactory(key, JWSAlgorithm.PS256);
            assertThat(get(site, token(site, key), proofs, null).getStatusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void readsTheNonceThatItIsAskedFor() throws Exception {
        try (Site site = site(Dpop.supported().askForNonces())) {
            JWK key = new ECKeyGenerator(Curve.P_256).generate();
            DPoPProofFactory proofs = new DefaultDPoPProofFactory(key, JWSAlgorithm.ES256);
            HTTPResponse asked = get(site, token(site, key), proofs, null);
            assertThat(asked.getStatusCode()).isEqualTo(401);
            assertThat(asked.getDPoPNonce()).isNotNull();
            assertThat(get(site, token(site, key), proofs, asked.getDPoPNonce()).getStatusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void isRefusedWithAnotherKey() throws Exception {
        try (Site site = site(Dpop.supported())) {
            JWK key = new ECKeyGenerator(Curve.P_256).generate();
            DPoPProofFactory thief =
                    new DefaultDPoPProofFactory(new ECKeyGenerator(Curve.P_256).generate(), JWSAlgorithm.ES256);
            assertThat(get(site, token(site, key), thief, null).getStatusCode()).isEqualTo(401);
        }
    }
}
