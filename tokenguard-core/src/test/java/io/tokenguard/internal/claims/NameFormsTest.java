package io.tokenguard.internal.claims;

import static io.tokenguard.internal.Attempt.reasonOf;
import static io.tokenguard.internal.claims.Verified.API;
import static io.tokenguard.internal.claims.Verified.ISSUER;
import static io.tokenguard.internal.claims.Verified.claims;
import static io.tokenguard.internal.claims.Verified.verified;
import static io.tokenguard.internal.claims.Verified.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.logging.RecordedLog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Scopes and roles as the configuration says that they are written. */
class NameFormsTest {
    private static ClaimsValidator validator(NameClaim scopes, NameClaim roles) {
        return new ClaimsValidator(new ClaimsPolicy(ISSUER, Set.of(API), Verified.SHAPE, scopes, roles));
    }

    private static NameClaim in(String path, String separator, String removed, String added) {
        return NameClaim.in(List.of(path), true, new NameClaim.Form(separator, removed, added));
    }

    private static Set<String> roles(NameClaim where, Object value) throws RefusedException {
        return read(NameClaim.in(List.of("scope")), where, "groups", value).roles();
    }

    private static Set<String> scopes(NameClaim where, Object value) throws RefusedException {
        return read(where, NameClaim.in(List.of()), "groups", value).scopes();
    }

    private static AccessToken read(NameClaim scopes, NameClaim roles, String claim, Object value)
            throws RefusedException {
        return validator(scopes, roles).validate(verified(with(claim, value)));
    }

    @Test
    void areSeparatedByWhatIsConfigured() throws RefusedException {
        NameClaim commas = in("groups", ",", "", "");
        assertThat(roles(commas, "site admin, auditor,,")).isEqualTo(Set.of("site admin", "auditor"));
        assertThat(scopes(commas, "orders read,write")).isEqualTo(Set.of("orders read", "write"));
        assertThat(roles(in("groups", "::", "", ""), "a::b")).isEqualTo(Set.of("a", "b"));
    }

    @Test
    void loseThePrefixThatIsRemovedAndGetTheOneThatIsAdded() throws RefusedException {
        assertThat(roles(in("groups", " ", "ROLE_", ""), List.of("ROLE_admin", "user")))
                .isEqualTo(Set.of("admin", "user"));
        assertThat(roles(in("groups", " ", "ROLE_", "staff:"), List.of("ROLE_admin")))
                .isEqualTo(Set.of("staff:admin"));
        assertThat(scopes(in("groups", " ", "api/", ""), "api/read write")).isEqualTo(Set.of("read", "write"));
    }

    /** Of the roles of all clients, those of this API lose its name; another client's stay other roles. */
    @Test
    void loseThePrefixThatAMemberGaveThem() throws RefusedException {
        NameClaim own = in("/groups/*/roles", " ", "orders-api:", "");
        Map<String, Object> access =
                Map.of("orders-api", Map.of("roles", List.of("admin")), "other", Map.of("roles", List.of("admin")));
        assertThat(roles(own, access)).isEqualTo(Set.of("admin", "other:admin"));
    }

    @Test
    void ofScopesAreObjectsOnlyWhereTheClaimIsConfigured() throws RefusedException {
        NameClaim stated = in("groups", " ", "", "");
        assertThat(scopes(stated, Map.of("read", true))).containsExactly("read");
        assertThat(scopes(stated, List.of(Map.of("name", "read"), Map.of("value", "write"))))
                .isEqualTo(Set.of("read", "write"));
        NameClaim unstated = NameClaim.in(List.of("groups"));
        assertThat(reasonOf(() -> scopes(unstated, Map.of("read", true)))).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
        assertThat(reasonOf(() -> scopes(unstated, List.of(Map.of("name", "read")))))
                .isEqualTo(RefusalReason.CLAIMS_MALFORMED);
    }

    private static List<String> warningsAfter(int tokens, NameClaim where, Map<String, Object> claims)
            throws RefusedException {
        RecordedLog.clear();
        ClaimsValidator validator = validator(NameClaim.in(List.of("scope")), where);
        for (int i = 0; i < tokens; i++) {
            validator.validate(verified(claims));
        }
        return RecordedLog.recent().stream().map(RecordedLog.Event::text).toList();
    }

    @Test
    void warnOnceIfTheConfiguredClaimIsInNoneOfTheFirstTwentyTokens() throws RefusedException {
        NameClaim missing = in("realm_access.roles", " ", "", "");
        Map<String, Object> secret = with("groups", "confidential");
        assertThat(warningsAfter(19, missing, secret)).isEmpty();
        assertThat(warningsAfter(100, missing, secret))
                .singleElement()
                .asString()
                .contains("roles-claim", "realm_access.roles", ISSUER, "groups", "client_id")
                .doesNotContain("confidential");
    }

    @Test
    void warnOfNoClaimThatWasFoundOrIsNotConfigured() throws RefusedException {
        assertThat(warningsAfter(30, in("groups", " ", "", ""), with("groups", List.of())))
                .isEmpty();
        assertThat(warningsAfter(30, NameClaim.in(List.of("roles")), claims())).isEmpty();
    }

    @Test
    void showNamesOfClaimsCutAndWithoutLineBreaks() throws RefusedException {
        Map<String, Object> claims = new LinkedHashMap<>(claims());
        claims.put("a\nWARN forged", 1L);
        claims.put("b".repeat(500), 1L);
        assertThat(warningsAfter(20, in("groups", " ", "", ""), claims))
                .singleElement()
                .asString()
                .contains("a?WARN?forged", "b".repeat(48) + "...")
                .doesNotContain("\n", "b".repeat(49));
    }
}
