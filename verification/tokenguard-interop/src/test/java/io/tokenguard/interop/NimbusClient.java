package io.tokenguard.interop;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.dpop.DPoPProofFactory;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.oauth2.sdk.token.Tokens;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A client with a key, all of whose requests and proofs are made by Nimbus' SDK. */
final class NimbusClient {
    private final JWK key;
    private final DPoPProofFactory proofs;

    private NimbusClient(JWK key, JWSAlgorithm algorithm) throws JOSEException {
        this.key = key;
        this.proofs = new DefaultDPoPProofFactory(key, algorithm);
    }

    static NimbusClient with(JWSAlgorithm algorithm) throws JOSEException {
        JWK key = JWSAlgorithm.Family.EC.contains(algorithm)
                ? new ECKeyGenerator(Curve.forJWSAlgorithm(algorithm).iterator().next()).generate()
                : new RSAKeyGenerator(2048).generate();
        return new NimbusClient(key, algorithm);
    }

    /** The SHA-256 thumbprint of the key, in base64url (RFC 7638). */
    String thumbprint() throws JOSEException {
        return key.computeThumbprint().toString();
    }

    DPoPAccessToken boundToken(SpringServer server) throws Exception {
        HTTPRequest request = tokenRequest(server);
        request.setDPoP(proofs.createDPoPJWT("POST", server.tokenEndpoint()));
        return tokens(request).getDPoPAccessToken();
    }

    static BearerAccessToken bearerToken(SpringServer server) throws Exception {
        return tokens(tokenRequest(server)).getBearerAccessToken();
    }

    private static HTTPRequest tokenRequest(SpringServer server) {
        return new TokenRequest.Builder(
                        server.tokenEndpoint(),
                        new ClientSecretBasic(new ClientID(SpringServer.CLIENT), new Secret(SpringServer.SECRET)),
                        new ClientCredentialsGrant())
                .scope(new Scope(SpringServer.SCOPE))
                .build()
                .toHTTPRequest();
    }

    private static Tokens tokens(HTTPRequest request) throws IOException, ParseException {
        return TokenResponse.parse(request.send()).toSuccessResponse().getTokens();
    }

    /** A proof for a token request. */
    SignedJWT proof(String method, URI target) throws JOSEException {
        return proofs.createDPoPJWT(method, target);
    }

    SignedJWT proof(URI target, AccessToken token) throws JOSEException {
        return proofs.createDPoPJWT("GET", target, token);
    }

    SignedJWT proof(URI target, AccessToken token, Nonce nonce) throws JOSEException {
        return proofs.createDPoPJWT("GET", target, token, nonce);
    }

    /**
     * Asks a resource.
     *
     * @param proof null to send none
     */
    static HTTPResponse get(URI target, AccessToken token, @Nullable SignedJWT proof) throws IOException {
        HTTPRequest request = new HTTPRequest(HTTPRequest.Method.GET, target);
        request.setAuthorization(token.toAuthorizationHeader());
        if (proof != null) {
            request.setDPoP(proof);
        }
        return request.send();
    }
}
