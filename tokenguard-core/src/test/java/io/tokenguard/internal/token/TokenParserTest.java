package io.tokenguard.internal.token;

import static io.tokenguard.internal.Attempt.detailOf;
import static io.tokenguard.internal.Attempt.reasonOf;
import static io.tokenguard.internal.token.Compact.SIGNATURE;
import static io.tokenguard.internal.token.Compact.parse;
import static io.tokenguard.internal.token.Compact.parsing;
import static io.tokenguard.internal.token.Compact.part;
import static io.tokenguard.internal.token.Compact.token;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.jose.KeyReference;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7515 §7.1 and what stands ahead of it; the header is in {@link HeaderReaderTest}. */
class TokenParserTest {
    private static final String HEADER = "{'alg':'ES256'}";
    private static final String GOOD = token(HEADER, "{'iss':'https://issuer.example'}");
    private static final VerificationKey KEY = new VerificationKey(
            "k", SignatureAlgorithm.ES256, TestKey.generate(TestAlgorithm.ES256).publicKey());

    @Nested
    class Section71 {
        @Test
        void readsHeaderPayloadAndSignature() throws RefusedException {
            UnverifiedToken token = parse(token("{'alg':'ES256','kid':'k'}", "{'sub':'alice'}"));
            assertThat(token.header()).isEqualTo(new JoseHeader(SignatureAlgorithm.ES256, KeyReference.of("k"), ""));
            assertThat(token.signature()).isEqualTo("signature".getBytes(US_ASCII));
            assertThat(token.verifiedBy(KEY).members()).isEqualTo(Map.of("sub", "alice"));
            assertThat(token.verifiedBy(KEY).key()).isSameAs(KEY);
        }

        @Test
        void keepsTheBytesThatWereSignedAsTheyCame() throws RefusedException {
            String unusual = part("{ \"alg\" : \"ES256\" }") + "." + part("{ }");
            assertThat(parse(unusual + "." + SIGNATURE).signed()).isEqualTo(unusual.getBytes(US_ASCII));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"", "a", "eyJhbGciOiJFUzI1NiJ9", "a.b", ".", ".b", "a.", "..", "...", "a..c", ".b.c", "a.b."
                })
        void refusesFewerThanThreeParts(String token) {
            assertThat(reasonOf(parsing(token))).isEqualTo(RefusalReason.TOKEN_MALFORMED);
        }

        @Test
        void refusesAnyEmptyPart() {
            assertThat(reasonOf(parsing("." + part("{}") + "." + SIGNATURE))).isEqualTo(RefusalReason.TOKEN_MALFORMED);
            assertThat(reasonOf(parsing(part(HEADER) + ".." + SIGNATURE))).isEqualTo(RefusalReason.TOKEN_MALFORMED);
            assertThat(reasonOf(parsing(part(HEADER) + "." + part("{}") + ".")))
                    .isEqualTo(RefusalReason.TOKEN_MALFORMED);
        }

        @Test
        void seesThatPartsAreMissingBeforeItReadsAny() {
            assertThat(detailOf(parsing("!.!"))).isEqualTo("fewer than three parts");
            assertThat(detailOf(parsing("!"))).isEqualTo("fewer than three parts");
            assertThat(detailOf(parsing(".!.!"))).isEqualTo("empty part");
            assertThat(detailOf(parsing("!..!"))).isEqualTo("empty part");
        }

