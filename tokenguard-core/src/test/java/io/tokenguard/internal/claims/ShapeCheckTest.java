package io.tokenguard.internal.claims;

import static io.tokenguard.internal.Attempt.detailOf;
import static io.tokenguard.internal.Attempt.reasonOf;
import static io.tokenguard.internal.claims.Verified.API;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8725 §2.8 and §3.12: an access token is told from whatever else its issuer signs. */
class ShapeCheckTest {
    private static final TokenShape SHAPE = Verified.SHAPE;

    private static AccessToken validate(TokenShape shape, Map<String, Object> claims) throws RefusedException {
        return new ClaimsValidator(policy(shape)).validate(verified(claims));
    }

    private static RefusalReason refusal(TokenShape shape, Map<String, Object> claims) {
        return reasonOf(() -> validate(shape, claims));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonce", "at_hash", "c_hash", "s_hash", "events"})
    void refusesClaimsThatOnlyOtherTokensHold(String name) {
        assertThat(refusal(SHAPE, with(name, "x"))).isEqualTo(RefusalReason.NOT_AN_ACCESS_TOKEN);
        assertThat(detailOf(() -> validate(SHAPE, with(name, "x")))).isEqualTo(name);
        assertThat(refusal(SHAPE, with(name, null))).isNull();
    }

    @Test
    void acceptsClaimsOfIdTokensInATokenThatIsMarkedAsAnAccessToken() {
        assertThat(refusal(SHAPE.marked("typ", "Bearer"), with("typ", "Bearer")))
                .isNull();
        Map<String, Object> claims = with("typ", "Bearer");
        claims.put("nonce", "n");
        assertThat(refusal(SHAPE.marked("typ", "Bearer"), claims)).isNull();
    }

    @Nested
    class Required {
        @Test
        void claimsHaveContentIfNoValueIsAskedFor() {
            for (Object empty : List.of("", List.of())) {
                assertThat(refusal(SHAPE.requiring(Set.of("tenant")), with("tenant", empty)))
                        .isEqualTo(RefusalReason.CLAIM_MISSING);
            }
        }

        @Test
        void claimsMayBeAlternativesOrAbsent() {
            TokenShape shape = SHAPE.requiring(Set.of("tid or org", "!act"));
            assertThat(refusal(shape, with("org", "o"))).isNull();
            assertThat(refusal(shape, claims())).isEqualTo(RefusalReason.CLAIM_MISSING);
            Map<String, Object> delegated = with("org", "o");
            delegated.put("act", Map.of("sub", "bob"));
            assertThat(refusal(shape, delegated)).isEqualTo(RefusalReason.CLAIM_MISSING);
        }

        /** RFC 6901. */
        @Test
        void claimsMayBeInsideOthers() {
            TokenShape shape = SHAPE.requiring(Set.of("/tenant/id"));
            assertThat(refusal(shape, with("tenant", Map.of("id", "t")))).isNull();
            assertThat(refusal(shape, with("tenant", Map.of("id", "")))).isEqualTo(RefusalReason.CLAIM_MISSING);
            assertThat(refusal(shape, with("tenant", "t"))).isEqualTo(RefusalReason.CLAIM_MISSING);
        }

        @Test
        void claimsComeOnTopOfThoseOfTheShape() {
            TokenShape shape = SHAPE.requiring(Set.of("tenant"));
            assertThat(refusal(shape, claims())).isEqualTo(RefusalReason.CLAIM_MISSING);
            assertThat(refusal(shape, with("tenant", "t"))).isNull();
            assertThat(detailOf(() -> validate(shape, claims()))).isEqualTo("tenant");
            assertThat(refusal(shape.requiring(Set.of()), without("jti"))).isEqualTo(RefusalReason.CLAIM_MISSING);
        }

        @Test
        void claimsOfAGroupAreNeededOnce() {
            TokenShape shape = SHAPE.withOneOf("scope", "scp").withOneOf("azp", "cid");
            assertThat(refusal(shape, claims())).isEqualTo(RefusalReason.CLAIM_MISSING);
            assertThat(refusal(shape, with("scope", ""))).isEqualTo(RefusalReason.CLAIM_MISSING);
            Map<String, Object> both = with("scp", "a");
            both.put("cid", "c");
            assertThat(refusal(shape, both)).isNull();
            both.put("cid", null);
            assertThat(refusal(shape, both)).isEqualTo(RefusalReason.CLAIM_MISSING);
        }

        @Test
        void claimsOfAGroupAreNamedToTheOperator() {
            assertThat(detailOf(() -> validate(SHAPE.withOneOf("a", "b"), claims())))
                    .contains("a")
                    .contains(" or ")
                    .contains("b");
        }
    }

    @Nested
    class Markers {
        private final TokenShape shape = SHAPE.marked("typ", "Bearer", "DPoP").marked("ver", "1");

        private Map<String, Object> marked(Object type, Object version) {
            Map<String, Object> claims = with("typ", type);
            claims.put("ver", version);
            return claims;
        }

        @Test
        void areTextsWholeNumbersOrBooleans() {
            assertThat(refusal(SHAPE.marked("flag", "true"), with("flag", true)))
                    .isNull();
            assertThat(refusal(SHAPE.marked("flag", "false"), with("flag", true)))
                    .isEqualTo(RefusalReason.NOT_AN_ACCESS_TOKEN);
            assertThat(refusal(shape, marked("Bearer", "1"))).isNull();
            assertThat(refusal(shape, marked("DPoP", 1L))).isNull();
        }

        @Test
        void areEachNeededWithOneOfTheirValues() {
            assertThat(refusal(shape, marked("ID", "1"))).isEqualTo(RefusalReason.NOT_AN_ACCESS_TOKEN);
            assertThat(refusal(shape, marked("bearer", "1"))).isEqualTo(RefusalReason.NOT_AN_ACCESS_TOKEN);
            assertThat(refusal(shape, marked("Bearer", "2"))).isEqualTo(RefusalReason.NOT_AN_ACCESS_TOKEN);
            assertThat(refusal(shape, marked("Bearer", null))).isEqualTo(RefusalReason.NOT_AN_ACCESS_TOKEN);
            assertThat(refusal(shape, claims())).isEqualTo(RefusalReason.NOT_AN_ACCESS_TOKEN);
            assertThat(detailOf(() -> validate(shape, marked("Bearer", "2")))).isEqualTo("ver=1");
        }

        @Test
        void areNothingElseThatIsWrittenAlike() {
            assertThat(refusal(shape, marked("Bearer", new BigDecimal("1"))))
                    .isEqualTo(RefusalReason.NOT_AN_ACCESS_TOKEN);
            assertThat(refusal(shape, marked("Bearer", List.of("1")))).isEqualTo(RefusalReason.NOT_AN_ACCESS_TOKEN);
            assertThat(refusal(SHAPE.marked("flag", "True"), with("flag", true)))
                    .isEqualTo(RefusalReason.NOT_AN_ACCESS_TOKEN);
            assertThat(refusal(SHAPE.marked("flag", "1"), with("flag", true)))
                    .isEqualTo(RefusalReason.NOT_AN_ACCESS_TOKEN);
        }
    }

    @Nested
    class Clients {
        private final TokenShape shape = SHAPE.requiring(Set.of()).clientIn("azp", "client_id");

        @Test
        void areNamedByTheFirstClaimThatIsThere() throws RefusedException {
            assertThat(validate(shape, claims()).clientId()).contains("shop");
            assertThat(validate(shape, with("azp", "shop")).clientId()).contains("shop");
            assertThat(validate(SHAPE.clientIn("azp"), with("azp", "other")).clientId())
                    .contains("other");
            assertThat(validate(SHAPE.clientIn("azp"), claims()).clientId()).isEmpty();
            Map<String, Object> first = without("client_id");
            first.put("azp", "other");
            assertThat(validate(TokenShape.with("iss").clientIn("azp", "client_id"), first)
                            .clientId())
                    .contains("other");
        }

        @Test
        void areNamedByAnAudienceThatIsTheOnlyOne() throws RefusedException {
            TokenShape byAudience = SHAPE.clientIn("aud", "azp");
            assertThat(validate(byAudience, with("aud", List.of(API))).clientId())
                    .contains(API);
            Map<String, Object> claims = with("aud", List.of(API, "other"));
            claims.put("azp", "shop");
            assertThat(validate(byAudience, claims).clientId()).contains("shop");
        }

        @Test
        void areNotThoseOfTheOtherClaims() throws RefusedException {
            assertThat(validate(shape, with("azp", "other")).clientId()).contains("other");
            Map<String, Object> unused = with("client_id", List.of(1));
            unused.put("azp", "shop");
            assertThat(validate(shape, unused).clientId()).contains("shop");
        }

        @Test
        void areMalformedInTheClaimThatIsUsed() {
            assertThat(refusal(shape, with("azp", List.of(1)))).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
        }
    }

    @Nested
    class Audiences {
        private final TokenShape shape = TokenShape.with("iss", "exp").audienceIn("aud", "client_id");

        @Test
        void areInTheFirstClaimThatIsThere() {
            assertThat(refusal(shape, claims())).isNull();
            Map<String, Object> byClient = without("aud");
            assertThat(refusal(shape, byClient)).isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
            byClient.put("client_id", API);
            assertThat(refusal(shape, byClient)).isNull();
            byClient.put("aud", "other");
            assertThat(refusal(shape, byClient)).isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
        }

        @Test
        void areNeeded() {
            Map<String, Object> nobody = without("aud");
            nobody.remove("client_id");
            assertThat(refusal(shape, nobody)).isEqualTo(RefusalReason.CLAIM_MISSING);
        }
    }

    @Test
    void readsTheSubjectFromTheFirstClaimThatIsThere() throws RefusedException {
        TokenShape shape = SHAPE.subjectIn("uid", "sub");
        assertThat(validate(shape, claims()).subject()).contains("alice");
        assertThat(validate(shape, with("uid", "7")).subject()).contains("7");
    }

    /** A token needs an end, whatever its shape asks for. */
    @Test
    void asksForAnExpiryEvenWhereTheShapeDoesNot() {
        assertThat(refusal(TokenShape.with("iss"), without("exp"))).isEqualTo(RefusalReason.CLAIM_MISSING);
        assertThat(detailOf(() -> validate(TokenShape.with("iss"), without("exp"))))
                .isEqualTo("exp");
    }

    /** RFC 9700 §4.15. */
    @Nested
    class Actors {
        private static SubjectKind subjectKind(TokenShape shape, Map<String, Object> claims) throws RefusedException {
            return validate(shape, claims).subjectKind();
        }

        @Test
        void areUsersWhereTheSubjectIsNotTheClient() throws RefusedException {
            assertThat(subjectKind(SHAPE, claims())).isEqualTo(SubjectKind.USER);
            assertThat(subjectKind(SHAPE, with("sub", "shop"))).isEqualTo(SubjectKind.CLIENT);
        }

        @Test
        void areClientsWhereThereIsNoSubject() throws RefusedException {
            assertThat(subjectKind(TokenShape.with("iss"), without("sub"))).isEqualTo(SubjectKind.CLIENT);
            assertThat(subjectKind(TokenShape.with("iss").clientIn("client_id"), without("sub")))
                    .isEqualTo(SubjectKind.CLIENT);
        }

        @Test
        void areUsersWhereNoClientIsNamed() throws RefusedException {
            assertThat(subjectKind(TokenShape.with("iss"), without("client_id")))
                    .isEqualTo(SubjectKind.USER);
        }

        @Test
        void areWhatTheConfigurationSaysWhereThereIsNoSubject() throws RefusedException {
            TokenShape shape = TokenShape.with("iss").clientActsOnlyIf(ClaimRule.of("auth_type=2L"));
            Map<String, Object> members = without("sub");
            members.put("auth_type", "3L");
            assertThat(subjectKind(shape, members)).isEqualTo(SubjectKind.USER);
            members.put("auth_type", "2L");
            assertThat(subjectKind(shape, members)).isEqualTo(SubjectKind.CLIENT);
        }

        @Test
        void areClientsThatAreTheSubjectWhateverTheConfigurationSays() throws RefusedException {
            TokenShape shape = SHAPE.clientActsOnlyIf(ClaimRule.of("auth_type=2L"));
            assertThat(subjectKind(shape, with("sub", "shop"))).isEqualTo(SubjectKind.CLIENT);
        }

        @Test
        void areClientsWhereAMarkerSaysSo() throws RefusedException {
            TokenShape shape = SHAPE.clientActsIf("idtyp", "app", "service");
            assertThat(subjectKind(shape, with("idtyp", "app"))).isEqualTo(SubjectKind.CLIENT);
            assertThat(subjectKind(shape, with("idtyp", "service"))).isEqualTo(SubjectKind.CLIENT);
            assertThat(subjectKind(shape, with("idtyp", "user"))).isEqualTo(SubjectKind.USER);
            assertThat(subjectKind(shape, claims())).isEqualTo(SubjectKind.USER);
        }

        @Test
        void areClientsWhereAMarkerOfAnyValueIsThere() throws RefusedException {
            TokenShape shape = SHAPE.clientActsIf("machine");
            assertThat(subjectKind(shape, with("machine", "x"))).isEqualTo(SubjectKind.CLIENT);
            assertThat(subjectKind(shape, with("machine", null))).isEqualTo(SubjectKind.USER);
            assertThat(subjectKind(shape, claims())).isEqualTo(SubjectKind.USER);
        }

        @Test
        void areClientsWhereNoUserEverActs() throws RefusedException {
            assertThat(subjectKind(SHAPE.clientActsAlways(), claims())).isEqualTo(SubjectKind.CLIENT);
        }

        @Test
        void areClientsWithoutWhatOnlyUsersHave() throws RefusedException {
            TokenShape shape = SHAPE.userActsOnlyWith("scp");
            assertThat(subjectKind(shape, with("scp", "a"))).isEqualTo(SubjectKind.USER);
            assertThat(subjectKind(shape, claims())).isEqualTo(SubjectKind.CLIENT);
        }
    }
}
