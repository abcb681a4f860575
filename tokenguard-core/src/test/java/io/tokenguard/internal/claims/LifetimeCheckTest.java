package io.tokenguard.internal.claims;

import static io.tokenguard.internal.Attempt.detailOf;
import static io.tokenguard.internal.Attempt.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.internal.Attempt;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7519 §4.1.4 to §4.1.6 in seconds around each boundary; then what limits age and life. */
class LifetimeCheckTest {
    private static final long NOW = 1_795_294_105L;
    private static final long SKEW = 30;
    private static final LifetimePolicy POLICY = policy(Optional.empty());

    private static LifetimePolicy policy(Optional<Duration> maxAge) {
        return new LifetimePolicy(Duration.ofSeconds(SKEW), maxAge, Duration.ofHours(24));
    }

    private static AccessToken token(long expiry, Map<String, Object> claims) {
        return AccessToken.builder("i")
                .expiresAt(Instant.ofEpochSecond(expiry))
                .claims(new HashMap<>(claims))
                .build();
    }

    private static Attempt checking(LifetimePolicy policy, long expiry, Map<String, Object> claims) {
        // Fractions of a second count for nothing.
        Instant now = Instant.ofEpochSecond(NOW, 999_999_999);
        return () -> new LifetimeCheck(policy).check(TokenTimes.of(token(expiry, claims)), now);
    }

    private static RefusalReason judge(long expiry, Map<String, Object> claims) {
        return reasonOf(checking(POLICY, expiry, claims));
    }

    @Nested
    class Section414Expiry {
        @ParameterizedTest
        @CsvSource({"-3600,EXPIRED", "-31,EXPIRED", "-30,EXPIRED", "-29,", "0,", "1,", "3600,"})
        void isOverAtTheEndOfTheSkew(long secondsFromNow, RefusalReason reason) {
            assertThat(judge(NOW + secondsFromNow, Map.of())).isEqualTo(reason);
        }

        @ParameterizedTest
        @CsvSource({"0,EXPIRED", "1,"})
        void isOverAtOnceWithoutASkew(long secondsFromNow, RefusalReason reason) {
            LifetimePolicy exact = new LifetimePolicy(Duration.ZERO, Optional.empty(), Duration.ofHours(24));
            assertThat(reasonOf(checking(exact, NOW + secondsFromNow, Map.of())))
                    .isEqualTo(reason);
        }

        @ParameterizedTest
        @ValueSource(strings = {"nbf", "iat"})
        void isNotBeforeTheBeginning(String beginning) {
            assertThat(judge(NOW + 10, Map.of(beginning, NOW + 10))).isNull();
            assertThat(judge(NOW + 10, Map.of(beginning, NOW + 11))).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
            assertThat(detailOf(checking(POLICY, NOW + 10, Map.of(beginning, NOW + 11))))
                    .contains("exp");
        }

        @Test
        void isNotBeforeTheLaterOfTwoBeginnings() {
            assertThat(judge(NOW + 10, Map.of("iat", NOW, "nbf", NOW + 11))).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
            assertThat(judge(NOW + 10, Map.of("iat", NOW + 11, "nbf", NOW))).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
            assertThat(judge(NOW + 10, Map.of("iat", NOW, "nbf", NOW))).isNull();
        }
    }

    @Nested
    class Section415NotBefore {
        @ParameterizedTest
        @CsvSource({"-3600,", "0,", "29,", "30,", "31,NOT_YET_VALID", "3600,NOT_YET_VALID"})
        void isGoodFromTheBeginningOfTheSkew(long secondsFromNow, RefusalReason reason) {
            assertThat(judge(NOW + 7_200, Map.of("nbf", NOW + secondsFromNow))).isEqualTo(reason);
        }
    }

    @Nested
    class Section416IssuedAt {
        @ParameterizedTest
        @CsvSource({"-3600,", "0,", "29,", "30,", "31,ISSUED_IN_FUTURE", "3600,ISSUED_IN_FUTURE"})
        void isGoodFromTheBeginningOfTheSkew(long secondsFromNow, RefusalReason reason) {
            assertThat(judge(NOW + 7_200, Map.of("iat", NOW + secondsFromNow))).isEqualTo(reason);
        }
    }

