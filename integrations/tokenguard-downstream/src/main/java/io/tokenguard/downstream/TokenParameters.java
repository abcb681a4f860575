package io.tokenguard.downstream;

import io.tokenguard.config.Destination.TokenRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The parameters of token requests. */
final class TokenParameters {
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

    private TokenParameters() {}

    /** RFC 6749 §4.4.2. */
    static Map<String, String> clientCredentials(TokenRequest request) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("grant_type", "client_credentials");
        addTarget(parameters, request);
        return parameters;
    }

    /**
     * RFC 8693 §2.1.
     *
     * @param subject the token of the caller
     * @param actor the token of this API; empty if it is not named
     */
    static Map<String, String> exchange(TokenRequest request, String subject, Optional<String> actor) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        parameters.put("subject_token", subject);
        parameters.put("subject_token_type", ACCESS_TOKEN);
        parameters.put("requested_token_type", request.type().uri());
        addTarget(parameters, request);
        actor.ifPresent(token -> {
            parameters.put("actor_token", token);
            parameters.put("actor_token_type", ACCESS_TOKEN);
        });
        return parameters;
    }

    private static void addTarget(Map<String, String> parameters, TokenRequest request) {
        request.target().audience().ifPresent(audience -> parameters.put("audience", audience));
        request.target().resource().ifPresent(resource -> parameters.put("resource", resource.toString()));
        if (!request.target().scope().isEmpty()) {
            parameters.put("scope", request.target().scope());
        }
    }
}
