package io.tokenguard.internal.claims;

import static io.tokenguard.internal.Attempt.detailOf;
import static io.tokenguard.internal.Attempt.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7519 §4.1: claims by their types. */
class ClaimReaderTest {
    private static final List<String> PATH = List.of("a", "b", "c");

    private static List<String> textsAtPath(Map<String, Object> claims) throws RefusedException {
        return new ClaimReader(claims).texts(PATH);
    }

    @Test
    void findsTextsAlongAPathOfObjects() throws RefusedException {
        assertThat(textsAtPath(Map.of("a", Map.of("b", Map.of("c", List.of("x", "y"))))))
                .containsExactly("x", "y");
    }

    @Test
    void findsNoTextsWhereThePathEnds() throws RefusedException {
        assertThat(textsAtPath(Map.of())).isEmpty();
        assertThat(textsAtPath(Map.of("a", Map.of()))).isEmpty();
        assertThat(textsAtPath(Map.of("a", Map.of("b", Map.of())))).isEmpty();
    }

    @Test
    void refusesAPathThroughAnythingButObjects() {
        Map<String, Object> claims = Map.of("a", Map.of("b", "text"));
        assertThat(reasonOf(() -> textsAtPath(claims))).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
        assertThat(detailOf(() -> textsAtPath(claims))).isEqualTo("a");
    }

    @Test
    void namesTheOnlyAudience() {
        assertThat(new ClaimReader(Map.of("aud", "shop")).onlyAudience()).contains("shop");
        assertThat(new ClaimReader(Map.of("aud", List.of("shop"))).onlyAudience())
                .contains("shop");
    }

    static List<Object> otherAudiences() {
        return List.of("", List.of(), List.of(""), List.of("shop", "other"), List.of(1L), 1L, Map.of());
    }

    @ParameterizedTest
    @MethodSource("otherAudiences")
    void namesNoOnlyAudienceWhereThereIsNoneOrAnother(Object audience) {
        assertThat(new ClaimReader(Map.of("aud", audience)).onlyAudience()).isEmpty();
    }

    /** RFC 7519 §4.1 requires text of some claims; of others, only their issuer does. */
    @Test
    void readsWholeNumbersAsIdentifiersIfNoStandardRequiresText() throws RefusedException {
        ClaimReader reader = new ClaimReader(Map.of("user_id", 42L, "data", Map.of("id", 7L)));
        assertThat(reader.identifier("user_id")).contains("42");
        assertThat(reader.identifier("/data/id")).contains("7");
        assertThat(reader.text("user_id")).contains("42");
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "sub", "jti", "sid", "client_id", "azp"})
    void readsNoNumberAsAnIdentifierThatAStandardDefines(String name) {
        ClaimReader reader = new ClaimReader(Map.of(name, 42L));
        assertThat(reasonOf(() -> reader.identifier(name))).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
        assertThat(reader.text(name)).isEmpty();
    }

    @Test
    void readsNothingElseAsAnIdentifier() {
        for (Object value : List.of(1.5, true, List.of("a"), Map.of("a", 1L), new BigDecimal("4.2"))) {
            ClaimReader reader = new ClaimReader(Map.of("user_id", value));
            assertThat(reasonOf(() -> reader.identifier("user_id"))).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
        }
    }

    @Test
    void saysWhichClaimIsMissing() {
        assertThat(ClaimReader.missing("sub").reason()).isEqualTo(RefusalReason.CLAIM_MISSING);
        assertThat(ClaimReader.missing("sub").detail()).isEqualTo("sub");
    }
}