        @Test
        void tellsATokenWithoutASignatureFromOneThatSaysItNeedsNone() {
            assertThat(reasonOf(parsing(part("{'alg':'none'}") + "." + part("{}") + ".")))
                    .isEqualTo(RefusalReason.ALGORITHM_NOT_ALLOWED);
            assertThat(detailOf(parsing(part(HEADER) + "." + part("{}") + "."))).isEqualTo("empty part");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a.b.c.d", "....", "a.b.c.", "a.b...", "a.b.c.d.e.f", "a.b.c.d.e.", "a.b......"})
        void refusesMoreThanThreeParts(String token) {
            assertThat(reasonOf(parsing(token))).isIn(RefusalReason.TOKEN_MALFORMED, RefusalReason.TOKEN_ENCRYPTED);
        }

        @ParameterizedTest
        @CsvSource({
            "a.b.c.d,TOKEN_MALFORMED",
            "a.b.c.d.e,TOKEN_ENCRYPTED",
            "a...d.e,TOKEN_ENCRYPTED",
            "a.b.c.d.e.f,TOKEN_MALFORMED"
        })
        void tellsTheFivePartsOfAnEncryptedToken(String token, RefusalReason reason) {
            assertThat(reasonOf(parsing(token))).isEqualTo(reason);
            assertThat(detailOf(parsing(token))).isNotEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"=", "+", "/", " ", "\n", "!", "\u00E9", "%2E"})
        void refusesEveryPartThatIsNotStrictBase64Url(String junk) {
            String payload = part("{'a':1}");
            String[] tokens = {
                part(HEADER) + junk + "." + payload + "." + SIGNATURE,
                part(HEADER) + "." + payload + junk + "." + SIGNATURE,
                part(HEADER) + "." + payload + "." + SIGNATURE + junk
            };
            for (String token : tokens) {
                assertThat(reasonOf(parsing(token))).isEqualTo(RefusalReason.TOKEN_MALFORMED);
                assertThat(detailOf(parsing(token))).startsWith("base64url");
            }
        }
    }

    @Nested
    class Size {
        @Test
        void isTakenUpToTheLimit() throws RefusedException {
            assertThat(new TokenParser(GOOD.length()).parse(GOOD)).isNotNull();
            assertThat(reasonOf(() -> new TokenParser(GOOD.length() - 1).parse(GOOD)))
                    .isEqualTo(RefusalReason.TOKEN_TOO_LARGE);
        }

        @Test
        void canBeAskedFor() {
            assertThat(new TokenParser(4_711).longestToken()).isEqualTo(4_711);
        }

        @Test
        void isLookedAtBeforeAnythingElse() {
            assertThat(reasonOf(parsing(".".repeat(16_385)))).isEqualTo(RefusalReason.TOKEN_TOO_LARGE);
            assertThat(reasonOf(parsing(".".repeat(16_384)))).isEqualTo(RefusalReason.TOKEN_MALFORMED);
        }

        @Test
        void ofTheHeaderHasALimitOfItsOwn() {
            // 8 192 octets make 10 923 characters.
            String header = "{'alg':'ES256','x':'" + "x".repeat(4_096) + "','y':'" + "x".repeat(4_096 - 29) + "'}";
            assertThat(part(header)).hasSize(10_923);
            assertThat(reasonOf(parsing(token(header, "{}")))).isNull();
            String longer = header.replace("x'}", "xx'}");
            assertThat(part(longer)).hasSizeGreaterThan(10_923);
            assertThat(reasonOf(parsing(token(longer, "{}")))).isEqualTo(RefusalReason.TOKEN_TOO_LARGE);
            assertThat(detailOf(parsing(token(longer, "{}")))).isEqualTo("header");
        }
    }

    @Nested
    class Payload {
        @ParameterizedTest
        @ValueSource(strings = {"[]", "'x'", "1", "null", "{", "{}{}", "{'a':1,'a':2}", "{'a':01}", "\uFEFF{}"})
        void isAStrictJsonObject(String payload) {
            assertThat(reasonOf(parsing(token(HEADER, payload)))).isEqualTo(RefusalReason.TOKEN_MALFORMED);
            assertThat(detailOf(parsing(token(HEADER, payload)))).startsWith("JSON");
        }

        @Test
        void isBounded() {
            String deep = "{'a':".repeat(16) + "{}" + "}".repeat(16);
            assertThat(reasonOf(parsing(token(HEADER, deep)))).isEqualTo(RefusalReason.TOKEN_MALFORMED);
        }
    }

    @Nested
    class ClaimedIssuer {
        @Test
        void isTheOneTextThatTheTokenStates() throws RefusedException {
            assertThat(parse(GOOD).claimedIssuer()).isEqualTo("https://issuer.example");
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "{'iss':null}", "{'ISS':'x'}"})
        void isUnknownWhereNoneIsStated(String claims) {
            assertThat(reasonOf(() -> parse(token(HEADER, claims)).claimedIssuer()))
                    .isEqualTo(RefusalReason.ISSUER_UNKNOWN);
            assertThat(detailOf(() -> parse(token(HEADER, claims)).claimedIssuer()))
                    .isEqualTo("iss missing");
        }

        @ParameterizedTest
        @ValueSource(strings = {"{'iss':1}", "{'iss':['https://issuer.example']}", "{'iss':{}}", "{'iss':true}"})
        void isUnknownIfItIsNoText(String claims) {
            assertThat(reasonOf(() -> parse(token(HEADER, claims)).claimedIssuer()))
                    .isEqualTo(RefusalReason.ISSUER_UNKNOWN);
        }
    }

    @Test
    void showsNoClaimToALog() throws RefusedException {
        UnverifiedToken token = parse(token(HEADER, "{'sub':'mallory'}"));
        assertThat(token.verifiedBy(KEY).toString()).isNotBlank().doesNotContain("mallory");
    }
}
