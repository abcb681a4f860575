package io.tokenguard.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the metadata say about the endpoints where clients get tokens (RFC 8414 §2, RFC 9126 §5, RFC 9101 §10.5, RFC 9449 §5.1). */
final class GrantMetadata {
    private static final List<String> AUTHENTICATION = List.of("client_secret_basic", "client_secret_post", "none");

    private static final List<String> GRANTS = List.of(
            "authorization_code",
            "client_credentials",
            "refresh_token",
            "urn:ietf:params:oauth:grant-type:token-exchange");

    private GrantMetadata() {}

    static Map<String, Object> members(IssuerAddress address) {
        Map<String, Object> members = new LinkedHashMap<>();
        put(members, "authorization_endpoint", address, TestEndpoint.AUTHORIZATION);
        put(members, "token_endpoint", address, TestEndpoint.TOKEN);
        put(members, "pushed_authorization_request_endpoint", address, TestEndpoint.PUSHED_AUTHORIZATION);
        put(members, "revocation_endpoint", address, TestEndpoint.REVOCATION);
        put(members, "introspection_endpoint", address, TestEndpoint.INTROSPECTION);
        members.put("response_types_supported", List.of("code"));
        members.put("response_modes_supported", List.of("query"));
        members.put("grant_types_supported", GRANTS);
        members.put("code_challenge_methods_supported", List.of("S256"));
        members.put("token_endpoint_auth_methods_supported", AUTHENTICATION);
        members.put("revocation_endpoint_auth_methods_supported", AUTHENTICATION);
        members.put("authorization_response_iss_parameter_supported", true);
        members.put("request_parameter_supported", true);
        members.put("request_uri_parameter_supported", false);
        members.put("request_object_signing_alg_values_supported", SignedJson.ALGORITHMS);
        members.put("dpop_signing_alg_values_supported", SignedJson.ALGORITHMS);
        return members;
    }

    private static void put(Map<String, Object> members, String name, IssuerAddress address, TestEndpoint endpoint) {
        members.put(name, address.uriOf(endpoint).toString());
    }
}
