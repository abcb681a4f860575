package io.tokenguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryTest {
    private final Web web = new Web();

    @Nested
    class Places {

        @ParameterizedTest
        @CsvSource({
            "'', /.well-known/openid-configuration",
            "/, /.well-known/openid-configuration",
            "/realms/demo, /realms/demo/.well-known/openid-configuration",
            "/realms/demo/, /realms/demo/.well-known/openid-configuration"
        })
        void oidcDiscovery4AppendsToTheIssuerWithoutItsLastSlash(String path, String expected) throws Exception {
            try (TestIssuer issuer = startedAt(path)) {
                assertThat(issuer.oidcDiscoveryUri().getPath()).isEqualTo(expected);
                assertThat(web.json(issuer.oidcDiscoveryUri())).containsEntry("issuer", issuer.issuer());
            }
        }

        @ParameterizedTest
        @CsvSource({
            "'', /.well-known/oauth-authorization-server",
            "/, /.well-known/oauth-authorization-server",
            "/realms/demo, /.well-known/oauth-authorization-server/realms/demo",
            "/realms/demo/, /.well-known/oauth-authorization-server/realms/demo"
        })
        void rfc8414Section31InsertsBetweenHostAndPath(String path, String expected) throws Exception {
            try (TestIssuer issuer = startedAt(path)) {
                assertThat(issuer.oauthDiscoveryUri().getPath()).isEqualTo(expected);
                assertThat(web.json(issuer.oauthDiscoveryUri())).containsEntry("issuer", issuer.issuer());
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "/", "/realms/demo", "/realms/demo/"})
        void theIssuerKeepsItsPathAsGiven(String path) {
            try (TestIssuer issuer = startedAt(path)) {
                assertThat(issuer.issuer())
                        .isEqualTo("http://127.0.0.1:" + issuer.jwksUri().getPort() + path);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"realms", "//", "/a//b", "/a?b", "/a#b", "/a b", "/%41", "http://x/"})
        void aPathThatIsNoneIsRefused(String path) {
            assertThatThrownBy(() -> TestIssuer.builder().path(path)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void theOtherWellKnownPlacesOfAnIssuerWithAPathAreEmpty() throws Exception {
            try (TestIssuer issuer = startedAt("/realms/demo")) {
                assertThat(statusOf(issuer, "/.well-known/openid-configuration/realms/demo"))
                        .isEqualTo(404);
                assertThat(statusOf(issuer, "/realms/demo/.well-known/oauth-authorization-server"))
                        .isEqualTo(404);
                assertThat(statusOf(issuer, "/.well-known/openid-configuration"))
                        .isEqualTo(404);
            }
        }
    }

    @Nested
    class Documents {

        @Test
        void oidcMetadataHasWhatTheStandardRequiresToo() throws Exception {
            try (TestIssuer issuer = startedAt("")) {
                assertThat(web.json(issuer.oidcDiscoveryUri()))
                        .containsAllEntriesOf(web.json(issuer.oauthDiscoveryUri()))
                        .containsEntry("subject_types_supported", List.of("public"))
                        .containsEntry("id_token_signing_alg_values_supported", List.of("ES256"));
            }
        }

        @Test
        void metadataNamesEveryEndpointAndWhatItSupports() throws Exception {
            try (TestIssuer issuer = startedAt("/realms/demo")) {
                String base = issuer.issuer();
                Map<String, Object> members = web.json(issuer.oauthDiscoveryUri());
                assertThat(members)
                        .containsEntry("issuer", base)
                        .containsEntry("jwks_uri", base + "/jwks")
                        .containsEntry("authorization_endpoint", base + "/authorize")
                        .containsEntry("token_endpoint", base + "/token")
                        .containsEntry("pushed_authorization_request_endpoint", base + "/par")
                        .containsEntry("revocation_endpoint", base + "/revoke")
                        .containsEntry("introspection_endpoint", base + "/introspect")
                        .containsEntry("response_types_supported", List.of("code"))
                        .containsEntry("code_challenge_methods_supported", List.of("S256"))
                        .containsEntry("authorization_response_iss_parameter_supported", true)
                        .containsEntry("request_parameter_supported", true);
                assertThat(members).containsKeys("dpop_signing_alg_values_supported", "grant_types_supported");
            }
        }

        @Test
        void theAlgorithmsFollowTheKeys() throws Exception {
            try (TestIssuer issuer = startedAt("")) {
                issuer.rotateTo(TestAlgorithm.EDDSA);
                issuer.rotateTo(TestAlgorithm.ES256);

                assertThat(web.json(issuer.oidcDiscoveryUri()))
                        .containsEntry("id_token_signing_alg_values_supported", List.of("ES256", "EdDSA"));
            }
        }

        @Test
        void theJwksUriLeadsToTheKeySet() throws Exception {
            try (TestIssuer issuer = startedAt("/realms/demo")) {
                URI jwks =
                        URI.create((String) web.json(issuer.oidcDiscoveryUri()).get("jwks_uri"));

                assertThat(web.get(jwks).body()).isEqualTo(issuer.jwksJson());
            }
        }

        @Test
        void aLieStartsFromTheHonestMembers() throws Exception {
            try (TestIssuer issuer = startedAt("")) {
                Map<String, Object> members = issuer.discoveryMembers(TestEndpoint.OIDC_DISCOVERY);
                assertThat(TestJson.write(members))
                        .isEqualTo(web.get(issuer.oidcDiscoveryUri()).body());

                members.put("issuer", "https://evil.example");
                issuer.on(TestEndpoint.OIDC_DISCOVERY).answer(Fault.body(TestJson.write(members)));

                assertThat(web.json(issuer.oidcDiscoveryUri())).containsEntry("issuer", "https://evil.example");
                assertThat(web.json(issuer.oauthDiscoveryUri())).containsEntry("issuer", issuer.issuer());
            }
        }

        @Test
        void theKeySetHasNoDiscoveryMembers() {
            try (TestIssuer issuer = startedAt("")) {
                assertThatThrownBy(() -> issuer.discoveryMembers(TestEndpoint.JWKS))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Nested
    class Http {

        @ParameterizedTest
        @EnumSource(names = {"JWKS", "OIDC_DISCOVERY", "OAUTH_DISCOVERY", "STATUS_LIST"})
        void headHasTheHeadersOfGetAndNoBody(TestEndpoint endpoint) throws Exception {
            try (TestIssuer issuer = startedAt("")) {
                HttpResponse<String> get = web.get(issuer.uri(endpoint));
                HttpResponse<String> head = web.send("HEAD", issuer.uri(endpoint));

                assertThat(head.statusCode()).isEqualTo(200);
                assertThat(head.body()).isEmpty();
                assertThat(head.headers().firstValue("Content-Length"))
                        .hasValue(Integer.toString(get.body().length()));
                assertThat(head.headers().firstValue("Content-Type"))
                        .isPresent()
                        .isEqualTo(get.headers().firstValue("Content-Type"));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
        void otherMethodsAreNotAllowed(String method) throws Exception {
            try (TestIssuer issuer = startedAt("")) {
                HttpResponse<String> answer = web.send(method, issuer.jwksUri());

                assertThat(answer.statusCode()).isEqualTo(405);
                assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"/", "/jwks/", "/jwks/more", "/JWKS", "/%6awks", "/tokens"})
        void otherPathsAreNotFound(String path) throws Exception {
            try (TestIssuer issuer = startedAt("")) {
                assertThat(statusOf(issuer, path)).isEqualTo(404);
            }
        }

        @ParameterizedTest
        @EnumSource(names = {"OIDC_DISCOVERY", "OAUTH_DISCOVERY"})
        void metadataIsJson(TestEndpoint endpoint) throws Exception {
            try (TestIssuer issuer = startedAt("")) {
                assertThat(web.get(issuer.uri(endpoint)).headers().allValues("Content-Type"))
                        .containsExactly("application/json");
            }
        }
    }

    private int statusOf(TestIssuer issuer, String path) throws Exception {
        return web.get(issuer.jwksUri().resolve(path)).statusCode();
    }

    private static TestIssuer startedAt(String path) {
        return TestIssuer.builder().keys(KnownKeys.EC).path(path).start();
    }
}
