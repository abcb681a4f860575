package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.insufficient;
import static io.tokenguard.attacks.Expectation.pass;
import static io.tokenguard.attacks.Expectation.tooMany;

import io.tokenguard.testkit.CompactToken;
import java.util.List;

/** Stage J: limits of requests and the brake on bad tokens. They need the module that counts. */
final class LimitRows {
    private static final String EXCEEDED = "RATE_LIMIT_EXCEEDED";
    private static final String BRAKED = "TOO_MANY_BAD_TOKENS";
    private static final String LIMITED = "/api/limited/a";
    private static final String OPEN = "/public/limited";

    /** More than the profile allows a network in a minute, with the one that is verified each second. */
    private static final int MANY = 15;

    private static final List<RawRequest.Header> FIELDS = List.of(
            new RawRequest.Header("X-Forwarded-For", "198.51.100.7"),
            new RawRequest.Header("Forwarded", "for=198.51.100.7"),
            new RawRequest.Header("X-Real-IP", "198.51.100.7"),
            new RawRequest.Header("True-Client-IP", "198.51.100.7"),
            new RawRequest.Header("CF-Connecting-IP", "198.51.100.7"),
            new RawRequest.Header("X-Client-IP", "198.51.100.7"),
            new RawRequest.Header("X-Forwarded-User", "mallory"),
            new RawRequest.Header("X-User-Id", "mallory"),
            new RawRequest.Header("X-Client-Id", "other"),
            new RawRequest.Header("X-Original-URL", "/api/me"),
            new RawRequest.Header("X-Rewrite-URL", "/api/me"),
            new RawRequest.Header("X-HTTP-Method-Override", "OPTIONS"),
            new RawRequest.Header("Access-Control-Request-Method", "GET"));

    private LimitRows() {}

    static List<AttackRow> rows() {
        return List.of(j43(), j44(), j45(), j46());
    }

    private static AttackRow j43() {
        AttackRow.Builder row = row(
                        "J43",
                        "A field of the client makes it no other sender of a limit",
                        "spoofed X-Forwarded-For, CWE-348, CWE-770",
                        tooMany(EXCEEDED))
                .under(GuardProfile.LIMITS);
        for (RawRequest.Header field : FIELDS) {
            row.attack(
                            "subject, " + field.name(),
                            bench -> second(bench, "GET", LIMITED).header(field.name(), field.value()))
                    .attack("network, " + field.name(), bench -> {
                        bench.knock(RawRequest.get(OPEN));
                        return RawRequest.get(OPEN).header(field.name(), field.value());
                    });
        }
        return row.attack("a new token of the same subject", bench -> second(bench, "GET", LIMITED))
                .expecting(pass())
                .attack("another subject", bench -> {
                    bench.knock(second(bench, "GET", LIMITED));
                    return RawRequest.get(LIMITED)
                            .bearer(bench.token().subject("bob").sign());
                })
                .build();
    }

    private static AttackRow j44() {
        AttackRow.Builder row = row(
                        "J44",
                        "Another path, method or query of the same rule is counted by the same limit",
                        "CWE-178, CWE-770",
                        tooMany(EXCEEDED))
                .under(GuardProfile.LIMITS);
        for (String path :
                List.of("/api/limited", "/api/limited/", "/api/limited/b", "/api/limited/a/", LIMITED + "/c")) {
            row.attack("path " + path, bench -> second(bench, "GET", path));
        }
        for (String method : List.of("HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
            row.attack("method " + method, bench -> second(bench, method, LIMITED));
        }
        row.attack("a query", bench -> second(bench, "GET", LIMITED).query("x=1&_=" + bench.now()))
                .expecting(Expectation.rejectedPath());
        for (String path :
                List.of("//api/limited/a", "/api/./limited/a", "/api/me/../limited/a", "/api/limited/%2561")) {
            row.attack("path " + path, bench -> second(bench, "GET", path));
        }
        return row.expecting(insufficient("NO_MATCHING_ROUTE"))
                .attack("path in capitals", bench -> second(bench, "GET", "/API/LIMITED/A"))
                .build();
    }

    private static AttackRow j45() {
        AttackRow.Builder row = row(
                        "J45",
                        "A bad token of a network that has sent many is not verified",
                        "signature flood, CWE-400",
                        tooMany(BRAKED))
                .under(GuardProfile.LIMITS)
                .withOwnIssuer()
                .attack("a new one", LimitRows::flooded);
        for (RawRequest.Header field : FIELDS) {
            row.attack("a new one, " + field.name(), bench -> flooded(bench).header(field.name(), field.value()));
        }
        return row.attack(
                        "on another route",
                        bench -> RawRequest.get("/api/orders")
                                .header(
                                        "Authorization",
                                        flooded(bench).headers().get(0).value()))
                .attack("the same one again", bench -> {
                    RawRequest first = forged(bench, 1);
                    bench.knock(first);
                    flooded(bench);
                    return first;
                })
                .build();
    }

    private static AttackRow j46() {
        return row(
                        "J46",
                        "A flood of bad tokens stops no token that was used before",
                        "denial of service by lockout, CWE-645",
                        pass())
                .under(GuardProfile.LIMITS)
                .withOwnIssuer()
                .attack("of the same network", bench -> {
                    RawRequest good = bench.present(bench.token().sign());
                    bench.knock(good);
                    flooded(bench);
                    return good;
                })
                .attack("beyond a limit of another subject", bench -> {
                    bench.knock(second(bench, "GET", LIMITED));
                    return bench.goodRequest();
                })
                .build();
    }

    /** The second request of a subject that has one. */
    private static RawRequest second(AttackBench bench, String method, String path) {
        String subject = "subject of " + method + " " + path;
        bench.knock(
                RawRequest.get(LIMITED).bearer(bench.token().subject(subject).sign()));
        String token = bench.token().subject(subject).sign();
        return new RawRequest(method, path, "", List.of(), "").bearer(token);
    }

    /** One more bad token after many. */
    private static RawRequest flooded(AttackBench bench) {
        for (int i = 2; i < MANY; i++) {
            bench.knock(forged(bench, i));
        }
        return forged(bench, MANY);
    }

    private static RawRequest forged(AttackBench bench, int bit) {
        CompactToken token = bench.parts();
        return bench.present(token.flipBit(bit).compact());
    }
}
