package io.tokenguard.internal.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.AddressRange;
import io.tokenguard.access.AuthorizationRequest;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Route;
import io.tokenguard.internal.Attempt;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What conditions let through: true ones only, and the negation of false ones only. */
class ConditionCheckTest {
    private Instant now = Instant.ofEpochSecond(1_800_000_000);
    private AccessToken token = token(Map.of());
    private IncomingRequest request = IncomingRequest.builder("GET", "/orders").build();
    private ConditionSources sources = ConditionSources.NONE;

    private static AccessToken token(Map<String, @Nullable Object> claims) {
        return AccessToken.builder("https://issuer.example")
                .subject("alice")
                .clientId("shop")
                .claims(new HashMap<>(claims))
                .build();
    }

    private boolean passes(AccessRequirement requirement) {
        RefusalReason reason = Attempt.reasonOf(() -> require(requirement));
        assertThat(reason).isIn(null, RefusalReason.POLICY_DENIED);
        return reason == null;
    }

    private void require(AccessRequirement requirement) throws RefusedException {
        new AuthorizationCheck(AuthorizationPolicy.NONE.reading(sources), failure -> {})
                .require(new AuthorizationRequest(token, request, now), requirement);
    }

    private String result(String condition) {
        return result(AccessRequirement.parse(condition), AccessRequirement.parse("not " + condition));
    }

    private String result(AccessRequirement condition, AccessRequirement negation) {
        boolean holds = passes(condition);
        boolean fails = passes(negation);
        assertThat(holds && fails).isFalse();
        if (!holds && !fails) {
            return "unknown";
        }
        return holds ? "true" : "false";
    }

    @Nested
    class Claims {
        @Test
        void areComparedAsTexts() {
            token = token(Map.of("a", "b", "number", 42L, "flag", true, "inner", Map.of("level", "2")));
            assertThat(result("claim a in b,c")).isEqualTo("true");
            assertThat(result("claim a in B,c")).isEqualTo("false");
            assertThat(result("claim number = 42")).isEqualTo("true");
            assertThat(result("claim number = 042")).isEqualTo("false");
            assertThat(result("claim flag = true")).isEqualTo("true");
            assertThat(result("claim inner.level = 2")).isEqualTo("true");
            assertThat(result("claim /inner/level = 2")).isEqualTo("true");
            assertThat(result("claim inner.other = 2")).isEqualTo("unknown");
        }

        @Test
        void areUnknownIfAbsentOrOfAnotherType() {
            Map<String, @Nullable Object> claims = new HashMap<>();
            claims.put("null", null);
            claims.put("array", List.of("b"));
            claims.put("object", Map.of("b", "b"));
            claims.put("decimal", new BigDecimal("1.5"));
            token = token(claims);
            for (String name : List.of("absent", "null", "array", "object", "decimal", "array.b", "object.b.b")) {
                assertThat(result("claim " + name + " in b,1.5")).as(name).isEqualTo("unknown");
            }
        }

        @Test
        void areArraysForContains() {
            token = token(Map.of(
                    "amr", List.of("pwd", "mfa"), "one", "mfa", "mixed", List.of("mfa", Map.of()), "empty", List.of()));
            assertThat(result("claim amr contains mfa,otp")).isEqualTo("true");
            assertThat(result("claim amr contains otp")).isEqualTo("false");
            assertThat(result("claim empty contains otp")).isEqualTo("false");
            assertThat(result("claim one contains mfa")).isEqualTo("unknown");
            assertThat(result("claim mixed contains mfa")).isEqualTo("unknown");
            assertThat(result("claim absent contains mfa")).isEqualTo("unknown");
        }

        @Test
        void areLookedThroughToTheEndHoweverManyItemsTheyHave() {
            List<Object> many = new ArrayList<>(java.util.Collections.nCopies(20_000, "x"));
            many.add("mfa");
            token = token(Map.of("amr", many));
            assertThat(result("claim amr contains mfa")).isEqualTo("true");
            many.add(Arrays.asList("y"));
            assertThat(result("claim amr contains mfa")).isEqualTo("unknown");
        }
    }

