package io.tokenguard.internal.authorization;

import static io.tokenguard.access.AccessRequirement.acr;
import static io.tokenguard.access.AccessRequirement.anyScope;
import static io.tokenguard.access.AccessRequirement.authenticated;
import static io.tokenguard.access.AccessRequirement.bound;
import static io.tokenguard.access.AccessRequirement.denied;
import static io.tokenguard.access.AccessRequirement.detail;
import static io.tokenguard.access.AccessRequirement.maxAge;
import static io.tokenguard.access.AccessRequirement.role;
import static io.tokenguard.access.AccessRequirement.rule;
import static io.tokenguard.access.AccessRequirement.scope;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.AuthorizationRequest;
import io.tokenguard.access.Confirmation;
import io.tokenguard.access.Confirmation.Binding;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.internal.Attempt;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AuthorizationCheckTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
    private static final String HERE = "https://api.example";

    private final List<Throwable> failures = new ArrayList<>();
    private ScopeOrder scopes = ScopeOrder.NONE;
    private Optional<String> resource = Optional.empty();
    private AccessToken token = token(Map.of());

    private static AccessToken token(Map<String, Object> claims) {
        return AccessToken.builder("https://issuer.example")
                .subject("alice")
                .clientId("shop")
                .scopes(Set.of("read", "orders:write", "all:*"))
                .roles(Set.of("clerk"))
                .expiresAt(NOW.plusSeconds(60))
                .claims(new HashMap<>(claims))
                .build();
    }

    private RefusalReason reasonOf(AccessRequirement requirement) {
        return Attempt.reasonOf(() -> require(requirement));
    }

    private void require(AccessRequirement requirement) throws io.tokenguard.access.RefusedException {
        var policy =
                new AuthorizationPolicy(scopes, List.of("bronze", "silver", "gold"), resource, ConditionSources.NONE);
        var request = IncomingRequest.builder("GET", "/orders").build();
        new AuthorizationCheck(policy, failures::add)
                .require(new AuthorizationRequest(token, request, NOW), requirement);
    }

    @Nested
    class Grants {
        @Test
        void areThoseOfTheTokenToTheLetter() {
            assertThat(reasonOf(authenticated())).isNull();
            assertThat(reasonOf(scope("read", "orders:write"))).isNull();
            assertThat(reasonOf(scope("read", "admin"))).isEqualTo(RefusalReason.SCOPE_INSUFFICIENT);
            assertThat(reasonOf(scope("READ"))).isEqualTo(RefusalReason.SCOPE_INSUFFICIENT);
            assertThat(reasonOf(role("clerk"))).isNull();
            assertThat(reasonOf(role("boss", "clerk"))).isNull();
            assertThat(reasonOf(role("boss"))).isEqualTo(RefusalReason.ROLE_INSUFFICIENT);
        }

        @Test
        void doNotIncludeScopesThatLookHigherUnlessThatIsDeclared() {
            assertThat(reasonOf(scope("orders:read"))).isEqualTo(RefusalReason.SCOPE_INSUFFICIENT);
            assertThat(reasonOf(scope("all:things"))).isEqualTo(RefusalReason.SCOPE_INSUFFICIENT);
            scopes = ScopeOrder.NONE.with("orders:write", "orders:read").withWildcard("all:*");
            assertThat(reasonOf(scope("orders:read"))).isNull();
            assertThat(reasonOf(scope("all:things"))).isNull();
        }

        @Test
        void areNotAskedForByWhatIsOpen() {
            assertThat(reasonOf(new AccessRequirement.All(List.of(AccessRequirement.open(), scope("read")))))
                    .isNull();
        }

        @Test
        void refuseWhatIsDeniedToEveryone() {
            assertThat(reasonOf(denied())).isEqualTo(RefusalReason.ACCESS_DENIED);
            assertThat(reasonOf(new AccessRequirement.All(List.of(scope("read"), denied()))))
                    .isEqualTo(RefusalReason.ACCESS_DENIED);
        }
    }

    @Nested
    class Alternatives {
        @Test
        void areMetByAnyOfThem() {
            assertThat(reasonOf(scope("admin").or(role("clerk")))).isNull();
            assertThat(reasonOf(anyScope("a", "b", "read"))).isNull();
            assertThat(reasonOf(
                            scope("admin").and(role("clerk")).or(scope("read").and(role("clerk")))))
                    .isNull();
        }

        @Test
        void areRefusedForWhatTheFirstLacks() {
            assertThat(reasonOf(scope("admin").or(role("boss")))).isEqualTo(RefusalReason.SCOPE_INSUFFICIENT);
            assertThat(reasonOf(role("boss").or(scope("admin")))).isEqualTo(RefusalReason.ROLE_INSUFFICIENT);
        }

        @Test
        void areMetByNobodyWhereThereAreNone() {
            assertThat(reasonOf(new AccessRequirement.Any(List.of()))).isEqualTo(RefusalReason.ACCESS_DENIED);
        }
    }

    /** RFC 9470 §3 and §4, RFC 9068 §2.2.1. */
    @Nested
    class UserAuthentication {
        @ParameterizedTest
        @CsvSource(
                nullValues = "-",
                value = {
                    "silver, -",
                    "gold, -",
                    "phr, -",
                    "bronze, STEP_UP_REQUIRED",
                    "SILVER, STEP_UP_REQUIRED",
                    "phrh, STEP_UP_REQUIRED",
                    "'silver gold', STEP_UP_REQUIRED",
                    "'', STEP_UP_REQUIRED"
                })
        void isAsStrongAsOneOfTheValuesOrDeclaredToBeStronger(String value, RefusalReason reason) {
            token = token(Map.of("acr", value));
            assertThat(reasonOf(acr("phr", "silver"))).isEqualTo(reason);
        }

        @Test
        void isNotStrongerThanAValueOutsideTheOrder() {
            token = token(Map.of("acr", "gold"));
            assertThat(reasonOf(acr("phr"))).isEqualTo(RefusalReason.STEP_UP_REQUIRED);
        }

        @Test
        void isLackingWhereTheClaimIsMissingOrNoText() {
            assertThat(reasonOf(acr("gold"))).isEqualTo(RefusalReason.STEP_UP_REQUIRED);
            token = token(Map.of("acr", List.of("gold")));
            assertThat(reasonOf(acr("gold"))).isEqualTo(RefusalReason.STEP_UP_REQUIRED);
        }

        static Stream<Object[]> times() {
            long now = NOW.getEpochSecond();
            return Stream.of(
                    new Object[] {now, true},
                    new Object[] {now - 300, true},
                    new Object[] {now - 301, false},
                    new Object[] {new BigDecimal(now - 301).add(new BigDecimal("0.5")), false},
                    new Object[] {new BigDecimal(now - 300).add(new BigDecimal("0.5")), true},
                    new Object[] {now + 120, true},
                    new Object[] {now + 121, false},
                    new Object[] {0L, false},
                    new Object[] {Long.MAX_VALUE, false},
                    new Object[] {Long.MIN_VALUE, false},
                    new Object[] {new BigDecimal("1e300"), false},
                    new Object[] {String.valueOf(now), false},
                    new Object[] {true, false});
        }

        @ParameterizedTest
        @MethodSource("times")
        void isRecentUpToTheAgeThatIsDemanded(Object time, boolean isRecent) {
            token = token(Map.of("auth_time", time));
            assertThat(reasonOf(maxAge(Duration.ofMinutes(5))))
                    .isEqualTo(isRecent ? null : RefusalReason.STEP_UP_REQUIRED);
        }

        @Test
        void isNotRecentWhereTheTimeIsMissingThoughTheTokenIsFresh() {
            token = token(Map.of("iat", NOW.getEpochSecond()));
            assertThat(reasonOf(maxAge(Duration.ofMinutes(5)))).isEqualTo(RefusalReason.STEP_UP_REQUIRED);
        }

        /** RFC 9470 §3: together with a scope, in one challenge, and never where neither would help. */
        @Test
        void isAskedForBeforeAScopeAndAfterEverythingElse() {
            assertThat(reasonOf(scope("admin").and(acr("gold")))).isEqualTo(RefusalReason.STEP_UP_REQUIRED);
            assertThat(reasonOf(acr("gold").and(role("boss")))).isEqualTo(RefusalReason.ROLE_INSUFFICIENT);
            assertThat(reasonOf(acr("gold").and(bound()))).isEqualTo(RefusalReason.BINDING_INSUFFICIENT);
        }

        @Test
        void isNamedForTheOperatorByTheClaimThatLacks() {
            assertThat(Attempt.detailOf(() -> require(acr("gold")))).isEqualTo("acr");
            assertThat(Attempt.detailOf(() -> require(maxAge(Duration.ofSeconds(1)))))
                    .isEqualTo("auth_time");
        }
    }

    @Nested
    class Bindings {
        @Test
        void areNotTakenFromWhatTheTokenClaims() {
            token = token(Map.of("cnf", Map.of("jkt", "x")));
            assertThat(reasonOf(bound())).isEqualTo(RefusalReason.BINDING_INSUFFICIENT);
            assertThat(reasonOf(bound(Binding.DPOP))).isEqualTo(RefusalReason.BINDING_INSUFFICIENT);
        }

        @Test
        void areMetOnlyByAProvenOneOfTheRightKind() {
            token = token(Map.of()).confirmedBy(new Confirmation.DpopKey("x"));
            assertThat(reasonOf(bound())).isNull();
            assertThat(reasonOf(bound(Binding.DPOP))).isNull();
            assertThat(reasonOf(bound(Binding.MTLS))).isEqualTo(RefusalReason.BINDING_INSUFFICIENT);
            token = token(Map.of()).confirmedBy(new Confirmation.Certificate("x"));
            assertThat(reasonOf(bound())).isNull();
            assertThat(reasonOf(bound(Binding.MTLS))).isNull();
            assertThat(reasonOf(bound(Binding.DPOP))).isEqualTo(RefusalReason.BINDING_INSUFFICIENT);
        }
    }

    /** RFC 9396 §2. */
    @Nested
    class AuthorizationDetails {
        private final AccessRequirement payment = detail("payment", "initiate", "status");

        private void granted(Object details) {
            token = token(Map.of("authorization_details", details));
        }

        @Test
        void areMetByOneEntryOfTheTypeThatHoldsEveryAction() {
            granted(List.of(
                    Map.of("type", "other"), Map.of("type", "payment", "actions", List.of("status", "initiate"))));
            assertThat(reasonOf(payment)).isNull();
            assertThat(reasonOf(detail("other"))).isNull();
        }

        /** RFC 9396 §2.2: each entry grants for itself. */
        @Test
        void areNotPutTogetherFromSeveralEntries() {
            granted(List.of(
                    Map.of("type", "payment", "actions", List.of("status")),
                    Map.of("type", "payment", "actions", List.of("initiate"))));
            assertThat(reasonOf(payment)).isEqualTo(RefusalReason.DETAILS_INSUFFICIENT);
        }

        static Stream<Object> others() {
            return Stream.of(
                    List.of(),
                    List.of("payment"),
                    "payment",
                    Map.of("type", "payment", "actions", List.of("initiate", "status")),
                    List.of(Map.of("actions", List.of("initiate", "status"))),
                    List.of(Map.of("type", "Payment", "actions", List.of("initiate", "status"))),
                    List.of(Map.of("type", List.of("payment"), "actions", List.of("initiate", "status"))),
                    List.of(Map.of("type", "payment")),
                    List.of(Map.of("type", "payment", "actions", "initiate status")),
                    List.of(Map.of("type", "payment", "actions", List.of("initiate"))));
        }

        @ParameterizedTest
        @MethodSource("others")
        void areNotMetByAnythingElse(Object details) {
            granted(details);
            assertThat(reasonOf(payment)).isEqualTo(RefusalReason.DETAILS_INSUFFICIENT);
        }

        /** RFC 9396 §2.2. */
        @Test
        void countHereOnlyWhereTheirLocationsNameThisResource() {
            granted(List.of(Map.of("type", "payment", "locations", List.of("https://other.example", HERE))));
            assertThat(reasonOf(detail("payment"))).isEqualTo(RefusalReason.DETAILS_INSUFFICIENT);
            resource = Optional.of(HERE);
            assertThat(reasonOf(detail("payment"))).isNull();
            granted(List.of(Map.of("type", "payment", "locations", List.of("https://other.example"))));
            assertThat(reasonOf(detail("payment"))).isEqualTo(RefusalReason.DETAILS_INSUFFICIENT);
            granted(List.of(Map.of("type", "payment", "locations", HERE)));
            assertThat(reasonOf(detail("payment"))).isEqualTo(RefusalReason.DETAILS_INSUFFICIENT);
        }
    }

    @Nested
    class Rules {
        static Stream<Supplier<Throwable>> thrown() {
            return Stream.of(
                    () -> new IllegalStateException("canary"),
                    () -> new StackOverflowError("canary"),
                    NullPointerException::new,
                    () -> new NoClassDefFoundError("canary"));
        }

        private static AccessRequirement throwing(Supplier<Throwable> thrown) {
            return rule("broken", attempt -> Rules.<RuntimeException>sneak(thrown.get()));
        }

        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        private static <T extends Throwable> boolean sneak(Throwable thrown) throws T {
            throw (T) thrown;
        }

        @Test
        void seeTheTokenTheRequestAndTheTime() {
            assertThat(reasonOf(rule(
                            "all",
                            attempt -> attempt.token().equals(token)
                                    && attempt.request().path().equals("/orders")
                                    && attempt.now().equals(NOW))))
                    .isNull();
        }

        @Test
        void refuseUnderTheirNameWhereTheyDoNotHold() {
            AccessRequirement never = rule("never", attempt -> false);
            assertThat(reasonOf(never)).isEqualTo(RefusalReason.POLICY_DENIED);
            assertThat(Attempt.detailOf(() -> require(never))).isEqualTo("never");
        }

        @ParameterizedTest
        @MethodSource("thrown")
        void refuseWhereTheyThrowAndTellTheOperator(Supplier<Throwable> thrown) {
            assertThat(reasonOf(throwing(thrown))).isEqualTo(RefusalReason.RULE_FAILED);
            assertThat(failures).hasSize(1);
        }

        @ParameterizedTest
        @MethodSource("thrown")
        void refuseWhereTheyThrowWhateverTheOtherAlternativesSay(Supplier<Throwable> thrown) {
            assertThat(reasonOf(throwing(thrown).or(scope("read")))).isEqualTo(RefusalReason.RULE_FAILED);
        }
    }

    @Nested
    class Trials {
        @Test
        void demandNothing() {
            assertThat(reasonOf(scope("read").reportOnly(scope("admin")))).isNull();
            assertThat(reasonOf(scope("admin").reportOnly(scope("read")))).isEqualTo(RefusalReason.SCOPE_INSUFFICIENT);
        }
    }
}
