package io.tokenguard.internal.authorization;

import static io.tokenguard.access.AccessRequirement.acr;
import static io.tokenguard.access.AccessRequirement.bound;
import static io.tokenguard.access.AccessRequirement.denied;
import static io.tokenguard.access.AccessRequirement.detail;
import static io.tokenguard.access.AccessRequirement.maxAge;
import static io.tokenguard.access.AccessRequirement.role;
import static io.tokenguard.access.AccessRequirement.scope;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.AuthorizationRequest;
import io.tokenguard.access.Confirmation.Binding;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.internal.audit.RefusalGuide;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a token has and what is required. */
class ShortfallTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);

    private Map<String, Object> claims = new HashMap<>();
    private List<String> acrOrder = List.of();
    private Optional<String> resource = Optional.empty();

    private RefusedException refusal(AccessRequirement requirement) {
        AccessToken token = AccessToken.builder("https://issuer.example")
                .scopes(Set.of("write", "read"))
                .roles(Set.of("clerk"))
                .expiresAt(NOW.plusSeconds(60))
                .claims(claims)
                .build();
        IncomingRequest request = IncomingRequest.builder("GET", "/orders").build();
        return new Shortfall(
                        new AuthorizationRequest(token, request, NOW),
                        new AuthorizationPolicy(ScopeOrder.NONE, acrOrder, resource, ConditionSources.NONE))
                .of(requirement);
    }

    private Finding finding(AccessRequirement requirement) {
        return refusal(requirement).finding();
    }

    @Test
    void comparesScopesAndRolesInTheirOrder() {
        assertThat(finding(scope("admin")).found()).isEqualTo("scopes [read, write]");
        assertThat(finding(scope("admin")).expected()).isEqualTo("scope admin");
        assertThat(finding(role("boss")).found()).isEqualTo("roles [clerk]");
        assertThat(finding(role("boss")).expected()).isEqualTo("role boss");
    }

    @Test
    void namesTheAuthenticationThatIsThereAndTheOnesThatWillDo() {
        assertThat(finding(acr("silver")).found()).isEqualTo("no acr");
        assertThat(finding(acr("silver")).expected()).isEqualTo("one of [silver]");
        claims = Map.of("acr", "bronze");
        acrOrder = List.of("bronze", "silver", "gold");
        assertThat(finding(acr("silver")).found()).isEqualTo("acr bronze");
        assertThat(finding(acr("silver")).expected())
                .isEqualTo("one of [silver], or a stronger one of [bronze, silver, gold]");
        assertThat(finding(acr("other")).expected()).isEqualTo("one of [other]");
    }

    @Test
    void showsNoClaimOfAnotherForm() {
        claims = Map.of("acr", List.of("bronze"));
        assertThat(finding(acr("silver")).found()).isEqualTo("acr of another form");
        claims = Map.of("auth_time", 999_000L);
        assertThat(finding(maxAge(Duration.ofMinutes(5))).found()).isEqualTo("auth_time 999000 at 1000000");
        assertThat(finding(maxAge(Duration.ofMinutes(5))).expected()).isEqualTo("an authentication at most 300 s ago");
    }

    @Test
    void namesTheBindingsThatWillDo() {
        assertThat(finding(bound(Binding.DPOP)).found()).isEqualTo("bound by []");
        assertThat(finding(bound(Binding.DPOP)).expected()).isEqualTo("bound by one of [DPOP]");
    }

    @Test
    void namesTheDetailsThatAreRequired() {
        assertThat(finding(detail("payment", "status", "initiate")).found()).isEqualTo("no authorization_details");
        assertThat(finding(detail("payment", "status", "initiate")).expected())
                .isEqualTo("type payment with actions [initiate, status]");
        claims = Map.of("authorization_details", List.of());
        resource = Optional.of("https://api.example");
        assertThat(finding(detail("payment")).found()).isEqualTo("authorization_details without it");
        assertThat(finding(detail("payment")).expected())
                .isEqualTo("type payment with actions [] at https://api.example");
    }

    @Test
    void tellsAClosedRouteFromNone() {
        assertThat(refusal(denied()).reason()).isEqualTo(RefusalReason.ACCESS_DENIED);
        assertThat(finding(denied()).found()).isEqualTo("GET /orders, which is closed");
        AccessRequirement unrouted = new AccessRequirement.Denied(RefusalReason.NO_MATCHING_ROUTE);
        assertThat(refusal(unrouted).reason()).isEqualTo(RefusalReason.NO_MATCHING_ROUTE);
        assertThat(finding(unrouted).found()).isEqualTo("GET /orders");
        assertThat(finding(unrouted).expected()).isEqualTo("a route that covers it, or an annotation of its handler");
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "SCOPE_INSUFFICIENT",
                "ROLE_INSUFFICIENT",
                "DETAILS_INSUFFICIENT",
                "BINDING_INSUFFICIENT",
                "STEP_UP_REQUIRED",
                "POLICY_DENIED",
                "ACCESS_DENIED"
            })
    void namesTheSettingsOfTheGuide(RefusalReason reason) {
        assertThat(Shortfall.settings(reason)).isEqualTo(RefusalGuide.of(reason).settings());
    }
}
