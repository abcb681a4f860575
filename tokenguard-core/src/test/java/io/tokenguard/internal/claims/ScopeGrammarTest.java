package io.tokenguard.internal.claims;

import static io.tokenguard.internal.Attempt.detailOf;
import static io.tokenguard.internal.Attempt.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6749 §3.3: {@code scope = scope-token *( SP scope-token )}. */
class ScopeGrammarTest {
    private static Set<String> read(Object scope) throws RefusedException {
        return new ClaimsValidator(Verified.POLICY)
                .validate(Verified.verified(Verified.with("scope", scope)))
                .scopes();
    }

    private static void assertMalformed(Object scope) {
        assertThat(reasonOf(() -> read(scope))).as("%s", scope).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
        assertThat(detailOf(() -> read(scope))).isEqualTo("scope");
    }

    private static String names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "s" + i).collect(Collectors.joining(" "));
    }

    @Test
    void readsNamesSeparatedBySpaces() throws RefusedException {
        assertThat(read("read")).containsExactly("read");
        assertThat(read("read write a")).containsExactlyInAnyOrder("read", "write", "a");
        assertThat(read("read read")).containsExactly("read");
    }

    @Test
    void passesOverSpacesThatSeparateNothing() throws RefusedException {
        assertThat(read("")).isEmpty();
        assertThat(read("  ")).isEmpty();
        assertThat(read(" read  write ")).containsExactlyInAnyOrder("read", "write");
    }

    @Test
    void readsListsOfNames() throws RefusedException {
        assertThat(read(List.of("read", "write a", ""))).containsExactlyInAnyOrder("read", "write", "a");
        assertThat(read(List.of())).isEmpty();
    }

    @Test
    void takesEveryCharacterOfTheGrammarAndVisibleOnesOutsideAscii() throws RefusedException {
        for (char c = 0; c < 0x180; c++) {
            boolean isOfGrammar =
                    c == 0x21 || (c >= 0x23 && c <= 0x5B) || (c >= 0x5D && c <= 0x7E) || (c > 0xA0 && c != 0xAD);
            String name = "a" + c + "b";
            if (isOfGrammar) {
                assertThat(read(name)).containsExactly(name);
            } else if (c != ' ' && c != '\t') {
                assertMalformed(name);
            }
        }
    }

    /** No route can ask for a name with a TAB in it, so that it grants nothing. */
    @Test
    void splitsNothingAtATab() throws RefusedException {
        assertThat(read("read\twrite")).containsExactly("read\twrite");
    }

    @Test
    void takesOneThousandNamesAndNoMore() throws RefusedException {
        assertThat(read(names(1_000))).hasSize(1_000);
        assertThat(read(List.of(names(500), names(1_000)))).hasSize(1_000);
        assertMalformed(names(1_001));
        assertMalformed(List.of(names(1_000), "one-more"));
    }

    static List<Object> otherShapes() {
        return List.of(1L, new BigDecimal("1.5"), true, Map.of("read", true), List.of(1L), List.of(List.of("read")));
    }

    @ParameterizedTest
    @MethodSource("otherShapes")
    void refusesEveryOtherShape(Object scope) {
        assertMalformed(scope);
    }

    @Test
    void refusesNullInAList() {
        assertMalformed(Arrays.asList("read", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "a\\b", "a\r\nb", "a\u00A0b", "a\u2003b", "a\u200Bb", "a\u0085b", "a\u0000"})
    void refusesQuotesBackslashesControlCharactersAndSpacesOutsideAscii(String scope) {
        assertMalformed(scope);
        assertMalformed(List.of("read", scope));
    }
}