    @Nested
    class TokenParts {
        @Test
        void areItsSubjectClientIssuerAndKind() {
            assertThat(result("subject = alice")).isEqualTo("true");
            assertThat(result("subject in bob,carol")).isEqualTo("false");
            assertThat(result("client shop,other")).isEqualTo("true");
            assertThat(result("issuer https://issuer.example")).isEqualTo("true");
            assertThat(result("issuer https://issuer.example/")).isEqualTo("false");
            assertThat(result("kind user")).isEqualTo("true");
            assertThat(result("kind client")).isEqualTo("false");
        }

        @Test
        void areUnknownIfTheTokenHasNone() {
            token = AccessToken.builder("https://issuer.example").build();
            assertThat(result("subject = alice")).isEqualTo("unknown");
            assertThat(result("client shop")).isEqualTo("unknown");
            assertThat(result("kind client")).isEqualTo("true");
        }

        @ParameterizedTest
        @CsvSource({
            "299, true",
            "300, false",
            "-30, true",
            "86400, false",
        })
        void haveAnAgeInSeconds(long age, String expected) {
            token = token(Map.of("iat", now.getEpochSecond() - age));
            assertThat(result("age < 5m")).isEqualTo(expected);
        }

        @Test
        void haveAnUnknownAgeWithoutTheTimeOfIssue() {
            assertThat(result("age < 5m")).isEqualTo("unknown");
            token = token(Map.of("iat", "1800000000"));
            assertThat(result("age < 5m")).isEqualTo("unknown");
        }
    }

    @Nested
    class PathVariables {
        private String result(String path, String variable) {
            request = IncomingRequest.builder("GET", path).build();
            String rule = "/x/{other}/{v}/** ";
            return ConditionCheckTest.this.result(
                    Route.parse(rule + variable).requirement(),
                    Route.parse(rule + "not " + variable).requirement());
        }

        @Test
        void areSegmentsOfThePath() {
            assertThat(result("/x/y/alice", "subject = path:v")).isEqualTo("true");
            assertThat(result("/x/y/alice/", "subject = path:v")).isEqualTo("true");
            assertThat(result("/x/y/alice/more", "subject = path:v")).isEqualTo("true");
            assertThat(result("/x/alice/y", "subject = path:v")).isEqualTo("false");
            assertThat(result("/x/alice/y", "subject = path:other")).isEqualTo("true");
            assertThat(result("/x/y/bob", "subject = path:v")).isEqualTo("false");
            assertThat(result("/x/y", "subject = path:v")).isEqualTo("unknown");
        }

        @ParameterizedTest
        @CsvSource({
            "ALICE",
            "alice.json",
            "alice.",
            "'alice '",
            "Alice.json.xml",
            "al\u200Dice",
            "' alice'",
            "'\u00A0alice'",
            "'alice\u2003'",
            "'\u3000alice'",
            ".alice",
            "\uFF41lice",
            "alice\uFF0Ejson",
            "al\u00ADice",
            "\u2060alice",
            "al\uFE0Fice",
        })
        void areUnknownIfAFrameworkMayReadThemAsTheText(String segment) {
            assertThat(result("/x/y/" + segment, "subject = path:v")).isEqualTo("unknown");
        }

        @ParameterizedTest
        @CsvSource({
            "bob.json",
            "bob.XML",
            "'bob '",
            "' bob'",
            "bob.",
            ".bob",
            "'\u3000bob'",
            "bo\u200Db",
            "e\u0301ve",
        })
        void areUnknownIfAFrameworkMayReadTheTextItselfOtherwise(String subject) {
            token = AccessToken.builder("https://issuer.example")
                    .subject(subject)
                    .build();
            assertThat(result("/x/y/" + subject, "subject = path:v")).isEqualTo("unknown");
        }

        @ParameterizedTest
        @CsvSource({
            "bob.smith",
            "bob@example.com",
            "shop.com.br",
            "json",
            "\u00E9ve",
            "\u30C6\u30B9\u30C8",
            "a b",
            "1.0"
        })
        void equalATextThatFrameworksReadAsItIs(String subject) {
            token = AccessToken.builder("https://issuer.example")
                    .subject(subject)
                    .build();
            assertThat(result("/x/y/" + subject, "subject = path:v")).isEqualTo("true");
        }

