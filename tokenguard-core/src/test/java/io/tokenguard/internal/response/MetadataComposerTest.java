package io.tokenguard.internal.response;

import static io.tokenguard.access.AccessRequirement.acr;
import static io.tokenguard.access.AccessRequirement.anyScope;
import static io.tokenguard.access.AccessRequirement.bound;
import static io.tokenguard.access.AccessRequirement.denied;
import static io.tokenguard.access.AccessRequirement.detail;
import static io.tokenguard.access.AccessRequirement.open;
import static io.tokenguard.access.AccessRequirement.role;
import static io.tokenguard.access.AccessRequirement.scope;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Confirmation.Binding;
import io.tokenguard.access.ResourceMetadata;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9728 §2 and §3, to the letter. */
class MetadataComposerTest {
    private static final String START =
            "{\"resource\":\"https://api.example\",\"authorization_servers\":[\"https://a\"]";
    private static final String HEADER = ",\"bearer_methods_supported\":[\"header\"]";
    private static final AccessRequirement DPOP = bound(Binding.DPOP);

    private static String document(AccessRequirement... requirements) {
        return compose("https://api.example", Optional.empty(), requirements).json();
    }

    private static ResourceMetadata compose(String resource, Optional<String> name, AccessRequirement... requirements) {
        var described = new ResourceDescription(
                URI.create(resource), name, Optional.empty(), List.of("https://a"), CertificateOffer.NONE);
        return MetadataComposer.compose(described, List.of(requirements), DpopOffer.NONE);
    }

    @Nested
    class Section2 {
        @Test
        void saysWhatIsTrueAndLeavesOutWhatIsEmpty() {
            assertThat(document()).isEqualTo(START + HEADER + "}");
            assertThat(document(role("r"), acr("gold"), open(), denied())).isEqualTo(START + HEADER + "}");
            var nobody = new ResourceDescription(
                    URI.create("https://api.example"),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    CertificateOffer.NONE);
            assertThat(MetadataComposer.compose(nobody, List.of(), DpopOffer.NONE)
                            .json())
                    .isEqualTo("{\"resource\":\"https://api.example\"" + HEADER + "}");
        }

        @Test
        void namesNameAndDocumentation() {
            var described = new ResourceDescription(
                    URI.create("https://api.example"),
                    Optional.of("Shop"),
                    Optional.of(URI.create("https://docs.example/")),
                    List.of("https://a"),
                    CertificateOffer.NONE);
            assertThat(MetadataComposer.compose(described, List.of(), DpopOffer.NONE)
                            .json())
                    .isEqualTo(START + HEADER
                            + ",\"resource_name\":\"Shop\",\"resource_documentation\":\"https://docs.example/\"}");
        }

        @Test
        void namesEveryScopeOnceInTheOrderOfTheAlphabet() {
            assertThat(document(
                            scope("c", "a"),
                            anyScope("b", "a"),
                            role("r").or(scope("e").and(role("s"))),
                            scope("d").reportOnly(scope("tried"))))
                    .isEqualTo(START + ",\"scopes_supported\":[\"a\",\"b\",\"c\",\"d\",\"e\"]" + HEADER + "}");
        }

        @Test
        void namesEveryTypeOfDetailOnceInTheOrderOfTheAlphabet() {
            assertThat(document(detail("b").and(detail("a", "x")), detail("b", "y")))
                    .isEqualTo(START + HEADER + ",\"authorization_details_types_supported\":[\"a\",\"b\"]}");
        }

        @Test
        void demandsDpopWhereWhateverDemandsATokenDoes() {
            String demanded = ",\"dpop_bound_access_tokens_required\":true}";
            assertThat(document(DPOP)).endsWith(HEADER + demanded);
            assertThat(document(open(), DPOP, denied(), role("r").and(DPOP))).endsWith(demanded);
            assertThat(document(DPOP.and(role("r")).or(DPOP.and(role("s"))))).endsWith(demanded);
            assertThat(document(DPOP.reportOnly(role("r")))).endsWith(demanded);
            assertThat(List.of(
                            document(DPOP, role("r")),
                            document(DPOP.or(role("r"))),
                            document(role("r").and(role("s"))),
                            document(bound()),
                            document(bound(Binding.MTLS)),
                            document(role("r").reportOnly(DPOP)),
                            document(AccessRequirement.authenticated()),
                            document(open(), denied())))
                    .allSatisfy(json -> assertThat(json).endsWith(HEADER + "}"));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "Café | Caf\\u00e9",
                    "a\"b\\c | a\\\"b\\\\c",
                    "a\tb | a\\u0009b",
                    "a\u001Fb | a\\u001fb",
                    "a b | a b",
                    "/ | /"
                })
        void writesTextsAsJson(String name, String written) {
            assertThat(compose("https://api.example", Optional.of(name)).json())
                    .endsWith(",\"resource_name\":\"" + written + "\"}");
        }
    }

    @Nested
    class Section3 {
        @ParameterizedTest
        @CsvSource({
            "https://api.example, /.well-known/oauth-protected-resource",
            "https://api.example/, /.well-known/oauth-protected-resource",
            "https://api.example/shop, /.well-known/oauth-protected-resource/shop",
            "https://api.example/shop/, /.well-known/oauth-protected-resource/shop/"
        })
        void putsTheWellKnownPathBetweenHostAndPath(String resource, String path) {
            ResourceMetadata metadata = compose(resource, Optional.empty());
            assertThat(metadata.address()).isEqualTo(URI.create("https://api.example" + path));
            assertThat(metadata.json()).startsWith("{\"resource\":\"" + resource + "\"");
        }
    }

    /** RFC 9728 §2: what is demanded of every token is said, with what may sign a proof. */
    @Test
    void saysThatEveryTokenHasToBeBound() {
        var described = new ResourceDescription(
                URI.create("https://api.example"),
                Optional.empty(),
                Optional.empty(),
                List.of("https://a"),
                CertificateOffer.NONE);
        DpopOffer required = new DpopOffer(true, false, List.of("ES256", "EdDSA"), false);
        assertThat(MetadataComposer.compose(described, List.of(), required).json())
                .contains("\"dpop_signing_alg_values_supported\":[\"ES256\",\"EdDSA\"]")
                .contains("\"dpop_bound_access_tokens_required\":true");
    }
}
