package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.insufficient;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.malformedKey;
import static io.tokenguard.attacks.Expectation.noCredentials;
import static io.tokenguard.attacks.Expectation.pass;
import static io.tokenguard.attacks.Expectation.reused;
import static io.tokenguard.attacks.Expectation.unavailable;

import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TokenBuilder;
import java.time.Duration;
import java.util.List;

/**
 * Stage J: writes that happen once. They need an adapter, which stores and repeats answers: one that passes must reach the
 * application, and not be answered by what is stored.
 */
final class WriteRows {
    private static final String WRITES = "/api/writes/a";
    private static final String FIELD = "Idempotency-Key";
    private static final String KEY = "\"victims-key\"";
    private static final String BODY = "{\"amount\":1}";

    /** More keys than the share of one sender holds under the profile. */
    private static final int MANY = 200;

    private static final List<String> MALFORMED = List.of(
            "victims-key",
            "\"victims-key",
            "victims-key\"",
            "\"\"",
            "\"victims-key\";a=1",
            "\"victims-key\", \"other\"",
            "'victims-key'",
            ":dmljdGltcy1rZXk=:",
            "\"victims\\-key\"",
            "\"victims-key\\\"",
            "\"victims\tkey\"",
            "\"victims-k\u00e9y\"",
            "\"" + "k".repeat(256) + "\"",
            "");

    private WriteRows() {}

    static List<AttackRow> rows() {
        return List.of(j47(), j48(), j49(), j50(), j51());
    }

    private static AttackRow j47() {
        return row(
                        "J47",
                        "The key of another sender is a new one: its answer goes to nobody else",
                        "draft-ietf-httpapi-idempotency-key-header §5, CWE-639",
                        pass())
                .under(GuardProfile.WRITES)
                .attack(
                        "another subject",
                        bench -> afterTheVictim(bench, token(bench).subject("mallory")))
                .attack(
                        "another client",
                        bench -> afterTheVictim(bench, token(bench).clientId("other")))
                .attack(
                        "the subject in capitals",
                        bench -> afterTheVictim(bench, token(bench).subject("VICTIM")))
                .attack(
                        "subject and client, joined in another place",
                        bench -> afterTheVictim(
                                bench, token(bench).subject("victims").clientId("hop")))
                .attack(
                        "subject and client, exchanged",
                        bench -> afterTheVictim(
                                bench, token(bench).subject("shop").clientId("victim")))
                .attack("another path", bench -> {
                    bench.knock(victims(bench));
                    return write("/api/writes/b", KEY, "").bearer(token(bench).sign());
                })
                .build();
    }

    private static AttackRow j48() {
        return row(
                        "J48",
                        "A stored answer is sent only to a request that is granted now",
                        "CWE-613, CWE-863",
                        invalidToken("EXPIRED"))
                .under(GuardProfile.WRITES)
                .withOwnIssuer()
                .attack("the token has expired", bench -> {
                    RawRequest victims = victims(bench);
                    bench.knock(victims);
                    bench.movableClock().advance(Duration.ofMinutes(59));
                    return victims;
                })
                .expecting(insufficient("SCOPE_INSUFFICIENT"))
                .attack(
                        "a token with less",
                        bench -> afterTheVictim(bench, token(bench).scope("orders:read")))
                .expecting(invalidToken("SIGNATURE_INVALID"))
                .attack("a forged token", bench -> {
                    bench.knock(victims(bench));
                    String forged =
                            CompactToken.parse(token(bench).sign()).flipBit(5).compact();
                    return write(WRITES, KEY, "").bearer(forged);
                })
                .expecting(noCredentials())
                .attack("no token", bench -> {
                    bench.knock(victims(bench));
                    return write(WRITES, KEY, "");
                })
                .build();
    }

