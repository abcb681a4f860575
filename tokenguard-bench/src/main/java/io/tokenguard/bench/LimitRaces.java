package io.tokenguard.bench;

import io.tokenguard.TokenGuard;
import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.testkit.TestIssuer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What does a limit add to a decision about a cached token? Two guards, with and without limits, decide in short turns. */
public final class LimitRaces {
    private static final String PLENTY = "limit 999999999/1s per ";

    private LimitRaces() {}

    /** Measures and prints. */
    public static void main(String[] arguments) {
        Map<String, UnaryOperator<TokenGuardBuilder>> contestants = new LinkedHashMap<>();
        contestants.put("nothing more (the noise)", guard -> guard);
        contestants.put("a brake", guard -> guard.brake(true));
        contestants.put("a limit per subject", guard -> guard.limit("/orders/** " + PLENTY + "subject"));
        contestants.put("a limit per network", guard -> guard.limit("/orders/** " + PLENTY + "network"));
        contestants.put("two limits", guard -> guard.limit("/orders/** " + PLENTY + "subject " + PLENTY + "client"));
        try (TestIssuer issuer =
                        TestIssuer.builder().audience(DecisionRace.AUDIENCE).start();
                TokenGuard plain = DecisionRace.guard(issuer, guard -> guard)) {
            IncomingRequest request = DecisionRace.request(issuer);
            contestants.forEach((name, settings) -> {
                try (TokenGuard limited = DecisionRace.guard(issuer, settings)) {
                    System.out.println(name + ": " + new DecisionRace(plain, limited).run(request));
                }
            });
        }
    }
}
