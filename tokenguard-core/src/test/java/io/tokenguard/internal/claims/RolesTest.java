package io.tokenguard.internal.claims;

import static io.tokenguard.internal.Attempt.detailOf;
import static io.tokenguard.internal.Attempt.reasonOf;
import static io.tokenguard.internal.claims.Verified.API;
import static io.tokenguard.internal.claims.Verified.ISSUER;
import static io.tokenguard.internal.claims.Verified.POLICY;
import static io.tokenguard.internal.claims.Verified.claims;
import static io.tokenguard.internal.claims.Verified.vouch;
import static io.tokenguard.internal.claims.Verified.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** RFC 9068 §2.2.3.1, with the roles of RFC 7643 §2.4. */
class RolesTest {
    private static AccessToken validate(Map<String, Object> claims) throws RefusedException {
        return new ClaimsValidator(POLICY).validate(vouch(claims));
    }

    private static void assertMalformed(Object roles) {
        assertThat(reasonOf(() -> validate(with("roles", roles))))
                .as("%s", roles)
                .isEqualTo(RefusalReason.CLAIMS_MALFORMED);
        assertThat(detailOf(() -> validate(with("roles", roles)))).isEqualTo("roles");
    }

    @Test
    void areTextsOrObjectsThatHoldThemAsValue() throws RefusedException {
        assertThat(validate(with("roles", List.of("admin", Map.of("value", "auditor", "display", "A"))))
                        .roles())
                .isEqualTo(Set.of("admin", "auditor"));
        assertThat(validate(with("roles", List.of())).roles()).isEmpty();
    }

    @Test
    void areNoneWhereThereIsNoClaim() throws RefusedException {
        assertThat(validate(claims()).roles()).isEmpty();
    }

    @Test
    void areAList() {
        for (Object value : List.of("admin", 1L, Map.of("value", "admin"))) {
            assertMalformed(value);
        }
    }

    @Test
    void areTextsThroughout() {
        for (Object item : List.of(1L, true, List.of("a"), Map.of(), Map.of("value", 1L), Map.of("name", "a"))) {
            assertMalformed(List.of("admin", item));
        }
        assertMalformed(Arrays.asList("admin", null));
    }

    @Test
    void areFoundAlongAPathOfObjects() throws RefusedException {
        assertThat(nested(Map.of("roles", List.of("admin")))).containsExactly("admin");
        assertThat(nested(Map.of("other", List.of("admin")))).isEmpty();
        assertThat(nested(null)).isEmpty();
    }

    @Test
    void areMalformedWhereThePathLeadsThroughSomethingElse() {
        for (Object value : List.of("x", 1L, List.of(Map.of("roles", List.of("admin"))))) {
            assertThat(reasonOf(() -> nested(value))).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
            assertThat(detailOf(() -> nested(value))).isEqualTo("realm_access");
        }
    }

    @Test
    void areNotReadWhereNobodySaidWhereTheyAre() throws RefusedException {
        ClaimsPolicy policy = new ClaimsPolicy(ISSUER, Set.of(API), Verified.SHAPE, List.of("scope"), List.of());
        assertThat(new ClaimsValidator(policy)
                        .validate(vouch(with("roles", "not a list")))
                        .roles())
                .isEmpty();
    }

    private static Set<String> nested(Object access) throws RefusedException {
        ClaimsPolicy policy = new ClaimsPolicy(
                ISSUER, Set.of(API), Verified.SHAPE, List.of("scope"), List.of("realm_access", "roles"));
        return new ClaimsValidator(policy)
                .validate(vouch(with("realm_access", access)))
                .roles();
    }
}
