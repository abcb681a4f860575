package io.tokenguard.internal.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Decision.Challenge;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusalReason.OAuthError;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6750 §3, in its order. */
class ChallengeComposerTest {
    private static final AccessRequirement ANY = AccessRequirement.authenticated();
    private static final AccessRequirement SCOPED =
            AccessRequirement.scope("read", "write").and(AccessRequirement.anyScope("x", "y"));

    private static Challenge compose(RefusalReason reason, AccessRequirement requirement) {
        return composer("api", false).compose(reason, requirement, false, Optional::empty);
    }

    private static ChallengeComposer composer(String realm, boolean isUniform) {
        return new ChallengeComposer(
                new ChallengePolicy(
                        realm, isUniform, false, List.of("bronze", "silver", "gold"), DpopOffer.NONE, Optional.empty()),
                RefusalBody.OAUTH_ERROR);
    }

    private static String challenge(RefusalReason reason, AccessRequirement requirement) {
        return String.join("\n", compose(reason, requirement).wwwAuthenticate());
    }

    static Stream<RefusalReason> judged() {
        return Arrays.stream(RefusalReason.values()).filter(reason -> reason.error() != OAuthError.NONE);
    }

    static Stream<RefusalReason> notJudged() {
        return Arrays.stream(RefusalReason.values())
                .filter(reason -> reason.error() == OAuthError.NONE && reason != RefusalReason.NO_CREDENTIALS);
    }

    @Nested
    class Section3 {
        @Test
        void namesTheRealmAndNothingElseWhereNoCredentialsCame() {
            assertThat(challenge(RefusalReason.NO_CREDENTIALS, ANY)).isEqualTo("Bearer realm=\"api\"");
        }

