package io.tokenguard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of conditions: what each text means, how it is written again, and where a mistake is. */
class PolicyGrammarTest {
    private static AccessRequirement parse(String text) {
        return AccessRequirement.parse(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public",
                "deny",
                "authenticated",
                "scope a scope b",
                "role \"Order Admin\" scope a",
                "acr gold,silver max-age 300",
                "dpop",
                "mtls fresh bound",
                "scope a report-only scope b",
                "claim department in finance,legal",
                "claim tenant = path:tenant",
                "claim amr contains mfa,\"a,b\",path:method,@strong",
                "claim https://a.b/c = d",
                "claim /a.b/c = d",
                "not claim a = b",
                "subject = path:user",
                "subject in a,b",
                "client a,b",
                "issuer https://issuer.example,https://other.example",
                "kind user",
                "from 10.0.0.0/8,192.0.2.1,2001:db8:0:0:0:0:0:0/32,@office",
                "not from @blocked",
                "during Mon,Tue,Wed,Thu,Fri 08:00-18:00 Europe/Berlin",
                "during 22:00-06:00 UTC",
                "during Sat,Sun 00:00-24:00 America/New_York",
                "age < 301s",
                "claim a = \"not\"",
                "claim a = \"path:b\"",
                "claim a = \"@b\"",
                "claim a = \"x)\"",
                "(scope a or claim a = b) kind user",
                "claim a = b scope a or not from 10.0.0.0/8 client x"
            })
    void writesAgainWhatItHasRead(String text) {
        assertThat(parse(text).notation()).isEqualTo(text);
        assertThat(parse(parse(text).notation())).isEqualTo(parse(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    claim a in b and claim c in d | claim a = b claim c = d
                    claim a = b and (claim c = d) | claim a = b claim c = d
                    not not claim a = b | claim a = b
                    not (claim a = b or claim c = d) | not claim a = b not claim c = d
                    not (claim a = b and claim c = d) | not claim a = b or not claim c = d
                    not (claim a = b (claim c = d or kind user)) | not claim a = b or not claim c = d not kind user
                    not(kind user) | not kind user
                    (kind user) | kind user
                    ((kind user or kind client)) | kind user or kind client
                    kind user or kind client and dpop | kind user or kind client dpop
                    during Fri-Mon 08:00-18:00 UTC | during Mon,Fri,Sat,Sun 08:00-18:00 UTC
                    during Mon-Fri UTC | during Mon,Tue,Wed,Thu,Fri 00:00-24:00 UTC
                    age < 300s | age < 5m
                    age < 24h | age < 1d
                    from ::ffff:10.0.0.1 | from 10.0.0.1
                    claim a = b,c | claim a in b,c
                    """)
    void readsDifferentTextsAsTheSameRequirement(String text, String canonical) {
        assertThat(parse(text)).isEqualTo(parse(canonical));
        assertThat(parse(text).notation()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not subject in (mallory,eve)",
                "not subject in mallory,eve)",
                "subject in [a,b]",
                "subject in {a,b}",
                "not subject = 'mallory'",
                "not subject = mallory'",
                "not subject = mallory\"",
                "not subject = mallory;",
                "not subject = !mallory",
                "not claim a = =b",
                "client in,old-app",
                "client = old-app",
                "client in a",
                "not client != a",
                "issuer contains",
                "claim a contains x,or,y",
                "claim (a) = b",
                "not (subject in (mallory,eve))",
                "not claim a in <b>"
            })
    void refusesAValueThatLooksLikeOtherNotation(String text) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> parse(text))
                .satisfies(refusal -> assertThat(refusal.remedy())
                        .contains("is no plain value")
                        .contains("in double quotes"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a",
                "a)",
                "[a]",
                "{a}",
                "'a'",
                "a\"",
                "!a",
                "a;",
                "=",
                "in",
                "contains",
                "or",
                "a=",
                "<a>",
                "&",
                "|"
            })
    void writesAValueThatLooksLikeOtherNotationInQuotes(String value) {
        String quoted = '"' + value.replace("\"", "\\\"") + '"';
        for (String rule : List.of("subject = ", "client ", "claim a contains ", "not claim x in y,")) {
            AccessRequirement read = parse(rule + quoted);
            assertThat(parse(read.notation())).isEqualTo(read);
            assertThat(read.notation()).endsWith(quoted);
        }
    }

    @ParameterizedTest
    @CsvSource({"role admin(eu), admin(eu)", "role and, and", "role not, not", "role @x, @x", "role path:x, path:x"})
    void leavesTheNamesOfOlderRulesAsTheyAre(String text, String role) {
        assertThat(parse(text)).isEqualTo(AccessRequirement.role(role));
    }

    @Test
    void endsANameInAGroupAtTheFirstParenthesisThatClosesMoreThanItHasOpened() {
        assertThat(parse("(role admin(eu)) kind user"))
                .isEqualTo(AccessRequirement.role("admin(eu)").and(parse("kind user")));
    }

    static Stream<Arguments> messages() throws IOException {
        try (InputStream file = PolicyGrammarTest.class.getResourceAsStream("policy-messages.txt")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
            return Arrays.stream(text.split("\n\n", -1))
                    .map(block -> block.split("\n=> ", -1))
                    .map(parts -> Arguments.of(parts[0], parts[1]));
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void namesThePositionOfAMistake(String text, String message) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> parse(text))
                .satisfies(refusal -> assertThat(refusal.remedy()).isEqualTo(message));
    }

    @Test
    void countsPositionsFromTheBeginningOfTheRule() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Route.parse("GET /a/{b}/** scope a clam x = y"))
                .withMessageContaining("at character 23, 'clam' is not a requirement");
    }

    @Test
    void isBoundedInLengthDepthAndValues() {
        String values = IntStream.rangeClosed(1, 65).mapToObj(i -> "v" + i).collect(Collectors.joining(","));
        for (String text : new String[] {
            "(".repeat(17) + "kind user" + ")".repeat(17),
            "not ".repeat(17) + "kind user",
            "claim a in " + values,
            "scope " + "a".repeat(16_384)
        }) {
            assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> parse(text));
        }
        parse("(".repeat(16) + "kind user" + ")".repeat(16));
        parse("not ".repeat(16) + "kind user");
        parse("claim a in " + values.substring(3));
    }

    @Test
    void bindsVariablesToTheSegmentsOfTheRoute() {
        AccessRequirement tenant = parse("claim tenant = path:tenant");
        assertThat(Route.of("/api/{tenant}/**", tenant))
                .isEqualTo(Route.parse("/api/{tenant}/** claim tenant = path:tenant"))
                .isNotEqualTo(Route.of("/{tenant}/**", tenant));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Route.of("/api/*", tenant))
                .withMessageContaining("the path of the rule has no {tenant}");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Route.of("/api/*", AccessRequirement.open().reportOnly(tenant)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/{}", "/{a", "/a}", "/x{a}", "/{a}x", "/{a b}", "/{a}/{a}", "/{a/b}", "/{*}"})
    void refusesPatternsWhoseVariablesAreUnclear(String pattern) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Route.of(pattern, AccessRequirement.open()));
    }

    @Test
    void takesRulesOfOneShapeForTheSamePaths() {
        assertThat(Route.parse("/a/{b} scope x").contradicts(Route.parse("/a/* scope y")))
                .isTrue();
        assertThat(Route.parse("/a/{b} scope x").contradicts(Route.parse("/a/{c} scope x")))
                .isFalse();
    }
}