        @ParameterizedTest
        @CsvSource({"e\u0301ve, \u00E9ve", "STRASSE, stra\u00DFe", "\u0130lk, i\u0307lk", "\uFF22ob, bob"})
        void areUnknownInAnotherUnicodeForm(String segment, String subject) {
            token = AccessToken.builder("https://issuer.example")
                    .subject(subject)
                    .build();
            assertThat(result("/x/y/" + segment, "subject = path:v")).isEqualTo("unknown");
        }

        @Test
        void canBeAmongTheItemsOfAnArray() {
            token = token(Map.of("tenants", List.of("acme", "shop")));
            assertThat(result("/x/y/shop", "claim tenants contains path:v")).isEqualTo("true");
            assertThat(result("/x/y/other", "claim tenants contains path:v")).isEqualTo("false");
        }

        @Test
        void areTheFrameworksIfNoRouteStatesThem() {
            request = IncomingRequest.builder("GET", "/x")
                    .pathParameter("v", "alice")
                    .pathParameter("two", "alice", "bob")
                    .build();
            assertThat(ConditionCheckTest.this.result("subject = path:v")).isEqualTo("true");
            assertThat(ConditionCheckTest.this.result("subject = path:two")).isEqualTo("unknown");
            assertThat(ConditionCheckTest.this.result("subject = path:none")).isEqualTo("unknown");
        }
    }

    @Nested
    class Networks {
        private String result(String address, String networks) {
            request =
                    IncomingRequest.builder("GET", "/x").clientAddress(address).build();
            return ConditionCheckTest.this.result("from " + networks);
        }

        @ParameterizedTest
        @CsvSource({
            "10.1.2.3, 10.0.0.0/8, true",
            "11.1.2.3, 10.0.0.0/8, false",
            "::ffff:10.1.2.3, 10.0.0.0/8, true",
            "10.1.2.3, ::ffff:10.1.2.3, true",
            "2001:db8::1, 2001:db8::/32, true",
            "2001:db9::1, 2001:db8::/32, false",
            "10.1.2.3, ::/0, false",
            "2001:db8::1, 0.0.0.0/0, false",
            "'', 0.0.0.0/0, unknown",
            "localhost, 0.0.0.0/0, unknown",
            "10.1.2.3.4, 0.0.0.0/0, unknown",
        })
        void haveTheirAddresses(String address, String network, String expected) {
            assertThat(result(address, network)).isEqualTo(expected);
        }

        private String forwarded(String peer, String client, String field, String value) {
            request = new IncomingRequest(
                    "GET",
                    "/x",
                    "/x",
                    name -> name.equals(field) ? List.of(value) : List.of(),
                    new IncomingRequest.Connection(true, client, "", List.of(), peer));
            return ConditionCheckTest.this.result("from 192.0.2.0/24");
        }

        @Test
        void countTheAddressThatTheOutermostTrustedProxySaw() {
            sources = new ConditionSources(List.of(AddressRange.parse("10.0.0.0/8")), NamedLists.NONE);
            String field = "X-Forwarded-For";
            assertThat(forwarded("10.0.0.1", "10.0.0.1", field, "192.0.2.7")).isEqualTo("true");
            assertThat(forwarded("10.0.0.1", "10.0.0.1", field, "192.0.2.7, 10.0.0.2"))
                    .isEqualTo("true");
            assertThat(forwarded("10.0.0.1", "10.0.0.1", field, "192.0.2.7, 203.0.113.9"))
                    .isEqualTo("false");
            assertThat(forwarded("10.0.0.1", "10.0.0.1", field, "192.0.2.7, unknown"))
                    .isEqualTo("unknown");
            assertThat(forwarded("10.0.0.1", "10.0.0.1", "X-Real-IP", "192.0.2.7"))
                    .isEqualTo("unknown");
        }

        @Test
        void haveNoAddressThatAClientOrAnUndeclaredProxyMayHaveWritten() {
            assertThat(forwarded("192.0.2.7", "192.0.2.7", "X-Forwarded-For", "203.0.113.9"))
                    .isEqualTo("unknown");
            assertThat(forwarded("203.0.113.9", "203.0.113.9", "X-Forwarded-For", "192.0.2.7"))
                    .isEqualTo("unknown");
            assertThat(forwarded("203.0.113.9", "203.0.113.9", "Forwarded", "for=192.0.2.7"))
                    .isEqualTo("unknown");
            assertThat(forwarded("203.0.113.9", "192.0.2.7", "X-Other", "")).isEqualTo("unknown");
            assertThat(forwarded("192.0.2.7", "192.0.2.7", "X-Other", "")).isEqualTo("true");
        }
    }

