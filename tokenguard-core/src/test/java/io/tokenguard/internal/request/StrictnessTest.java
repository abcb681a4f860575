package io.tokenguard.internal.request;

import static io.tokenguard.access.AccessRequirement.anyScope;
import static io.tokenguard.access.AccessRequirement.authenticated;
import static io.tokenguard.access.AccessRequirement.denied;
import static io.tokenguard.access.AccessRequirement.role;
import static io.tokenguard.access.AccessRequirement.scope;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import org.junit.jupiter.api.Test;

class StrictnessTest {
    private static final AccessRequirement READ = scope("read");
    private static final AccessRequirement CLERK = role("clerk");

    private static boolean implies(AccessRequirement one, AccessRequirement other) {
        return Strictness.implies(one, other);
    }

    @Test
    void ofARequirementIsItsOwn() {
        assertThat(implies(READ, READ)).isTrue();
        assertThat(implies(READ, scope("write"))).isFalse();
        assertThat(implies(READ, CLERK)).isFalse();
    }

    @Test
    void ofAnOpenRouteIsTheLeast() {
        AccessRequirement open = AccessRequirement.open();
        assertThat(implies(READ, open)).isTrue();
        assertThat(implies(open, READ)).isFalse();
        assertThat(implies(open, authenticated())).isFalse();
    }

    @Test
    void ofADeniedRouteIsTheGreatest() {
        assertThat(implies(denied(), READ)).isTrue();
        assertThat(implies(READ, denied())).isFalse();
    }

    @Test
    void ofAllIsThatOfEachPart() {
        AccessRequirement both = READ.and(CLERK);
        assertThat(implies(both, READ)).isTrue();
        assertThat(implies(both, CLERK)).isTrue();
        assertThat(implies(both, CLERK.and(READ))).isTrue();
        assertThat(implies(READ, both)).isFalse();
        assertThat(implies(both, scope("write"))).isFalse();
    }

    @Test
    void ofAlternativesIsThatOfTheWeakest() {
        AccessRequirement either = READ.or(CLERK);
        assertThat(implies(READ, either)).isTrue();
        assertThat(implies(either, READ)).isFalse();
        assertThat(implies(either, CLERK.or(READ))).isTrue();
        assertThat(implies(scope("write"), either)).isFalse();
        assertThat(implies(READ.and(CLERK).or(READ), READ)).isTrue();
        assertThat(implies(anyScope("read"), anyScope("read"))).isTrue();
    }
}
