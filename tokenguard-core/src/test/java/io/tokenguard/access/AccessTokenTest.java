package io.tokenguard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokenTest {
    private static final Instant EXPIRY = Instant.parse("2030-01-01T00:00:00Z");

    private static AccessToken with(String claim, @Nullable Object value) {
        Map<String, @Nullable Object> claims = new LinkedHashMap<>();
        claims.put(claim, value);
        return AccessToken.builder("https://issuer.example").claims(claims).build();
    }

    private static AccessToken.Builder complete() {
        return AccessToken.builder("https://issuer.example")
                .subject("alice")
                .clientId("shop")
                .scopes(Set.of("read"))
                .roles(Set.of("clerk"))
                .expiresAt(EXPIRY)
                .claims(Map.of("jti", "one"))
                .confirmation(new Confirmation.DpopKey("thumbprint"))
                .presented("header.payload.signature");
    }

    static Stream<UnaryOperator<AccessToken.Builder>> changes() {
        return Stream.of(
                token -> token.subject("bob"),
                token -> token.clientId("other"),
                token -> token.subjectKind(AccessToken.SubjectKind.CLIENT),
                token -> token.scopes(Set.of("read", "write")),
                token -> token.roles(Set.of()),
                token -> token.expiresAt(EXPIRY.plusSeconds(1)),
                token -> token.claims(Map.of("jti", "two")),
                token -> token.confirmation(new Confirmation.None()),
                token -> token.presented("header.other.signature"));
    }

    @Test
    void readsAClaimByItsType() {
        assertThat(with("admin", true).claim("admin", Boolean.class)).contains(true);
        assertThat(with("level", 3L).claim("level", Long.class)).contains(3L);
        assertThat(with("level", 3L).claim("level", Number.class)).contains(3L);
        assertThat(with("groups", List.of("a")).claim("groups", Collection.class))
                .contains(List.of("a"));
        assertThat(with("address", Map.of("country", "CH")).claim("address", Map.class))
                .contains(Map.of("country", "CH"));
    }

    @Test
    void findsNoClaimThatIsMissingNullOrOfAnotherType() {
        assertThat(with("level", 3L).claim("missing", Object.class)).isEmpty();
        assertThat(with("level", null).claim("level", Object.class)).isEmpty();
        assertThat(with("level", "3").claim("level", Long.class)).isEmpty();
        assertThat(with("name", 3L).text("name")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(classes = {int.class, boolean.class, Integer.class, Double.class, Instant.class})
    void refusesATypeThatNoClaimHas(Class<?> type) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with("level", 3L).claim("level", type))
                .withMessageContaining(type.getName())
                .withMessageContaining("use String, Boolean, Long");
    }

    @Test
    void readsANumericDateInWholeSeconds() {
        assertThat(with("auth_time", 7L).instant("auth_time")).contains(Instant.ofEpochSecond(7));
        assertThat(with("auth_time", new BigDecimal("7.9")).instant("auth_time"))
                .contains(Instant.ofEpochSecond(7));
        assertThat(with("auth_time", new BigDecimal("-7.1")).instant("auth_time"))
                .contains(Instant.ofEpochSecond(-8));
        assertThat(with("iat", 7L).issuedAt()).contains(Instant.ofEpochSecond(7));
    }

    @Test
    void findsNoInstantOutOfItsRangeOrInAnotherType() {
        assertThat(with("auth_time", Long.MAX_VALUE).instant("auth_time")).isEmpty();
        assertThat(with("auth_time", new BigDecimal("-1e40")).instant("auth_time"))
                .isEmpty();
        assertThat(with("auth_time", "7").instant("auth_time")).isEmpty();
    }

    @Test
    void readsATextOrAnArrayOfTexts() {
        assertThat(with("groups", "a").texts("groups")).containsExactly("a");
        assertThat(with("groups", List.of("a", "b")).texts("groups")).containsExactly("a", "b");
        assertThat(with("aud", "api").audiences()).containsExactly("api");
    }

    @Test
    void findsNoTextsInAnotherTypeOrAMixedArray() {
        assertThat(with("groups", 7L).texts("groups")).isEmpty();
        assertThat(with("groups", Arrays.asList("a", 7L)).texts("groups")).isEmpty();
        assertThat(with("groups", Arrays.asList("a", null)).texts("groups")).isEmpty();
        assertThat(with("groups", List.of("a")).texts("missing")).isEmpty();
    }

    @Test
    void equalsATokenOfTheSameContent() {
        assertThat(complete().build())
                .isEqualTo(complete().build())
                .hasSameHashCodeAs(complete().build());
        assertThat(complete().build().toBuilder().build()).isEqualTo(complete().build());
    }

    @ParameterizedTest
    @MethodSource("changes")
    void differsFromATokenOfOtherContent(UnaryOperator<AccessToken.Builder> change) {
        assertThat(change.apply(complete()).build()).isNotEqualTo(complete().build());
    }

    @Test
    void keepsAllButTheConfirmationWhenItIsConfirmed() {
        AccessToken proven = complete().build().confirmedBy(new Confirmation.Certificate("thumbprint"));
        assertThat(proven.confirmation()).isEqualTo(new Confirmation.Certificate("thumbprint"));
        assertThat(proven.confirmedBy(new Confirmation.DpopKey("thumbprint")))
                .isEqualTo(complete().build());
    }

    @Test
    void belongsToAUserIfASubjectIsSetByHandAndToAClientOtherwise() {
        assertThat(complete().build().subjectKind()).isEqualTo(AccessToken.SubjectKind.USER);
        assertThat(with("a", "b").subjectKind()).isEqualTo(AccessToken.SubjectKind.CLIENT);
    }

    @Test
    void isFoundByTheFingerprintOfItsPresentedText() {
        assertThat(complete().build().fingerprint())
                .isEqualTo(Revocation.presented("header.payload.signature").target());
        assertThat(with("a", "b").fingerprint()).isEmpty();
    }

    @Test
    void showsNothingOfItself() {
        assertThat(complete().build()).hasToString("AccessToken[claims not shown]");
    }
}