    @Nested
    class Periods {
        @ParameterizedTest
        @CsvSource({
            // Winter: UTC+1.
            "2026-11-27T07:00:00Z, Mon-Fri 08:00-18:00, true",
            "2026-11-27T06:59:59.999Z, Mon-Fri 08:00-18:00, false",
            "2026-11-27T16:59:59.999Z, Mon-Fri 08:00-18:00, true",
            "2026-11-27T17:00:00Z, Mon-Fri 08:00-18:00, false",
            "2026-11-28T09:00:00Z, Mon-Fri 08:00-18:00, false",
            // Summer: UTC+2.
            "2026-07-03T06:00:00Z, Mon-Fri 08:00-18:00, true",
            "2026-07-03T16:00:00Z, Mon-Fri 08:00-18:00, false",
            // Over midnight: the day is that of the beginning.
            "2026-11-27T21:00:00Z, Fri 22:00-06:00, true",
            "2026-11-28T04:59:59Z, Fri 22:00-06:00, true",
            "2026-11-28T05:00:00Z, Fri 22:00-06:00, false",
            "2026-11-27T04:00:00Z, Fri 22:00-06:00, false",
            "2026-11-28T22:00:00Z, Fri 22:00-06:00, false",
            // Until midnight, and whole days.
            "2026-11-27T22:59:59Z, Fri 20:00-24:00, true",
            "2026-11-27T23:00:00Z, Fri 20:00-24:00, false",
            "2026-11-27T22:59:59Z, Fri, true",
            "2026-11-27T23:00:00Z, Fri, false",
            // 2026-03-29: 02:00 to 03:00 does not exist. 2026-10-25: it comes twice.
            "2026-03-29T00:59:59Z, 02:00-03:00, false",
            "2026-03-29T01:00:00Z, 02:00-03:00, false",
            "2026-10-25T00:30:00Z, 02:00-03:00, true",
            "2026-10-25T01:30:00Z, 02:00-03:00, true",
            "2026-10-25T02:00:00Z, 02:00-03:00, false",
        })
        void areByTheWallClockOfTheZone(Instant time, String period, String expected) {
            now = time;
            assertThat(result("during " + period + " Europe/Berlin")).isEqualTo(expected);
        }
    }

    @Nested
    class Lists {
        @TempDir
        private Path folder;

        private NamedLists lists(String content) throws IOException {
            return NamedLists.open(Map.of("l", Files.writeString(folder.resolve("l.txt"), content)), Set.of());
        }

        @Test
        void standForAllTheirEntries() throws IOException {
            sources = new ConditionSources(List.of(), lists("# people\n\nalice # admin\n bob#1 \n"));
            assertThat(result("subject = @l")).isEqualTo("true");
            assertThat(result("client x,@l")).isEqualTo("false");
            token = token(Map.of("names", List.of("x", "bob#1")));
            assertThat(result("claim names contains @l")).isEqualTo("true");
        }

        @Test
        void standForNetworksIfAllEntriesAre() throws IOException {
            request = IncomingRequest.builder("GET", "/x")
                    .clientAddress("10.1.2.3")
                    .build();
            sources = new ConditionSources(List.of(), lists("192.0.2.0/24\n10.1.0.0/16\n2001:db8::/32"));
            assertThat(result("from @l")).isEqualTo("true");
            sources = new ConditionSources(List.of(), lists("192.0.2.0/24\n2001:db8::/32"));
            assertThat(result("from @l")).isEqualTo("false");
            assertThat(result("from 10.0.0.0/8,@l")).isEqualTo("true");
            sources = new ConditionSources(List.of(), lists("10.1.0.0/16\nalice"));
            assertThat(result("from @l")).isEqualTo("unknown");
        }

        @Test
        void areUnknownIfThereAreNone() {
            assertThat(result("subject = @none")).isEqualTo("unknown");
            assertThat(result("subject in alice,@none")).isEqualTo("true");
            request = IncomingRequest.builder("GET", "/x")
                    .clientAddress("10.1.2.3")
                    .build();
            assertThat(result("from @none")).isEqualTo("unknown");
        }
    }
}