    @Nested
    class Section2NumericDate {
        @ParameterizedTest
        @ValueSource(strings = {"nbf", "iat"})
        void isANumberThatIsNotNegative(String name) {
            for (Object bad : List.of(
                    String.valueOf(NOW), true, List.of(NOW), -1L, new BigDecimal("-0.1"), new BigDecimal("-1e300"))) {
                assertThat(judge(NOW + 60, Map.of(name, bad))).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
                assertThat(detailOf(checking(POLICY, NOW + 60, Map.of(name, bad))))
                        .isEqualTo(name);
            }
        }

        @Test
        void mayBeZeroOrAbsentOrNull() {
            assertThat(judge(NOW + 60, Map.of("nbf", 0L))).isNull();
            Map<String, Object> claims = new HashMap<>();
            claims.put("nbf", null);
            claims.put("iat", null);
            assertThat(judge(NOW + 60, claims)).isNull();
        }

        @Test
        void isRoundedDown() {
            assertThat(judge(NOW + 7_200, Map.of("nbf", new BigDecimal(NOW + 30 + ".9"))))
                    .isNull();
            assertThat(judge(NOW + 7_200, Map.of("nbf", new BigDecimal(NOW + 31 + ".0"))))
                    .isEqualTo(RefusalReason.NOT_YET_VALID);
        }

        @Test
        void ofZeroMakesALongLife() {
            assertThat(judge(NOW + 60, Map.of("iat", 0L))).isEqualTo(RefusalReason.LIFETIME_TOO_LONG);
        }
    }

    @Nested
    class Life {
        private static final long DAY = 86_400;

        @Test
        void isCountedFromNowWhereTheTokenDoesNotSaySinceWhen() {
            assertThat(judge(NOW + DAY, Map.of())).isNull();
            assertThat(judge(NOW + DAY + 1, Map.of())).isEqualTo(RefusalReason.LIFETIME_TOO_LONG);
        }

        @Test
        void isCountedFromTheIssueWhereTheTokenSaysIt() {
            assertThat(judge(NOW + DAY - 100, Map.of("iat", NOW - 100))).isNull();
            assertThat(judge(NOW + DAY - 99, Map.of("iat", NOW - 100))).isEqualTo(RefusalReason.LIFETIME_TOO_LONG);
        }

        @Test
        void isCountedFromNowWhereTheIssueLiesAhead() {
            assertThat(judge(NOW + DAY, Map.of("iat", NOW + 20))).isNull();
            assertThat(judge(NOW + DAY + 1, Map.of("iat", NOW + 20))).isEqualTo(RefusalReason.LIFETIME_TOO_LONG);
        }
    }

    @Nested
    class Age {
        private static final LifetimePolicy AGEING = policy(Optional.of(Duration.ofMinutes(10)));

        private static RefusalReason judge(Map<String, Object> claims) {
            return reasonOf(checking(AGEING, NOW + 60, claims));
        }

        @ParameterizedTest
        @CsvSource({"0,", "600,", "629,", "630,MAX_AGE_EXCEEDED", "631,MAX_AGE_EXCEEDED", "3600,MAX_AGE_EXCEEDED"})
        void isTooGreatAtTheEndOfTheSkew(long age, RefusalReason reason) {
            assertThat(judge(Map.of("iat", NOW - age))).isEqualTo(reason);
        }

        @Test
        void needsATimeOfIssue() {
            assertThat(judge(Map.of())).isEqualTo(RefusalReason.CLAIM_MISSING);
            assertThat(detailOf(checking(AGEING, NOW + 60, Map.of()))).isEqualTo("iat");
        }

        @Test
        void ofNothingMeansTheSkewAlone() {
            LifetimePolicy none = policy(Optional.of(Duration.ZERO));
            assertThat(reasonOf(checking(none, NOW + 60, Map.of("iat", NOW - 29))))
                    .isNull();
            assertThat(reasonOf(checking(none, NOW + 60, Map.of("iat", NOW - 30))))
                    .isEqualTo(RefusalReason.MAX_AGE_EXCEEDED);
        }

        @Test
        void isNotLookedAtWhereItIsNotLimited() {
            assertThat(LifetimeCheckTest.judge(NOW + 60, Map.of("iat", NOW - 80_000)))
                    .isNull();
        }
    }
}