    private static AttackRow j49() {
        return row(
                        "J49",
                        "The same key for another request is refused",
                        "draft-ietf-httpapi-idempotency-key-header §2.7, CWE-294",
                        reused())
                .under(GuardProfile.WRITES)
                .attack("another body", bench -> second(bench, write(WRITES, KEY, "{\"amount\":1000}")))
                .attack("a longer body", bench -> second(bench, write(WRITES, KEY, "{\"amount\":1} ")))
                .attack("no body", bench -> second(bench, write(WRITES, KEY, "")))
                .attack(
                        "a query",
                        bench -> second(bench, write(WRITES, KEY, BODY).query("amount=1000")))
                .attack("another body behind a slash", bench -> second(bench, write(WRITES + "/", KEY, "{}")))
                .attack("a body that is longer than what is held", bench -> {
                    String same = "x".repeat(2_000);
                    bench.knock(
                            write(WRITES, KEY, same + "1").bearer(token(bench).sign()));
                    return write(WRITES, KEY, same + "2").bearer(token(bench).sign());
                })
                .build();
    }

    private static AttackRow j50() {
        return row(
                        "J50",
                        "Keys and bodies of one sender use up no more than its share of the memory",
                        "CWE-770",
                        unavailable("IDEMPOTENCY_STORE_UNAVAILABLE"))
                .under(GuardProfile.WRITES)
                .attack("many keys", bench -> flooded(bench, ""))
                .attack("many keys with bodies", bench -> flooded(bench, "x".repeat(5_000)))
                .expecting(pass())
                .attack("a write of another subject", bench -> {
                    bench.knock(flooded(bench, ""));
                    return victims(bench);
                })
                .attack("a request without a rule", bench -> {
                    bench.knock(flooded(bench, ""));
                    return RawRequest.get(WRITES)
                            .bearer(token(bench).subject("mallory").sign());
                })
                .build();
    }

    private static AttackRow j51() {
        AttackRow.Builder row = row(
                        "J51",
                        "A key that servers may read differently is refused",
                        "RFC 9651 §3.3.3, CWE-20, CWE-436",
                        malformedKey())
                .under(GuardProfile.WRITES);
        for (String key : MALFORMED) {
            row.attack(
                    "key " + Names.printable(key),
                    bench -> write(WRITES, key, "").bearer(token(bench).sign()));
        }
        return row.attack(
                        "two fields",
                        bench -> write(WRITES, KEY, "")
                                .header(FIELD, KEY)
                                .bearer(token(bench).sign()))
                .attack(
                        "none",
                        bench -> new RawRequest("POST", WRITES, "", List.of(), "")
                                .bearer(token(bench).sign()))
                .attack(
                        "none, behind a slash",
                        bench -> new RawRequest("POST", WRITES + "/", "", List.of(), "")
                                .bearer(token(bench).sign()))
                .build();
    }

    private static TokenBuilder token(AttackBench bench) {
        return bench.token().subject("victim").clientId("shop").scope("orders:write");
    }

    private static RawRequest write(String path, String key, String body) {
        return new RawRequest("POST", path, "", List.of(), body).header(FIELD, key);
    }

    private static RawRequest victims(AttackBench bench) {
        return write(WRITES, KEY, "").bearer(token(bench).sign());
    }

    private static RawRequest afterTheVictim(AttackBench bench, TokenBuilder attackers) {
        bench.knock(victims(bench));
        return write(WRITES, KEY, "").bearer(attackers.sign());
    }

    private static RawRequest second(AttackBench bench, RawRequest changed) {
        bench.knock(write(WRITES, KEY, BODY).bearer(token(bench).sign()));
        return changed.bearer(token(bench).sign());
    }

    /** One more write of a sender after many. */
    private static RawRequest flooded(AttackBench bench, String body) {
        String token = token(bench).subject("mallory").sign();
        for (int i = 0; i < MANY; i++) {
            bench.knock(write(WRITES, "\"k" + i + "\"", body).bearer(token));
        }
        return write(WRITES, "\"one more\"", body).bearer(token);
    }
}
