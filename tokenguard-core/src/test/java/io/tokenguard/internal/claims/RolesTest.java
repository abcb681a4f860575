package io.tokenguard.internal.claims;

import static io.tokenguard.internal.claims.Verified.API;
import static io.tokenguard.internal.claims.Verified.ISSUER;
import static io.tokenguard.internal.claims.Verified.POLICY;
import static io.tokenguard.internal.claims.Verified.claims;
import static io.tokenguard.internal.claims.Verified.verified;
import static io.tokenguard.internal.claims.Verified.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusedException;
import io.tokenguard.logging.RecordedLog;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** RFC 9068 §2.2.3.1, with the roles of RFC 7643 §2.4. */
class RolesTest {
    private static AccessToken validate(Map<String, Object> claims) throws RefusedException {
        return new ClaimsValidator(POLICY).validate(verified(claims));
    }

    private static void assertNone(Object roles) throws RefusedException {
        assertThat(validate(with("roles", roles)).roles()).as("%s", roles).isEmpty();
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
    void areOneTextWithSpaces() throws RefusedException {
        assertThat(validate(with("roles", "admin")).roles()).containsExactly("admin");
        assertThat(validate(with("roles", " admin  user ")).roles()).isEqualTo(Set.of("admin", "user"));
    }

    @Test
    void areTheNamesOfMembersThatAreObjectsOrTrue() throws RefusedException {
        assertThat(validate(with("roles", Map.of("admin", Map.of("1", "x"), "user", true)))
                        .roles())
                .isEqualTo(Set.of("admin", "user"));
        for (Object value : List.of(false, "x", 1L, List.of("admin"))) {
            assertNone(Map.of("admin", value));
        }
    }

    @Test
    void neverRefuseATokenForWhatIsNoRoleName() throws RefusedException {
        for (Object value : List.of("", " ", 1L, 1e300, true, Map.of(), Map.of("value", "admin"))) {
            assertNone(value);
        }
        for (Object item : List.of("", 1L, true, List.of("a"), Map.of(), Map.of("value", 1L))) {
            assertThat(validate(with("roles", List.of("admin", item))).roles()).containsExactly("admin");
        }
        assertThat(validate(with("roles", Arrays.asList("admin", null))).roles())
                .containsExactly("admin");
    }

    @Test
    void areAThousandAtMost() throws RefusedException {
        List<String> many = IntStream.range(0, 1_024).mapToObj(i -> "r" + i).toList();
        assertThat(validate(with("roles", many)).roles()).hasSize(1_000);
    }

    /** Other names of roles than {@code value} and {@code name} are members of objects in a list. */
    @Test
    void areFoundInEveryItemOfAListOnTheirPath() throws RefusedException {
        List<Object> roles =
                Arrays.asList(Map.of("key", "admin", "name", "Admin"), Map.of("key", "auditor"), "x", null);
        for (String path : List.of("roles.*.key", "/roles/*/key")) {
            ClaimsPolicy policy = new ClaimsPolicy(
                    Verified.ISSUER, Set.of(Verified.API), Verified.SHAPE, List.of("scope"), List.of(path));
            assertThat(new ClaimsValidator(policy)
                            .validate(verified(with("roles", roles)))
                            .roles())
                    .isEqualTo(Set.of("admin", "auditor"));
        }
    }

    @Test
    void areFoundAlongAPathOfObjects() throws RefusedException {
        assertThat(nested(Map.of("roles", List.of("admin")))).containsExactly("admin");
        assertThat(nested(Map.of("other", List.of("admin")))).isEmpty();
        assertThat(nested(null)).isEmpty();
    }

    @Test
    void areNoneWhereThePathLeadsThroughSomethingElse() throws RefusedException {
        for (Object value : List.of("x", 1L, List.of(Map.of("roles", List.of("admin"))))) {
            assertThat(nested(value)).isEmpty();
        }
    }

    /** A role of another client is another role. */
    @Test
    void belowAnyMemberAreNamedAfterIt() {
        NameCollector roles = NameCollector.ofRoles(NameClaim.Form.USUAL);
        Map<String, Object> access = Map.of(
                "orders", Map.of("roles", List.of("admin")), "com.example", Map.of("roles", List.of("admin", "user")));
        roles.collect(access, List.of("*", "roles"), "");
        assertThat(roles.names()).isEqualTo(Set.of("orders:admin", "com.example:admin", "com.example:user"));
    }

    @Test
    void areNotReadWhereNobodySaidWhereTheyAre() throws RefusedException {
        ClaimsPolicy policy = new ClaimsPolicy(ISSUER, Set.of(API), Verified.SHAPE, List.of("scope"), List.of());
        assertThat(new ClaimsValidator(policy)
                        .validate(verified(with("roles", "not a list")))
                        .roles())
                .isEmpty();
    }

    private static boolean isComplete(Object roles) {
        NameCollector collector = NameCollector.ofRoles(NameClaim.Form.USUAL);
        collector.collect(roles, List.of(), "");
        return collector.isComplete();
    }

    @Test
    void areCompleteUnlessSomethingIsNoRoleName() {
        for (Object roles : Arrays.asList(null, "admin", List.of("admin"), Map.of("admin", true), List.of())) {
            assertThat(isComplete(roles)).as("%s", roles).isTrue();
        }
        for (Object roles : List.of(1L, List.of(1L), Map.of("admin", 1L))) {
            assertThat(isComplete(roles)).as("%s", roles).isFalse();
        }
    }

    /** An operator needs one line to find the setting, not one for each token. */
    @Test
    void warnOnceIfSomethingIsNoRoleName() throws RefusedException {
        RecordedLog.clear();
        ClaimsPolicy policy =
                new ClaimsPolicy(ISSUER, Set.of(API), Verified.SHAPE, List.of("scope"), List.of("realm_access.roles"));
        ClaimsValidator validator = new ClaimsValidator(policy);
        validator.validate(verified(with("realm_access", Map.of("roles", List.of("admin")))));
        assertThat(RecordedLog.recent()).isEmpty();
        validator.validate(verified(with("realm_access", 1L)));
        validator.validate(verified(with("realm_access", 1L)));
        assertThat(RecordedLog.recent())
                .singleElement()
                .satisfies(event -> assertThat(event.text())
                        .contains("[realm_access.roles]")
                        .contains(ISSUER)
                        .contains("roles-claim"));
    }

    private static Set<String> nested(Object access) throws RefusedException {
        ClaimsPolicy policy =
                new ClaimsPolicy(ISSUER, Set.of(API), Verified.SHAPE, List.of("scope"), List.of("realm_access.roles"));
        return new ClaimsValidator(policy)
                .validate(verified(with("realm_access", access)))
                .roles();
    }
}
