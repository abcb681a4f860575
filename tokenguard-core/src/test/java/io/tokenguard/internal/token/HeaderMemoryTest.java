package io.tokenguard.internal.token;

import static io.tokenguard.internal.Attempt.detailOf;
import static io.tokenguard.internal.Attempt.reasonOf;
import static io.tokenguard.internal.token.Compact.token;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.jose.KeyReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderMemoryTest {
    private static final JoseHeader HEADER = new JoseHeader(SignatureAlgorithm.ES256, KeyReference.of("k"), "at+jwt");
    private static final JoseHeader OTHER = new JoseHeader(SignatureAlgorithm.RS256, KeyReference.of("k"), "at+jwt");

    private final HeaderMemory memory = new HeaderMemory();

    private JoseHeader find(String token, int length) {
        return memory.find(token.getBytes(US_ASCII), length);
    }

    private void keep(String token, int length, JoseHeader header) {
        memory.keep(token.getBytes(US_ASCII), length, header);
    }

    @Test
    void knowsTheCharactersThatItWasToldAndNoOthers() {
        keep("abcd.x", 4, HEADER);
        assertThat(find("abcd.y", 4)).isSameAs(HEADER);
        assertThat(find("abcd.y", 3)).isNull();
        assertThat(find("abcd.y", 5)).isNull();
        for (String other : new String[] {"bbcd", "aacd", "abbd", "abcc", "abce"}) {
            assertThat(find(other, 4)).isNull();
        }
    }

    /** Places are few: of headers that share one, the last is known, and none is taken for another. */
    @Test
    void takesNoHeaderForAnotherHoweverManyThereAre() {
        for (int i = 0; i < 10_000; i++) {
            String written = "header" + i;
            keep(written, written.length(), i % 2 == 0 ? HEADER : OTHER);
            assertThat(find(written, written.length())).isSameAs(i % 2 == 0 ? HEADER : OTHER);
            for (int before = Math.max(0, i - 40); before < i; before++) {
                String earlier = "header" + before;
                assertThat(find(earlier, earlier.length())).isIn(null, before % 2 == 0 ? HEADER : OTHER);
            }
        }
    }

    @Test
    void keepsTheHeadersOfSeveralIssuersAtTheSameTime() {
        int known = 0;
        for (int i = 0; i < 8; i++) {
            keep("eyJhbGciOiJFUzI1NiIsImtpZCI6Im" + i, 31, HEADER);
        }
        for (int i = 0; i < 8; i++) {
            known += find("eyJhbGciOiJFUzI1NiIsImtpZCI6Im" + i, 31) == null ? 0 : 1;
        }
        assertThat(known).isGreaterThan(4);
    }

    @Test
    void leavesLongHeadersAlone() {
        keep("a".repeat(512), 512, HEADER);
        keep("a".repeat(513), 513, HEADER);
        assertThat(find("a".repeat(512), 512)).isSameAs(HEADER);
        assertThat(find("a".repeat(513), 513)).isNull();
    }

    /** By the parser, of tokens whose header came before. */
    @Nested
    class OfAParser {
        private final TokenParser parser = new TokenParser(16_384);

        @Test
        void saysTheSameOfTheSameHeader() throws RefusedException {
            UnverifiedToken first = parser.parse(token("{'alg':'ES256','kid':'k','typ':'at+jwt'}", "{'iss':'a'}"));
            UnverifiedToken second = parser.parse(token("{'alg':'ES256','kid':'k','typ':'at+jwt'}", "{'iss':'b'}"));
            assertThat(first.header()).isEqualTo(HEADER);
            assertThat(second.header()).isSameAs(first.header());
            assertThat(second.claimedIssuer()).isEqualTo("b");
        }

        @ParameterizedTest
        @ValueSource(strings = {"{'alg':'none'}", "{'alg':'ES256','crit':['exp']}", "{'alg':'ES256','b64':false}", "{"})
        void refusesABadHeaderEachTime(String header) {
            RefusalReason reason = reasonOf(() -> parser.parse(token(header, "{}")));
            assertThat(reason).isNotNull();
            assertThat(reasonOf(() -> parser.parse(token(header, "{}")))).isEqualTo(reason);
        }

        /** RFC 7519 §5.3. */
        @Test
        void holdsClaimsInAHeaderAgainstThoseOfEachToken() throws RefusedException {
            String header = "{'alg':'ES256','iss':'a'}";
            assertThat(parser.parse(token(header, "{'iss':'a'}")).claimedIssuer())
                    .isEqualTo("a");
            assertThat(reasonOf(() -> parser.parse(token(header, "{'iss':'b'}"))))
                    .isEqualTo(RefusalReason.HEADER_REJECTED);
            assertThat(detailOf(() -> parser.parse(token(header, "{'iss':'b'}"))))
                    .isEqualTo("iss");
        }

        @Test
        void keepsNoHeaderOfATokenThatIsMalformed() throws RefusedException {
            String header = "{'alg':'ES256','kid':'k','typ':'at+jwt'}";
            assertThat(reasonOf(() -> parser.parse(token(header, "{")))).isEqualTo(RefusalReason.TOKEN_MALFORMED);
            assertThat(parser.parse(token(header, "{'iss':'a'}")).header()).isEqualTo(HEADER);
        }
    }
}
