package io.tokenguard.access;

import static io.tokenguard.access.AccessRequirement.acr;
import static io.tokenguard.access.AccessRequirement.anyScope;
import static io.tokenguard.access.AccessRequirement.authenticated;
import static io.tokenguard.access.AccessRequirement.bound;
import static io.tokenguard.access.AccessRequirement.denied;
import static io.tokenguard.access.AccessRequirement.detail;
import static io.tokenguard.access.AccessRequirement.maxAge;
import static io.tokenguard.access.AccessRequirement.open;
import static io.tokenguard.access.AccessRequirement.role;
import static io.tokenguard.access.AccessRequirement.rule;
import static io.tokenguard.access.AccessRequirement.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.Confirmation.Binding;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AccessRequirementTest {
    @Nested
    class And {
        @Test
        void isTheSameHoweverItIsGrouped() {
            assertThat(scope("a").and(scope("b")).and(scope("c")))
                    .isEqualTo(scope("a").and(scope("b").and(scope("c"))))
                    .isEqualTo(scope("a", "b", "c"));
        }

        @Test
        void asksLastForTheUsersAuthenticationAndThenForScopes() {
            AccessRequirement age = maxAge(Duration.ofSeconds(1));
            assertThat(anyScope("a", "b")
                            .and(acr("gold"))
                            .and(scope("c"))
                            .and(age)
                            .and(role("r")))
                    .isEqualTo(new AccessRequirement.All(
                            List.of(role("r"), acr("gold"), age, anyScope("a", "b"), scope("c"))))
                    .extracting(all -> ((AccessRequirement.All) all).parts())
                    .isEqualTo(List.of(role("r"), acr("gold"), age, anyScope("a", "b"), scope("c")));
        }

        @Test
        void doesNotTakeAlternativesForScopesThatAreMore() {
            AccessRequirement mixed = scope("a").or(role("r"));
            assertThat(((AccessRequirement.All) acr("gold").and(mixed)).parts()).containsExactly(mixed, acr("gold"));
        }

        @Test
        void addsNothingToWhatIsClosedAndEverythingToWhatIsOpen() {
            assertThat(denied().and(scope("a"))).isEqualTo(denied());
            assertThat(scope("a").and(denied())).isEqualTo(denied());
            assertThat(open().and(denied())).isEqualTo(denied());
            assertThat(open().and(scope("a"))).isEqualTo(scope("a"));
            assertThat(scope("a").and(open())).isEqualTo(scope("a"));
            assertThat(open().and(open())).isEqualTo(open());
        }

        @Test
        void neverOpensWhatDemandsAToken() {
            assertThat(authenticated().and(open())).isEqualTo(authenticated());
            assertThat(open().and(authenticated())).isEqualTo(authenticated());
            assertThat(authenticated().and(role("a"))).isEqualTo(role("a"));
        }
    }

    @Nested
    class Or {
        @Test
        void isTheSameHoweverItIsGrouped() {
            assertThat(scope("a").or(scope("b")).or(scope("c")))
                    .isEqualTo(scope("a").or(scope("b").or(scope("c"))))
                    .isEqualTo(anyScope("a", "b", "c"));
        }

        @Test
        void isOpenWhereOneIsAndClosedWhereBothAre() {
            assertThat(scope("a").or(open())).isEqualTo(open());
            assertThat(open().or(scope("a"))).isEqualTo(open());
            assertThat(scope("a").or(denied())).isEqualTo(scope("a"));
            assertThat(denied().or(scope("a"))).isEqualTo(scope("a"));
            assertThat(denied().or(denied())).isEqualTo(denied());
        }
    }

    @Nested
    class Trying {
        @Test
        void leavesWhatIsEnforcedAlone() {
            AccessRequirement tried = scope("a").reportOnly(scope("b"));
            assertThat(tried.enforced()).isEqualTo(scope("a"));
            assertThat(tried.reportOnly()).contains(scope("b"));
            assertThat(scope("a").reportOnly()).isEmpty();
        }

        @Test
        void goesAlongWhereItIsJoined() {
            AccessRequirement tried = scope("a").reportOnly(scope("b"));
            assertThat(tried.and(role("r")))
                    .isEqualTo(scope("a").and(role("r")).reportOnly(scope("b").and(role("r"))));
            assertThat(role("r").and(tried))
                    .isEqualTo(role("r").and(scope("a")).reportOnly(role("r").and(scope("b"))));
            assertThat(tried.or(role("r")))
                    .isEqualTo(scope("a").or(role("r")).reportOnly(scope("b").or(role("r"))));
        }

        @Test
        void isNotNested() {
            assertThat(scope("a").reportOnly(scope("b")).reportOnly(scope("c").reportOnly(scope("d"))))
                    .isEqualTo(scope("a").reportOnly(scope("c")));
        }
    }

    @Nested
    class Text {
        private AccessRequirement read(String text) {
            return Route.parse("/a " + text).requirement();
        }

        @Test
        void saysTheSameAsCode() {
            assertThat(read("public")).isEqualTo(open());
            assertThat(read("deny")).isEqualTo(denied());
            assertThat(read("authenticated")).isEqualTo(authenticated());
            assertThat(read("scope a,b any-scope c,d role e,f"))
                    .isEqualTo(scope("a", "b").and(anyScope("c", "d")).and(role("e", "f")));
            assertThat(read("acr gold,silver max-age 300"))
                    .isEqualTo(acr("gold", "silver").and(maxAge(Duration.ofMinutes(5))));
            assertThat(read("dpop")).isEqualTo(bound(Binding.DPOP));
            assertThat(read("scope a mtls")).isEqualTo(scope("a").and(bound(Binding.MTLS)));
            assertThat(read("bound"))
                    .isEqualTo(bound(Binding.DPOP, Binding.MTLS))
                    .isEqualTo(bound());
        }

        @Test
        void joinsAlternativesByOrWhichBindsLessThanJuxtaposition() {
            assertThat(read("scope a role b or scope c or bound"))
                    .isEqualTo(scope("a").and(role("b")).or(scope("c")).or(bound()));
        }

        @Test
        void putsOnTrialWhatFollowsReportOnly() {
            assertThat(read("public report-only scope a or role b"))
                    .isEqualTo(open().reportOnly(scope("a").or(role("b"))));
        }
    }

    static Stream<Runnable> wrong() {
        return Stream.of(
                () -> scope(),
                () -> scope("a b"),
                () -> scope(""),
                () -> scope("a\"b"),
                () -> scope("a\\b"),
                () -> scope("\u00e9"),
                () -> anyScope(),
                () -> role(),
                () -> role(" "),
                () -> acr(),
                () -> acr("a b"),
                () -> new AccessRequirement.Acr(List.of()),
                () -> maxAge(Duration.ZERO),
                () -> maxAge(Duration.ofSeconds(-5)),
                () -> maxAge(Duration.ofMillis(1500)),
                () -> new AccessRequirement.Bound(Set.of()),
                () -> detail(" "),
                () -> detail("payment", ""),
                () -> rule(" ", attempt -> true));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void refusesAtStartWhatNobodyCanMeetOrNoChallengeCanSay(Runnable wrong) {
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(wrong::run);
    }
}