        @ParameterizedTest
        @ValueSource(strings = {"shop", "my shop", "!", " ", "~", "#[]^"})
        void takesAnyRealmThatCanBeQuoted(String realm) {
            Challenge challenge =
                    composer(realm, false).compose(RefusalReason.NO_CREDENTIALS, ANY, false, Optional::empty);
            assertThat(challenge.wwwAuthenticate()).containsExactly("Bearer realm=\"" + realm + "\"");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a\"b", "a\\b", "a\u001Fb", "a\r\nb", "a\u007Fb", "\u00E9"})
        void refusesAnyOtherRealmAtStart(String realm) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> composer(realm, false))
                    .satisfies(wrong -> assertThat(wrong.key()).isEqualTo("tokenguard.realm"));
        }

        @Test
        void namesTheLeastScopeThatIsEnough() {
            assertThat(challenge(RefusalReason.NO_CREDENTIALS, SCOPED))
                    .isEqualTo("Bearer realm=\"api\", scope=\"read write x\"");
            assertThat(challenge(RefusalReason.SCOPE_INSUFFICIENT, SCOPED)).endsWith(", scope=\"read write x\"");
        }

        @Test
        void namesNoScopeWhereNoneIsDemanded() {
            assertThat(challenge(RefusalReason.NO_CREDENTIALS, AccessRequirement.role("admin")))
                    .isEqualTo("Bearer realm=\"api\"");
            assertThat(challenge(RefusalReason.NO_CREDENTIALS, AccessRequirement.denied()))
                    .isEqualTo("Bearer realm=\"api\"");
        }

        @ParameterizedTest
        @EnumSource(RefusalReason.class)
        void namesTheScopeInEvery401WhereThatIsAskedFor(RefusalReason reason) {
            var policy = new ChallengePolicy("api", false, true, List.of(), DpopOffer.NONE, Optional.empty());
            boolean isNamed = new ChallengeComposer(policy, RefusalBody.OAUTH_ERROR)
                    .compose(reason, SCOPED, false, Optional::empty).wwwAuthenticate().stream()
                            .anyMatch(challenge -> challenge.contains(", scope=\"read write x\""));
            assertThat(isNamed).isEqualTo(reason.status() == 401 || reason == RefusalReason.SCOPE_INSUFFICIENT);
        }

        @ParameterizedTest
        @EnumSource(names = {"EXPIRED", "ROLE_INSUFFICIENT", "CREDENTIAL_SYNTAX", "ACCESS_DENIED"})
        void namesNoScopeWhereMoreScopeWouldNotHelp(RefusalReason reason) {
            assertThat(challenge(reason, SCOPED)).doesNotContain("scope=");
        }
    }

    @Nested
    class Section31 {
        @ParameterizedTest
        @MethodSource("io.tokenguard.internal.response.ChallengeComposerTest#judged")
        void namesTheErrorAndDescribesIt(RefusalReason reason) {
            assertThat(challenge(reason, ANY))
                    .isEqualTo("Bearer realm=\"api\", error=\"" + reason.error().code() + "\", error_description=\""
                            + Descriptions.of(reason) + "\"");
        }

        @ParameterizedTest
        @MethodSource("io.tokenguard.internal.response.ChallengeComposerTest#notJudged")
        void challengesNobodyWhoseTokenWasNotJudged(RefusalReason reason) {
            assertThat(compose(reason, SCOPED).headers()).doesNotContainKey("WWW-Authenticate");
        }

        @ParameterizedTest
        @EnumSource(RefusalReason.class)
        void answersWithTheStatusOfTheReason(RefusalReason reason) {
            assertThat(compose(reason, ANY).status()).isEqualTo(reason.status());
        }
    }

    /** RFC 9470 §3. */
    @Nested
    class Rfc9470Section3 {
        private static final AccessRequirement GOLD =
                AccessRequirement.acr("gold", "phr").and(AccessRequirement.maxAge(Duration.ofMinutes(5)));

        private static String parameters(AccessRequirement requirement) {
            return challenge(RefusalReason.STEP_UP_REQUIRED, requirement)
                    .replaceAll(".*error_description=\"[^\"]*\"", "");
        }

        @Test
        void namesTheErrorTheValuesInOrderOfPreferenceAndTheAge() {
            assertThat(challenge(RefusalReason.STEP_UP_REQUIRED, GOLD))
                    .isEqualTo("Bearer realm=\"api\", error=\"insufficient_user_authentication\", error_description=\""
                            + Descriptions.of(RefusalReason.STEP_UP_REQUIRED)
                            + "\", acr_values=\"gold phr\", max_age=\"300\"");
        }

        @Test
        void namesOnlyWhatIsDemanded() {
            assertThat(parameters(AccessRequirement.acr("gold"))).isEqualTo(", acr_values=\"gold\"");
            assertThat(parameters(AccessRequirement.maxAge(Duration.ofSeconds(5))))
                    .isEqualTo(", max_age=\"5\"");
        }

        @Test
        void namesValuesThatMeetEveryDemandAndTheLeastAge() {
            AccessRequirement both = AccessRequirement.acr("bronze", "gold")
                    .and(AccessRequirement.acr("silver"))
                    .and(AccessRequirement.maxAge(Duration.ofSeconds(60)))
                    .and(AccessRequirement.maxAge(Duration.ofSeconds(30)));
            assertThat(parameters(both)).isEqualTo(", acr_values=\"gold silver\", max_age=\"30\"");
        }

        @Test
        void namesAllValuesWhereNoneMeetsEveryDemand() {
            assertThat(parameters(AccessRequirement.acr("phr").and(AccessRequirement.acr("phrh"))))
                    .isEqualTo(", acr_values=\"phr phrh\"");
        }

        @Test
        void speaksOfTheFirstAlternativeAndNotOfWhatIsOnTrial() {
            AccessRequirement either = AccessRequirement.acr("silver")
                    .or(AccessRequirement.acr("gold"))
                    .reportOnly(GOLD);
            assertThat(parameters(either)).isEqualTo(", acr_values=\"silver\"");
        }

        @ParameterizedTest
        @EnumSource(names = "STEP_UP_REQUIRED", mode = EnumSource.Mode.EXCLUDE)
        void isSilentOfAuthenticationWithEveryOtherReason(RefusalReason reason) {
            assertThat(challenge(reason, GOLD)).doesNotContain("acr_values", "max_age");
        }
    }

    /** RFC 9728 §5.1. */
    @Nested
    class Rfc9728Section51 {
        private final ChallengeComposer described = new ChallengeComposer(
                new ChallengePolicy(
                        "api",
                        false,
                        false,
                        List.of(),
                        DpopOffer.NONE,
                        Optional.of(URI.create("https://api.example/.well-known/x"))),
                RefusalBody.OAUTH_ERROR);

        @ParameterizedTest
        @EnumSource(RefusalReason.class)
        void namesTheMetadataInEveryChallenge(RefusalReason reason) {
            assertThat(described.compose(reason, SCOPED, false, Optional::empty).wwwAuthenticate())
                    .hasSameSizeAs(compose(reason, SCOPED).wwwAuthenticate())
                    .allSatisfy(challenge -> assertThat(challenge)
                            .endsWith(", resource_metadata=\"https://api.example/.well-known/x\""));
        }

        @ParameterizedTest
        @EnumSource(RefusalReason.class)
        void namesNoneWhereThereIsNone(RefusalReason reason) {
            assertThat(challenge(reason, SCOPED)).doesNotContain("resource_metadata");
        }
    }

    @Nested
    class Body {
        @ParameterizedTest
        @MethodSource("io.tokenguard.internal.response.ChallengeComposerTest#judged")
        void repeatsTheErrorAsJson(RefusalReason reason) {
            Challenge challenge = compose(reason, ANY);
            assertThat(challenge.body())
                    .isEqualTo("{\"error\":\"" + reason.error().code() + "\"}");
            assertThat(challenge.headers()).containsEntry("Content-Type", List.of("application/json"));
        }

        @ParameterizedTest
        @MethodSource("io.tokenguard.internal.response.ChallengeComposerTest#notJudged")
        void isEmptyWhereThereIsNothingToSay(RefusalReason reason) {
            assertThat(compose(reason, ANY).body()).isEmpty();
            assertThat(compose(reason, ANY).headers()).doesNotContainKey("Content-Type");
        }
    }

    @Nested
    class OtherHeaders {
        @ParameterizedTest
        @EnumSource(RefusalReason.class)
        void keepEveryAnswerOutOfCaches(RefusalReason reason) {
            assertThat(compose(reason, ANY).headers()).containsEntry("Cache-Control", List.of("no-store"));
        }

        @ParameterizedTest
        @EnumSource(RefusalReason.class)
        void sayWhenToTryAgainWhereTheTokenCouldNotBeJudged(RefusalReason reason) {
            assertThat(compose(reason, ANY).headers().containsKey("Retry-After"))
                    .isEqualTo(reason.status() == 503);
            assertThat(compose(RefusalReason.KEYS_UNAVAILABLE, ANY).headers().get("Retry-After"))
                    .containsExactly("1");
        }

        @ParameterizedTest
        @EnumSource(RefusalReason.class)
        void nameTheMethodsThatAreServedWhereOneIsNot(RefusalReason reason) {
            assertThat(compose(reason, ANY).headers().containsKey("Allow")).isEqualTo(reason.status() == 405);
            assertThat(compose(RefusalReason.METHOD_REJECTED, ANY).headers().get("Allow"))
                    .containsExactly("DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT");
        }
    }

    @Nested
    class Uniform {
        private final ChallengeComposer uniform = composer("api", true);

        @Test
        void answersEveryBadTokenWithTheSameBytes() {
            assertThat(judged().filter(reason -> reason.error() == OAuthError.INVALID_TOKEN))
                    .extracting(reason -> uniform.compose(reason, SCOPED, false, Optional::empty))
                    .containsOnly(uniform.compose(RefusalReason.EXPIRED, SCOPED, false, Optional::empty));
            assertThat(uniform.compose(RefusalReason.EXPIRED, ANY, false, Optional::empty)
                            .wwwAuthenticate())
                    .singleElement()
                    .asString()
                    .contains(Descriptions.OF_EVERY_BAD_TOKEN);
        }

        @ParameterizedTest
        @EnumSource(names = {"CREDENTIAL_SYNTAX", "SCOPE_INSUFFICIENT", "NO_CREDENTIALS", "KEYS_UNAVAILABLE"})
        void answersEverythingElseAsAlways(RefusalReason reason) {
            assertThat(uniform.compose(reason, SCOPED, false, Optional::empty)).isEqualTo(compose(reason, SCOPED));
        }
    }

    @Nested
    class DescriptionsOfReasons {
        @ParameterizedTest
        @CsvSource({
            "TRANSPORT_INSECURE,TLS",
            "CREDENTIAL_SYNTAX,Authorization header",
            "MULTIPLE_CREDENTIALS,Authorization header",
            "TOKEN_TOO_LARGE,accepted form",
            "ALGORITHM_NOT_ALLOWED,accepted form",
            "TYPE_MISMATCH,accepted form",
            "CLAIM_MISSING,accepted form",
            "ISSUER_UNKNOWN,trusted issuer",
            "KEY_UNKNOWN,not signed by a trusted issuer",
            "SIGNATURE_INVALID,not signed by a trusted issuer",
            "AUDIENCE_MISMATCH,not meant for this resource",
            "EXPIRED,expired",
            "MAX_AGE_EXCEEDED,expired",
            "NOT_YET_VALID,not valid yet",
            "ISSUED_IN_FUTURE,not valid yet",
            "LIFETIME_TOO_LONG,too long",
            "BINDING_UNSUPPORTED,bound",
            "BINDING_REQUIRED,bound",
            "STEP_UP_REQUIRED,authentication",
            "DETAILS_INSUFFICIENT,does not grant access",
            "RULE_FAILED,does not grant access",
            "CLIENT_DENIED,does not grant access",
            "SCOPE_INSUFFICIENT,does not grant access",
            "NO_MATCHING_ROUTE,does not grant access"
        })
        void sayWhatTheCallerCanDoSomethingAbout(RefusalReason reason, String words) {
            assertThat(Descriptions.of(reason)).contains(words);
        }

        @ParameterizedTest
        @EnumSource(RefusalReason.class)
        void areThereForEveryErrorInTheCharactersOfSection3(RefusalReason reason) {
            assertThat(Descriptions.of(reason)).matches("[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]*");
            assertThat(Descriptions.of(reason).isEmpty()).isEqualTo(reason.error() == OAuthError.NONE);
        }

        /** Whoever tries keys is not told how far a try came. */
        @Test
        void doNotTellWhatIsWrongWithAKeyOrASignature() {
            assertThat(Stream.of(
                            RefusalReason.KEY_UNKNOWN,
                            RefusalReason.KEY_AMBIGUOUS,
                            RefusalReason.KEY_UNUSABLE,
                            RefusalReason.KEY_REFUSED))
                    .extracting(Descriptions::of)
                    .containsOnly(Descriptions.of(RefusalReason.SIGNATURE_INVALID));
        }
    }
}
