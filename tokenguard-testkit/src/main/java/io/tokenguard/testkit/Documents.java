package io.tokenguard.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The documents an honest issuer serves. Thread-safe. */
final class Documents {
    private final IssuerAddress address;
    private final KeyRing keys;
    private final Supplier<TokenBuilder> statusList;
    private volatile @Nullable String jwksCacheControl;

    Documents(IssuerAddress address, KeyRing keys, Supplier<TokenBuilder> statusList) {
        this.statusList = statusList;
        this.address = address;
        this.keys = keys;
    }

    void jwksCacheControl(@Nullable String headerValue) {
        jwksCacheControl = headerValue;
    }

    HonestAnswer answer(TestEndpoint endpoint) {
        return switch (endpoint) {
            case JWKS -> keySet();
            case STATUS_LIST ->
                new HonestAnswer(
                        Map.of("Content-Type", "application/statuslist+jwt"),
                        statusList.get().sign());
            case OIDC_DISCOVERY, OAUTH_DISCOVERY -> metadata(endpoint);
            case INTROSPECTION, AUTHORIZATION, TOKEN, PUSHED_AUTHORIZATION, REVOCATION ->
                throw new IllegalArgumentException(endpoint + " is no document");
        };
    }

    /** Only what is really served, and members that the specifications require although nothing serves them. */
    Map<String, Object> metadataMembers(TestEndpoint endpoint) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("issuer", address.issuer());
        members.put("jwks_uri", address.uriOf(TestEndpoint.JWKS).toString());
        members.putAll(GrantMetadata.members(address));
        if (endpoint == TestEndpoint.OIDC_DISCOVERY) {
            members.put("subject_types_supported", List.of("public"));
            members.put("id_token_signing_alg_values_supported", algorithms());
        }
        return members;
    }

    private HonestAnswer keySet() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/jwk-set+json");
        String cacheControl = jwksCacheControl;
        if (cacheControl != null) {
            headers.put("Cache-Control", cacheControl);
        }
        return new HonestAnswer(headers, keys.document());
    }

    private HonestAnswer metadata(TestEndpoint endpoint) {
        return new HonestAnswer(Map.of("Content-Type", "application/json"), TestJson.write(metadataMembers(endpoint)));
    }

    /** The current key counts even after it was withdrawn: something has to be named here. */
    private List<String> algorithms() {
        return Stream.concat(Stream.of(keys.current()), keys.published().stream())
                .map(key -> key.algorithm().joseName())
                .distinct()
                .toList();
    }
}
