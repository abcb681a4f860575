package io.tokenguard.internal.request;

import static io.tokenguard.internal.Attempt.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6750 §2, with the grammar of RFC 9110 §11. */
class CredentialExtractorTest {
    private static final String TOKEN68 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/";
    private static final String SCHEME_CHARACTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~";

    private static String extract(String... fields) throws RefusedException {
        IncomingRequest.Builder request = IncomingRequest.builder("GET", "/");
        for (String field : fields) {
            request.header("authorization", field);
        }
        return CredentialExtractor.extract(request.build().headers().valuesOf("Authorization"), false)
                .token();
    }

    private static RefusalReason refusal(String... fields) {
        return reasonOf(() -> extract(fields));
    }

    /** RFC 9449 §7.1. */
    @Nested
    class Dpop {
        private static PresentedCredentials dpop(String field, boolean isKnown) throws RefusedException {
            return CredentialExtractor.extract(List.of(field), isKnown);
        }

        @Test
        void isASchemeOnlyIfItIsKnown() throws RefusedException {
            assertThat(dpop("dpop a.b", true)).isInstanceOf(PresentedCredentials.Dpop.class);
            assertThat(dpop("DPoP a.b", true).token()).isEqualTo("a.b");
            assertThat(dpop("Bearer a.b", true)).isInstanceOf(PresentedCredentials.Bearer.class);
            assertThat(reasonOf(() -> dpop("DPoP a.b", false))).isEqualTo(RefusalReason.NO_CREDENTIALS);
        }

        @Test
        void isNamedByTheOnlyField() {
            assertThat(CredentialExtractor.namesDpop(List.of("DPoP"))).isTrue();
            assertThat(CredentialExtractor.namesDpop(List.of("Bearer a"))).isFalse();
            assertThat(CredentialExtractor.namesDpop(List.of())).isFalse();
            assertThat(CredentialExtractor.namesDpop(List.of("DPoP a", "DPoP b")))
                    .isFalse();
        }
    }

    @Nested
    class Section2 {
        @Test
        void refusesMoreThanOneField() {
            assertThat(refusal("Bearer a", "Bearer a")).isEqualTo(RefusalReason.MULTIPLE_CREDENTIALS);
            assertThat(refusal("Bearer a", "Basic eA==")).isEqualTo(RefusalReason.MULTIPLE_CREDENTIALS);
            assertThat(refusal("Basic eA==", "Negotiate a", "Bearer a")).isEqualTo(RefusalReason.MULTIPLE_CREDENTIALS);
        }

        @Test
        void findsNothingWhereThereIsNoField() {
            assertThat(refusal()).isEqualTo(RefusalReason.NO_CREDENTIALS);
            assertThat(refusal("")).isEqualTo(RefusalReason.NO_CREDENTIALS);
        }
    }

    @Nested
    class Section21 {
        @ParameterizedTest
        @ValueSource(strings = {"a", "mF_9.B5f-4.1JqM", "a=", "a==", "~+/", "eyJ.eyJ.c2ln"})
        void takesTheTokenBehindTheScheme(String token) throws RefusedException {
            assertThat(extract("Bearer " + token)).isEqualTo(token);
        }

        @ParameterizedTest
        @ValueSource(strings = {"Bearer", "bearer", "BEARER", "bEaReR"})
        void takesTheSchemeInAnyCase(String scheme) throws RefusedException {
            assertThat(extract(scheme + " a.b.c")).isEqualTo("a.b.c");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Basic eA==",
                    "DPoP a.b.c",
                    "Beare a",
                    "Bear",
                    "B",
                    "Digest x",
                    "earer a",
                    "Token a",
                    "Bfarer a"
                })
        void findsNothingUnderAnotherScheme(String field) {
            assertThat(refusal(field)).isEqualTo(RefusalReason.NO_CREDENTIALS);
        }

        @Test
        void comparesTheSchemeInAsciiOnly() {
            for (int at = 0; at < 6; at++) {
                for (int bit = 0; bit < 16; bit++) {
                    char[] scheme = "bearer".toCharArray();
                    scheme[at] ^= (char) (1 << bit);
                    RefusalReason reason = refusal(new String(scheme) + " a");
                    assertThat(reason)
                            .as("bit %d of %d", bit, at)
                            .isEqualTo(bit == 5 ? null : RefusalReason.NO_CREDENTIALS);
                }
            }
        }

        static Stream<Character> schemeCharacters() {
            return SCHEME_CHARACTERS.chars().mapToObj(c -> (char) c);
        }

        @ParameterizedTest
        @MethodSource("schemeCharacters")
        void findsNothingUnderASchemeThatGoesOn(char c) {
            assertThat(refusal("Bearer" + c + " a")).isEqualTo(RefusalReason.NO_CREDENTIALS);
            assertThat(refusal("Bearer" + c)).isEqualTo(RefusalReason.NO_CREDENTIALS);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"\t", ",", "=", ":", "\"", "/", "@", "[", "{", "(", "\u00A0", "\u2003", "\u0000", "\u007F"})
        void refusesWhateverElseEndsTheScheme(String separator) {
            assertThat(refusal("Bearer" + separator + "a")).isEqualTo(RefusalReason.CREDENTIAL_SYNTAX);
        }

        @Test
        void takesOneToEightSpaces() throws RefusedException {
            for (int spaces = 1; spaces <= 8; spaces++) {
                assertThat(extract("Bearer" + " ".repeat(spaces) + "a")).isEqualTo("a");
            }
            assertThat(refusal("Bearer" + " ".repeat(9) + "a")).isEqualTo(RefusalReason.CREDENTIAL_SYNTAX);
        }

        @ParameterizedTest
        @ValueSource(strings = {"Bearer", "Bearer ", "Bearer  ", "Bearer =", "Bearer ==", "Bearer \t"})
        void refusesASchemeWithoutAToken(String field) {
            assertThat(refusal(field)).isEqualTo(RefusalReason.CREDENTIAL_SYNTAX);
        }

        @Test
        void takesEveryCharacterOfTheGrammarAndNoOther() {
            for (char c = 0; c < 0x180; c++) {
                RefusalReason expected = TOKEN68.indexOf(c) >= 0 ? null : RefusalReason.CREDENTIAL_SYNTAX;
                assertThat(refusal("Bearer a" + c + "a")).as("U+%04X", (int) c).isEqualTo(expected);
                assertThat(refusal("Bearer " + c + "a")).as("U+%04X", (int) c).isEqualTo(c == ' ' ? null : expected);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a b",
                    "a ",
                    "a,Bearer b",
                    "a, Basic eA==",
                    "a;b=c",
                    "\"a\"",
                    "token=a",
                    "a=b",
                    "a==b",
                    "a%2Eb",
                    "a\r\n b"
                })
        void refusesWhateverIsNotOneToken(String token) {
            assertThat(refusal("Bearer " + token)).isEqualTo(RefusalReason.CREDENTIAL_SYNTAX);
        }
    }
}
