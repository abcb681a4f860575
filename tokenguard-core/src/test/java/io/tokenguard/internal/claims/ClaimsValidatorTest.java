package io.tokenguard.internal.claims;

import static io.tokenguard.internal.Attempt.detailOf;
import static io.tokenguard.internal.Attempt.reasonOf;
import static io.tokenguard.internal.claims.Verified.API;
import static io.tokenguard.internal.claims.Verified.ISSUER;
import static io.tokenguard.internal.claims.Verified.POLICY;
import static io.tokenguard.internal.claims.Verified.claims;
import static io.tokenguard.internal.claims.Verified.policy;
import static io.tokenguard.internal.claims.Verified.verified;
import static io.tokenguard.internal.claims.Verified.with;
import static io.tokenguard.internal.claims.Verified.without;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.AccessToken.SubjectKind;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9068 §2.2 and §4 with the claims of RFC 7519 §4.1, in their order. */
class ClaimsValidatorTest {
    private static AccessToken validate(Map<String, Object> claims) throws RefusedException {
        return new ClaimsValidator(POLICY).validate(verified(claims));
    }

    private static RefusalReason refusal(Map<String, Object> claims) {
        return reasonOf(() -> validate(claims));
    }

    private static void assertMalformed(String name, Object value) {
        assertThat(refusal(with(name, value))).as("%s: %s", name, value).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
        assertThat(detailOf(() -> validate(with(name, value)))).isEqualTo(name);
    }

    /** Values of every type but text; JSON null is told apart nowhere from an absent claim. */
    static Stream<Object> notTexts() {
        return Stream.of(1L, new BigDecimal("1.5"), true, Map.of(), Map.of("a", "b"));
    }

