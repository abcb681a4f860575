package io.tokenguard.internal.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.logging.RecordedLog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A configured claim that no token has. */
class UnfoundClaimTest {
    private static final int TOKENS = 20;

    private final NameClaim stated = NameClaim.in(List.of("groups"), true, NameClaim.Form.USUAL);
    private final UnfoundClaim unfound = new UnfoundClaim("roles-claim", stated, "https://issuer.example");

    @BeforeEach
    @AfterEach
    void clear() {
        RecordedLog.clear();
    }

    private void see(int tokens, Map<String, Object> claims) {
        for (int i = 0; i < tokens; i++) {
            unfound.see(claims, false);
        }
    }

    private static List<String> warnings() {
        return RecordedLog.recent().stream().map(RecordedLog.Event::text).toList();
    }

    @Test
    void isReportedOnceAfterTwentyTokens() {
        see(TOKENS - 1, Map.of("sub", "alice"));
        assertThat(warnings()).isEmpty();
        see(2 * TOKENS, Map.of("sub", "alice"));
        assertThat(warnings())
                .singleElement()
                .asString()
                .startsWith("roles-claim = ")
                .contains("https://issuer.example", "Their claims are [sub]")
                .doesNotContain("alice");
    }

    @Test
    void isNotReportedOnceATokenHasIt() {
        see(TOKENS - 1, Map.of("sub", "alice"));
        unfound.see(Map.of("groups", "a"), true);
        see(2 * TOKENS, Map.of("sub", "alice"));
        assertThat(warnings()).isEmpty();
    }

    @Test
    void isReportedWithNamesThatAreCutAndPrintable() {
        see(TOKENS, Map.of("a".repeat(48), 1L, "b".repeat(49), 1L, "c d~\u007f\n", 1L));
        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("[" + "a".repeat(48) + ", " + "b".repeat(48) + "..., c?d~??]");
    }

    @Test
    void isReportedWithFortyNamesAtMost() {
        Map<String, Object> claims = new LinkedHashMap<>();
        for (int i = 0; i < 60; i++) {
            claims.put(String.format("claim-%02d", i), 1L);
        }
        see(TOKENS, claims);
        assertThat(warnings()).singleElement().asString().contains("claim-39]").doesNotContain("claim-40");
    }

    @Test
    void showsAValueOnlyIfTheConditionAsksForOne() {
        ClaimReader claims = new ClaimReader(Map.of("typ", "ID", "ver", 1L, "list", List.of("secret")));
        assertThat(ClaimCondition.of("typ=Bearer").describe(claims)).isEqualTo("typ=ID");
        assertThat(ClaimCondition.of("ver=2").describe(claims)).isEqualTo("ver=1");
        assertThat(ClaimCondition.of("!typ").describe(claims)).isEqualTo("typ");
        assertThat(ClaimCondition.of("list=a").describe(claims)).isEqualTo("list");
        assertThat(ClaimCondition.of("azp=shop").describe(claims)).isEqualTo("no azp");
        assertThat(ClaimRule.of("typ=Bearer or azp").describe(claims)).contains("typ=ID", "no azp");
    }
}
