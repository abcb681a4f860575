package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.pass;
import static io.tokenguard.attacks.Expectation.stepUp;

import io.tokenguard.testkit.TokenBuilder;
import java.util.List;

/** Stage J: how and when the user has authenticated. */
final class StepUpRows {
    private static final String GOLD = "urn:example:gold";

    private StepUpRows() {}

    static List<AttackRow> rows() {
        return List.of(j30());
    }

    private static AttackRow j30() {
        AttackRow.Builder row =
                row("J30", "An authentication that is too weak or too old is not enough", "RFC 9470 §3", stepUp());
        for (String acr :
                List.of("", "urn:example:silver", "URN:EXAMPLE:GOLD", GOLD + " ", " " + GOLD, GOLD + ",x", "0")) {
            row.attack("acr '" + acr + "'", bench -> bench.transfer(authenticated(bench, acr, 0)));
        }
        for (String acr : List.of("null", "1", "true", "[\"" + GOLD + "\"]", "{\"" + GOLD + "\":1}")) {
            row.attack(
                    "acr " + acr,
                    bench -> bench.transfer(withRaw(bench, "\"acr\":" + acr + ",\"auth_time\":" + bench.now())));
        }
        for (String time :
                List.of("null", "\"9999999999\"", "true", "[1]", "{}", "0", "-1", "1e300", "-1e300", "1e3")) {
            row.attack(
                    "auth_time " + time,
                    bench -> bench.transfer(withRaw(bench, "\"acr\":\"" + GOLD + "\",\"auth_time\":" + time)));
        }
        return row.attack("301 seconds ago", bench -> bench.transfer(authenticated(bench, GOLD, 301)))
                .attack("121 seconds from now", bench -> bench.transfer(authenticated(bench, GOLD, -121)))
                .attack("in milliseconds", bench -> bench.transfer(authenticated(bench, GOLD, -999 * bench.now())))
                .attack(
                        "no acr",
                        bench -> bench.transfer(
                                strong(bench, 0).withoutClaim("acr").sign()))
                .attack(
                        "no auth_time",
                        bench -> bench.transfer(
                                strong(bench, 0).withoutClaim("auth_time").sign()))
                .attack("neither", bench -> bench.transfer(bench.token().sign()))
                .expecting(invalidToken("AUDIENCE_MISMATCH"))
                .attack(
                        "weak, and for another API",
                        bench -> bench.transfer(bench.token().audience("other").sign()))
                .expecting(pass())
                .attack("300 seconds ago", bench -> bench.transfer(authenticated(bench, GOLD, 300)))
                .build();
    }

    private static TokenBuilder strong(AttackBench bench, long secondsAgo) {
        return bench.token().claim("acr", GOLD).claim("auth_time", bench.now() - secondsAgo);
    }

    private static String authenticated(AttackBench bench, String acr, long secondsAgo) {
        return strong(bench, secondsAgo).claim("acr", acr).sign();
    }

    private static String withRaw(AttackBench bench, String members) {
        return bench.payload(bench.payloadWith(members + ","));
    }
}
