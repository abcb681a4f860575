package io.tokenguard;

import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Confirmation.Binding;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.ResourceMetadata;
import io.tokenguard.access.Route;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9728, in its order, as far as it speaks of resource servers. */
class ResourceMetadataTest {
    private static TokenGuardBuilder guard(String resource) {
        return TokenGuard.builder().issuer(issuer("https://issuer.example")).resource(URI.create(resource));
    }

    private static TrustedIssuer issuer(String name) {
        return TrustedIssuer.builder(name)
                .audience("api")
                .keysFrom((keyId, algorithm) -> {
                    throw new io.tokenguard.access.RefusedException(RefusalReason.KEY_UNKNOWN);
                })
                .build();
    }

    private static JsonNode document(TokenGuardBuilder settings, AccessRequirement... further)
            throws JsonProcessingException {
        try (TokenGuard guard = settings.build()) {
            return new ObjectMapper()
                    .readTree(guard.resourceMetadata(List.of(further))
                            .orElseThrow()
                            .json());
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.textValue()));
        return texts;
    }

    @Nested
    class Section2 {
        @Test
        void saysWhatTheConfigurationSays() throws Exception {
            JsonNode document = document(guard("https://api.example/shop")
                    .resourceName("The \"Shop\" \\\n\u0001 Café")
                    .resourceDocumentation(URI.create("https://docs.example/shop")));
            assertThat(document.get("resource").textValue()).isEqualTo("https://api.example/shop");
            assertThat(texts(document.get("authorization_servers"))).containsExactly("https://issuer.example");
            assertThat(texts(document.get("bearer_methods_supported"))).containsExactly("header");
            assertThat(document.get("resource_name").textValue()).isEqualTo("The \"Shop\" \\\n\u0001 Café");
            assertThat(document.get("resource_documentation").textValue()).isEqualTo("https://docs.example/shop");
        }

        @Test
        void namesEveryScopeAndDetailThatTheRoutesOrAnAdapterDemand() throws Exception {
            JsonNode document = document(
                    guard("https://api.example")
                            .route("/a scope b,a any-scope c,d or role x scope e")
                            .route("/b scope a report-only scope tried")
                            .routes(Route.of("/c", AccessRequirement.detail("payment"))),
                    AccessRequirement.scope("from-adapter"));
            assertThat(texts(document.get("scopes_supported")))
                    .containsExactly("a", "b", "c", "d", "e", "from-adapter");
            assertThat(texts(document.get("authorization_details_types_supported")))
                    .containsExactly("payment");
        }

        @Test
        void namesEveryIssuerThatIsAnAddress() throws Exception {
            assertThat(texts(document(guard("https://api.example")
                                    .issuer(issuer("https://second.example"))
                                    .issuer(issuer("a name"))
                                    .issuer(TrustedIssuer.builder("https://login.example/*")
                                            .audience("api")
                                            .build()))
                            .get("authorization_servers")))
                    .containsExactly("https://issuer.example", "https://second.example");
        }

        @Test
        void demandsDpopOnlyWhereEveryRouteDoes() throws Exception {
            String name = "dpop_bound_access_tokens_required";
            AccessRequirement dpop = AccessRequirement.bound(Binding.DPOP);
            assertThat(document(
                                    guard("https://api.example")
                                            .route("/a scope a dpop")
                                            .route("/b public"),
                                    dpop)
                            .get(name)
                            .booleanValue())
                    .isTrue();
            assertThat(document(guard("https://api.example").route("/a dpop or scope a"), dpop)
                            .has(name))
                    .isFalse();
            assertThat(document(guard("https://api.example").route("/a bound"), dpop)
                            .has(name))
                    .isFalse();
            assertThat(document(guard("https://api.example").route("/a dpop").route("/b scope a"))
                            .has(name))
                    .isFalse();
            assertThat(document(guard("https://api.example").route("/b public")).has(name))
                    .isFalse();
        }

        @Test
        void sendsDevelopersToNoAddressThatIsNotSafe() {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> guard("https://api.example")
                            .resourceDocumentation(URI.create("javascript:alert(1)"))
                            .build())
                    .satisfies(wrong -> assertThat(wrong.key()).isEqualTo("tokenguard.resource.documentation"));
        }

        @Test
        void claimsNothingThatIsNotDone() throws Exception {
            assertThat(document(guard("https://api.example").route("/a scope a"))
                            .fieldNames())
                    .toIterable()
                    .containsExactly(
                            "resource", "authorization_servers", "scopes_supported", "bearer_methods_supported");
        }
    }

    @Nested
    class Section3 {
        @ParameterizedTest
        @CsvSource({
            "https://api.example, https://api.example/.well-known/oauth-protected-resource",
            "https://api.example/, https://api.example/.well-known/oauth-protected-resource",
            "https://api.example/shop, https://api.example/.well-known/oauth-protected-resource/shop",
            "https://api.example:8443/a/b/, https://api.example:8443/.well-known/oauth-protected-resource/a/b/",
            "http://127.0.0.1:8080/mcp, http://127.0.0.1:8080/.well-known/oauth-protected-resource/mcp"
        })
        void insertsTheWellKnownPathBetweenHostAndPath(String resource, URI address) {
            try (TokenGuard guard = guard(resource).build()) {
                assertThat(guard.resourceMetadata().orElseThrow().address()).isEqualTo(address);
            }
        }

        @Test
        void isThereOnlyForAnApiThatKnowsItsAddress() {
            try (TokenGuard guard = TokenGuard.builder()
                    .issuer(issuer("https://issuer.example"))
                    .build()) {
                assertThat(guard.resourceMetadata()).isEmpty();
            }
        }
    }

    @Nested
    class Section31 {
        @ParameterizedTest
        @ValueSource(strings = {"", "/", "/shop", "/shop/"})
        void letsEverybodyReadItWithoutAToken(String suffix) {
            try (TokenGuard guard =
                    guard("https://api.example/shop").route("/** scope a").build()) {
                String path = ResourceMetadata.WELL_KNOWN_PATH + suffix;
                assertThat(guard.resourceMetadata().orElseThrow().isServedAt(path))
                        .isTrue();
                assertThat(reasonOf(guard.decide(
                                IncomingRequest.builder("GET", path).build())))
                        .isNull();
                assertThat(reasonOf(guard.decide(
                                IncomingRequest.builder("HEAD", path).build())))
                        .isNull();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"/Shop", "/shop/x", "/shop.json", "/other"})
        void opensNothingElse(String suffix) {
            try (TokenGuard guard =
                    guard("https://api.example/shop").route("/** scope a").build()) {
                String path = ResourceMetadata.WELL_KNOWN_PATH + suffix;
                assertThat(guard.resourceMetadata().orElseThrow().isServedAt(path))
                        .isFalse();
                assertThat(reasonOf(guard.decide(
                                IncomingRequest.builder("GET", path).build())))
                        .isEqualTo(RefusalReason.NO_CREDENTIALS);
            }
        }

        @Test
        void opensItForReadingOnly() {
            try (TokenGuard guard = guard("https://api.example").build()) {
                assertThat(reasonOf(guard.decide(IncomingRequest.builder("POST", ResourceMetadata.WELL_KNOWN_PATH)
                                .build())))
                        .isEqualTo(RefusalReason.NO_CREDENTIALS);
            }
        }
    }

    @Nested
    class Section33 {
        @Test
        void namesTheVeryResourceIntoWhoseAddressThePathWasInserted() throws Exception {
            for (String resource : List.of("https://api.example", "https://api.example/", "https://api.example/a/")) {
                assertThat(document(guard(resource)).get("resource").textValue())
                        .isEqualTo(resource);
            }
        }
    }

    @Nested
    class Section51 {
        @Test
        void namesTheMetadataInTheChallenge() {
            try (TokenGuard guard =
                    guard("https://api.example/shop").route("/a scope a").build()) {
                var refused = (Decision.Refused)
                        guard.decide(IncomingRequest.builder("GET", "/a").build());
                assertThat(refused.challenge().wwwAuthenticate())
                        .first()
                        .isEqualTo(
                                "Bearer realm=\"api\", scope=\"a\","
                                        + " resource_metadata=\"https://api.example/.well-known/oauth-protected-resource/shop\"");
            }
        }
    }

    /** RFC 9728 §7.3: whoever forges a request to this API makes it speak for no other. */
    @Nested
    class Section73 {
        @Test
        void takesNothingFromTheRequest() {
            try (TokenGuard guard =
                    guard("https://api.example/shop").route("/a scope a").build()) {
                var request = IncomingRequest.builder("GET", "/a")
                        .header("Host", "evil.example")
                        .header("X-Forwarded-Host", "evil.example")
                        .header("Forwarded", "host=evil.example");
                var refused = (Decision.Refused) guard.decide(request.build());
                assertThat(refused.challenge().toString())
                        .doesNotContain("evil")
                        .contains("https://api.example/");
            }
        }
    }
}