    @Test
    void saysWhatTheTokenSays() throws RefusedException {
        Map<String, Object> claims = with("scope", "read write");
        claims.put("roles", List.of("admin"));
        AccessToken token = validate(claims);
        assertThat(token.issuer()).isEqualTo(ISSUER);
        assertThat(token.subject()).contains("alice");
        assertThat(token.clientId()).contains("shop");
        assertThat(token.subjectKind()).isEqualTo(SubjectKind.USER);
        assertThat(token.scopes()).isEqualTo(Set.of("read", "write"));
        assertThat(token.roles()).isEqualTo(Set.of("admin"));
        assertThat(token.expiresAt()).isEqualTo(Instant.ofEpochSecond(1_000_000));
        assertThat(token.claims()).isEqualTo(claims);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "exp", "aud", "sub", "client_id", "iat", "jti"})
    void asksForEveryClaimOfRfc9068Section22(String name) {
        assertThat(refusal(without(name))).isEqualTo(RefusalReason.CLAIM_MISSING);
        assertThat(detailOf(() -> validate(without(name)))).isEqualTo(name);
        assertThat(refusal(with(name, null))).isEqualTo(RefusalReason.CLAIM_MISSING);
    }

    @Nested
    class Section411Issuer {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://issuer.example/",
                    "HTTPS://issuer.example",
                    "https://issuer.example:443",
                    "https://issuer",
                    "https://issuer.example.evil",
                    " https://issuer.example",
                    ""
                })
        void isComparedToTheLetter(String issuer) {
            assertThat(refusal(with("iss", issuer))).isEqualTo(RefusalReason.ISSUER_MISMATCH);
        }

        @Test
        void isOne() {
            assertThat(refusal(with("iss", List.of(ISSUER, "https://evil.example"))))
                    .isEqualTo(RefusalReason.CLAIMS_MALFORMED);
            assertThat(refusal(with("iss", List.of()))).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
        }

        @ParameterizedTest
        @MethodSource("io.tokenguard.internal.claims.ClaimsValidatorTest#notTexts")
        void isText(Object value) {
            assertMalformed("iss", value);
        }
    }

    @Nested
    class Section412Subject {
        @ParameterizedTest
        @ValueSource(strings = {"a", "alice", "user 7", "\u00E4\u4E2D", "a@b", " a "})
        void isTextOfAnyKind(String subject) throws RefusedException {
            assertThat(validate(with("sub", subject)).subject()).contains(subject);
        }

        @ParameterizedTest
        @ValueSource(strings = {" ", "\t", "a\r\nb", "a\u0000", "\u007F", "a\u0085"})
        void isNeitherBlankNorWithControlCharacters(String subject) {
            assertMalformed("sub", subject);
        }

        @Test
        void isAbsentWhereItIsEmpty() throws RefusedException {
            assertThat(refusal(with("sub", ""))).isEqualTo(RefusalReason.CLAIM_MISSING);
            ClaimsValidator lenient = new ClaimsValidator(Verified.policy(TokenShape.with("iss")));
            assertThat(lenient.validate(verified(with("sub", ""))).subject()).isEmpty();
            assertThat(lenient.validate(verified(with("sub", List.of()))).subject())
                    .isEmpty();
        }

        @Test
        void hasAtMost1024Characters() {
            assertThat(refusal(with("sub", "a".repeat(1_024)))).isNull();
            assertMalformed("sub", "a".repeat(1_025));
        }

        @ParameterizedTest
        @MethodSource("io.tokenguard.internal.claims.ClaimsValidatorTest#notTexts")
        void isText(Object value) {
            assertMalformed("sub", value);
        }
    }

    @Nested
    class Section413Audience {
        @Test
        void namesThisApiAloneOrAmongOthers() {
            assertThat(refusal(with("aud", API))).isNull();
            assertThat(refusal(with("aud", "second"))).isNull();
            assertThat(refusal(with("aud", List.of(API)))).isNull();
            assertThat(refusal(with("aud", List.of("other", "second")))).isNull();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://api.example/",
                    "https://api",
                    "https://api.example.evil",
                    "HTTPS://api.example",
                    " second",
                    "Second",
                    "https://api.example,second",
                    "https://api.example second"
                })
        void isComparedToTheLetter(String audience) {
            assertThat(refusal(with("aud", audience))).isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
            assertThat(refusal(with("aud", List.of(audience)))).isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
        }

        /** RFC 6901. */
        @Test
        void mayBeInsideAnotherClaim() {
            ClaimsPolicy policy = policy(Verified.SHAPE.without(Set.of("aud")).audienceIn("/app/id"));
            Map<String, Object> claims = with("app", Map.of("id", API));
            claims.remove("aud");
            assertThat(reasonOf(() -> new ClaimsValidator(policy).validate(verified(claims))))
                    .isNull();
            claims.put("app", Map.of("id", "other"));
            assertThat(reasonOf(() -> new ClaimsValidator(policy).validate(verified(claims))))
                    .isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
            claims.put("app", "x");
            assertThat(reasonOf(() -> new ClaimsValidator(policy).validate(verified(claims))))
                    .isEqualTo(RefusalReason.CLAIM_MISSING);
        }

        @Test
        void isNotEmpty() {
            assertThat(refusal(with("aud", List.of()))).isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
            assertMalformed("aud", "");
            assertMalformed("aud", List.of(API, ""));
        }

        @ParameterizedTest
        @MethodSource("io.tokenguard.internal.claims.ClaimsValidatorTest#notTexts")
        void isTextOrAListOfTexts(Object value) {
            assertMalformed("aud", value);
            assertMalformed("aud", List.of(API, value));
            assertMalformed("aud", Arrays.asList(API, null));
            assertMalformed("aud", List.of(List.of(API)));
        }
    }

    @Nested
    class Section414Expiry {
        @Test
        void isReadInWholeSecondsRoundedDown() throws RefusedException {
            assertThat(validate(with("exp", 7L)).expiresAt()).isEqualTo(Instant.ofEpochSecond(7));
            assertThat(validate(with("exp", new BigDecimal("7.9"))).expiresAt()).isEqualTo(Instant.ofEpochSecond(7));
            assertThat(validate(with("exp", new BigDecimal("-7.1"))).expiresAt())
                    .isEqualTo(Instant.ofEpochSecond(-8));
            assertThat(validate(with("exp", new BigDecimal("1e3"))).expiresAt())
                    .isEqualTo(Instant.ofEpochSecond(1_000));
        }

        @ParameterizedTest
        @ValueSource(strings = {"253402300800", "1e20", "1e308", "99999999999999999999.5"})
        void liesNoFartherThanTheYear9999(String seconds) throws RefusedException {
            Instant farthest = Instant.parse("9999-12-31T23:59:59Z");
            BigDecimal number = new BigDecimal(seconds);
            assertThat(validate(with("exp", number)).expiresAt()).isEqualTo(farthest);
            assertThat(validate(with("exp", number.negate())).expiresAt())
                    .isEqualTo(Instant.ofEpochSecond(-farthest.getEpochSecond()));
        }

        @Test
        void liesNoFartherAsAWholeNumberEither() throws RefusedException {
            long farthest = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
            for (long seconds : new long[] {farthest, farthest + 1, Long.MAX_VALUE}) {
                assertThat(validate(with("exp", seconds)).expiresAt().getEpochSecond())
                        .isEqualTo(farthest);
                assertThat(validate(with("exp", -seconds)).expiresAt().getEpochSecond())
                        .isEqualTo(-farthest);
            }
        }

        @Test
        void isANumber() {
            for (Object value : List.of("1000000", true, List.of(1L), Map.of())) {
                assertMalformed("exp", value);
            }
        }
    }

    @Nested
    class Section417TokenId {
        @ParameterizedTest
        @ValueSource(strings = {" ", "a\nb"})
        void isAnIdentifier(String tokenId) {
            assertMalformed("jti", tokenId);
        }

        @ParameterizedTest
        @MethodSource("io.tokenguard.internal.claims.ClaimsValidatorTest#notTexts")
        void isText(Object value) {
            assertMalformed("jti", value);
        }
    }

    @Nested
    class ClientId {
        @ParameterizedTest
        @MethodSource("io.tokenguard.internal.claims.ClaimsValidatorTest#notTexts")
        void isText(Object value) {
            assertMalformed("client_id", value);
        }
    }

    @Test
    void readsScopesFromTheirOneClaimOnly() throws RefusedException {
        Map<String, Object> claims = with("scp", List.of("admin"));
        assertThat(validate(claims).scopes()).isEmpty();
        claims.put("scope", "read");
        assertThat(validate(claims).scopes()).containsExactly("read");
    }

    @Test
    void namesTheAudiencesThatItAccepts() {
        assertThat(new ClaimsValidator(POLICY).audiences()).isEqualTo(Set.of(API, "second"));
    }

    @Test
    void judgesTheSameForAnotherIssuer() throws RefusedException {
        ClaimsPolicy other = POLICY.of("https://other.example", TokenShape.with("iss"));
        assertThat(new ClaimsValidator(other)
                        .validate(verified(with("iss", "https://other.example")))
                        .issuer())
                .isEqualTo("https://other.example");
    }

    @Test
    void looksAtTheShapeFirst() {
        Map<String, Object> claims = with("nonce", "n");
        claims.put("iss", "https://evil.example");
        assertThat(reasonOf(() -> new ClaimsValidator(policy(Verified.SHAPE)).validate(verified(claims))))
                .isEqualTo(RefusalReason.NOT_AN_ACCESS_TOKEN);
    }
}
