package io.tokenguard.internal.introspection;

import io.tokenguard.internal.jose.AssertionSigner;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Authenticates this API to the introspection endpoint (RFC 7662 §2.1). Thread-safe. */
@FunctionalInterface
public interface ClientAuthenticator {
    /** Adds the credentials to a request and its parameters. */
    void add(HttpRequest.Builder request, FormBody form);

    /** RFC 6749 §2.3.1: both are encoded as in forms before they are joined. */
    static ClientAuthenticator basic(String clientId, String secret) {
        String pair = FormBody.encode(clientId) + ":" + FormBody.encode(secret);
        String field = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
        return (request, form) -> request.header("Authorization", field);
    }

    /** RFC 6749 §2.3.1: in the body. */
    static ClientAuthenticator post(String clientId, String secret) {
        return (request, form) -> form.with("client_id", clientId).with("client_secret", secret);
    }

    /** RFC 8705 §2: the certificate of the connection, and the client ID in the body. */
    static ClientAuthenticator certificate(String clientId) {
        return (request, form) -> form.with("client_id", clientId);
    }

    /** RFC 7662 §2.1: an access token of this API. */
    static ClientAuthenticator bearer(String token) {
        return (request, form) -> request.header("Authorization", "Bearer " + token);
    }

    /**
     * RFC 7523 §2.2, §3: an assertion, made for each call and valid for a minute.
     *
     * @param audience its audience
     */
    static ClientAuthenticator assertion(String clientId, String audience, AssertionSigner signer, Clock clock) {
        return (request, form) -> {
            long now = clock.instant().getEpochSecond();
            Map<String, Object> claims = new LinkedHashMap<>();
            claims.put("iss", clientId);
            claims.put("sub", clientId);
            claims.put("aud", audience);
            claims.put("iat", now);
            claims.put("exp", now + 60);
            claims.put("jti", UUID.randomUUID().toString());
            form.with("client_id", clientId)
                    .with("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                    .with("client_assertion", signer.sign(claims));
        };
    }
}
