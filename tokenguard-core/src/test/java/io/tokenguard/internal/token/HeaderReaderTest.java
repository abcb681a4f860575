package io.tokenguard.internal.token;

import static io.tokenguard.internal.Attempt.detailOf;
import static io.tokenguard.internal.Attempt.reasonOf;
import static io.tokenguard.internal.token.Compact.parse;
import static io.tokenguard.internal.token.Compact.parsing;
import static io.tokenguard.internal.token.Compact.parsingHeader;
import static io.tokenguard.internal.token.Compact.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.jose.KeyReference;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7515 §4, in its order, then what RFC 7519 and the limits of this house add. */
class HeaderReaderTest {
    private static JoseHeader read(String header) throws RefusedException {
        return parse(token(header, "{}")).header();
    }

    private static void assertRejected(String members, String detail) {
        assertThat(reasonOf(parsingHeader(members))).as(members).isEqualTo(RefusalReason.HEADER_REJECTED);
        assertThat(detailOf(parsingHeader(members))).as(members).isEqualTo(detail);
    }

    @Nested
    class Section4 {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "[]",
                    "'alg'",
                    "1",
                    "null",
                    "{'alg':'ES256'",
                    "{'alg':'ES256'}x",
                    "{'alg':'none','alg':'ES256'}"
                })
        void isAStrictJsonObject(String header) {
            assertThat(reasonOf(parsing(token(header, "{}")))).isEqualTo(RefusalReason.TOKEN_MALFORMED);
            assertThat(detailOf(parsing(token(header, "{}")))).startsWith("JSON");
        }

        @Test
        void hasAtMostSixteenParameters() {
            assertThat(reasonOf(parsingHeader(parameters(15)))).isNull();
            assertThat(reasonOf(parsingHeader(parameters(16)))).isEqualTo(RefusalReason.HEADER_REJECTED);
            assertThat(detailOf(parsingHeader(parameters(16)))).startsWith("JSON");
        }

        private static String parameters(int count) {
            return IntStream.range(0, count).mapToObj(i -> "'p" + i + "':1").collect(Collectors.joining(","));
        }

        @Test
        void isAtMostThreeDeep() {
            assertThat(reasonOf(parsingHeader("'a':{'b':{}}"))).isNull();
            assertThat(reasonOf(parsingHeader("'a':{'b':{'c':{}}}"))).isEqualTo(RefusalReason.HEADER_REJECTED);
        }
    }

    @Nested
    class Section411Algorithm {
        @ParameterizedTest
        @CsvSource({
            "RS256,RS256",
            "PS512,PS512",
            "ES384,ES384",
            "EdDSA,ED25519",
            "Ed25519,ED25519",
            "Ed448,ED448",
            "ML-DSA-65,ML_DSA_65"
        })
        void isReadByItsName(String name, SignatureAlgorithm algorithm) throws RefusedException {
            assertThat(read("{'alg':'" + name + "'}").algorithm()).isEqualTo(algorithm);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"none", "None", "NONE", "HS1", "es256", " ES256", "ES256\\u0000", "ED25519", "ES512K", "RS1"
                })
        void isOneThatIsKnownToTheLetter(String name) {
            assertThat(reasonOf(parsing(token("{'alg':'" + name + "'}", "{}"))))
                    .isEqualTo(RefusalReason.ALGORITHM_NOT_ALLOWED);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{'alg':null}",
                    "{'alg':256}",
                    "{'alg':['ES256']}",
                    "{'alg':{}}",
                    "{'alg':''}",
                    "{'Alg':'ES256'}"
                })
        void isOneText(String header) {
            assertThat(reasonOf(parsing(token(header, "{}")))).isEqualTo(RefusalReason.HEADER_REJECTED);
            assertThat(detailOf(parsing(token(header, "{}")))).isEqualTo("alg");
        }
    }

    @Nested
    class Sections412To413AndRfc8725Section310 {
        @ParameterizedTest
        @ValueSource(strings = {"jku", "jwk", "x5u", "cty", "zip"})
        void areIgnored(String parameter) {
            assertThat(reasonOf(parsingHeader("'" + parameter + "':'https://evil.example'")))
                    .isNull();
            assertThat(reasonOf(parsingHeader("'" + parameter + "':null"))).isNull();
        }
    }

    @Nested
    class Section414KeyId {
        @Test
        void isReadAsItIs() throws RefusedException {
            assertThat(read("{'alg':'ES256','kid':'../a b\\r\\n'}").keyId()).isEqualTo("../a b\r\n");
            assertThat(read("{'alg':'ES256'}").keyId()).isNull();
        }

        @Test
        void hasAtMost256Characters() {
            assertThat(reasonOf(parsingHeader("'kid':'" + "k".repeat(256) + "'")))
                    .isNull();
            assertRejected("'kid':'" + "k".repeat(257) + "'", "kid");
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "1", "''", "['k']", "{}", "true"})
        void isOneTextThatIsNotEmpty(String keyId) {
            assertRejected("'kid':" + keyId, "kid");
        }
    }

    @Nested
    class Sections416To418Certificates {
        @ParameterizedTest
        @ValueSource(strings = {"'x5c':['AAAA']", "'x5t':'AAAA'", "'x5t#S256':'AAAA'"})
        void areNoReasonToRefuse(String parameter) {
            assertThat(reasonOf(parsingHeader(parameter))).isNull();
        }

        @Test
        void mayBeAsLongAsTheHeaderMayBe() {
            assertThat(reasonOf(parsingHeader("'x5c':['" + "A".repeat(4_100) + "']")))
                    .isNull();
        }

        @Test
        void nameTheKeyTheStrongerHashFirstIfThereIsNoKeyId() throws RefusedException {
            assertThat(read("{'alg':'ES256','x5t':'a','x5t#S256':'b'}").key())
                    .isEqualTo(new KeyReference(null, List.of("b", "a")));
            assertThat(read("{'alg':'ES256','x5t':'a','kid':'k'}").key()).isEqualTo(KeyReference.of("k"));
        }
    }

    @Nested
    class Section419Type {
        @ParameterizedTest
        @CsvSource({
            "at+jwt,at+jwt",
            "AT+JWT,at+jwt",
            "application/at+jwt,at+jwt",
            "Application/AT+jwt,at+jwt",
            "JWT,jwt",
            "application/application/jwt,application/jwt",
            "text/jwt,text/jwt",
            "at+jwt; x=y,at+jwt; x=y"
        })
        void losesItsPrefixAndItsCase(String type, String read) throws RefusedException {
            assertThat(read("{'alg':'ES256','typ':'" + type + "'}").type()).isEqualTo(read);
        }

        @Test
        void losesItsCaseInEveryLocale() throws RefusedException {
            Locale before = Locale.getDefault();
            Locale.setDefault(Locale.forLanguageTag("tr"));
            try {
                assertThat(read("{'alg':'ES256','typ':'APPLICATION/INFO'}").type())
                        .isEqualTo("info");
            } finally {
                Locale.setDefault(before);
            }
        }

        @Test
        void isEmptyWhereNoneIsStated() throws RefusedException {
            assertThat(read("{'alg':'ES256'}").type()).isEmpty();
        }

        @Test
        void hasAtMost256Characters() throws RefusedException {
            assertThat(read("{'alg':'ES256','typ':'" + "t".repeat(256) + "'}").type())
                    .hasSize(256);
            assertThat(read("{'alg':'ES256','typ':'" + "t".repeat(257) + "'}").type())
                    .isNull();
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "1", "''", "['at+jwt']", "{}"})
        void isNoneThatCouldBeAcceptedIfItIsMalformed(String type) throws RefusedException {
            assertThat(read("{'alg':'ES256','typ':" + type + "}").type()).isNull();
        }
    }

    @Nested
    class Sections4110And4111 {
        @ParameterizedTest
        @ValueSource(
                strings = {"'crit':['exp']", "'crit':[]", "'crit':'b64'", "'crit':['b64'],'b64':false", "'crit':null"})
        void knowNoExtension(String members) {
            assertRejected(members, "crit");
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "1", "'true'", "false"})
        void takeNoOtherEncodingOfThePayload(String value) {
            assertRejected("'b64':" + value, "b64");
            assertThat(reasonOf(parsingHeader("'b64':true"))).isNull();
        }

        @Test
        void passOverWhatNobodyKnows() {
            assertThat(reasonOf(parsingHeader("'unknown':{'a':1},'CRIT':[]"))).isNull();
        }

        /** RFC 7515 §4: those of the registry that decide nothing here, and private ones. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "jku",
                    "jwk",
                    "x5u",
                    "x5c",
                    "x5t",
                    "x5t#S256",
                    "cty",
                    "enc",
                    "zip",
                    "epk",
                    "apu",
                    "apv",
                    "iv",
                    "tag",
                    "p2s",
                    "p2c",
                    "url",
                    "nonce",
                    "svt",
                    "ppt",
                    "trust_chain",
                    "exp",
                    "nbf",
                    "iat",
                    "jti",
                    "client_id",
                    "org.apereo.cas.services.RegisteredService",
                    "x-private",
                    "",
                    "__proto__"
                })
        void ignoreUnusedParametersOfAnyValue(String parameter) {
            for (String value : List.of(
                    "null",
                    "true",
                    "false",
                    "0",
                    "-1.5",
                    "1e400",
                    "99999999999999999999999",
                    "''",
                    "'DEF'",
                    "[]",
                    "['a',1]",
                    "{}",
                    "{'kty':'oct','k':'AAAA'}")) {
                assertThat(reasonOf(parsingHeader("'" + parameter + "':" + value)))
                        .as("%s: %s", parameter, value)
                        .isNull();
            }
        }
    }

    @Nested
    class Rfc7519Section53 {
        private static final String CLAIMS = "{'iss':'i','sub':'s','aud':['a','b'],'exp':1}";

        private static String replicated(String members) {
            return token("{'alg':'ES256'," + members + "}", CLAIMS);
        }

        @ParameterizedTest
        @ValueSource(strings = {"'iss':'i'", "'sub':'s'", "'aud':['a','b']", "'iss':'i','sub':'s'", "'exp':2"})
        void takesClaimsThatSayTheSame(String members) {
            assertThat(reasonOf(parsing(replicated(members)))).isNull();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {"'iss':'x'|iss", "'sub':'S'|sub", "'aud':'a'|aud", "'aud':['b','a']|aud", "'iss':null|iss"},
                quoteCharacter = '"')
        void refusesClaimsThatSaySomethingElse(String members, String claim) {
            assertThat(reasonOf(parsing(replicated(members)))).isEqualTo(RefusalReason.HEADER_REJECTED);
            assertThat(detailOf(parsing(replicated(members)))).isEqualTo(claim);
        }

        @Test
        void refusesClaimsThatThePayloadDoesNotHave() {
            assertThat(reasonOf(parsingHeader("'iss':'i'"))).isEqualTo(RefusalReason.HEADER_REJECTED);
        }
    }
}
