package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.insufficient;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.pass;

import java.util.Collections;
import java.util.List;

/** Stage J: conditions on claims, path, network and time. */
final class PolicyRows {
    private static final String DENIED = "POLICY_DENIED";

    private PolicyRows() {}

    static List<AttackRow> rows() {
        return List.of(j40(), j41(), j42());
    }

    private static AttackRow j40() {
        AttackRow.Builder row = row(
                        "J40",
                        "A claim that is absent or of another type meets neither a condition nor its negation",
                        "type confusion, CWE-843",
                        insufficient(DENIED))
                .under(GuardProfile.POLICIES);
        for (String value : List.of(
                "null",
                "1",
                "true",
                "\"Finance\"",
                "\"finance \"",
                "\"finance,legal\"",
                "[\"finance\"]",
                "{\"finance\":1}",
                "\"\"",
                "\"finance\\u0000\"")) {
            row.attack("department " + value, bench -> at("/api/payroll", bench.withRaw("department", value)));
        }
        for (String value : List.of(
                "null",
                "\"mfa\"",
                "[]",
                "[[\"mfa\"]]",
                "[\"mfa\",{}]",
                "[null,\"mfa\"]",
                "{\"mfa\":true}",
                "[\"MFA\"]",
                many("\"x\""))) {
            row.attack("amr " + Names.printable(value), bench -> at("/api/strong", bench.withRaw("amr", value)));
        }
        for (String value : List.of("null", "[true]", "{}", "1.5", "\"true\"", "true", "[]")) {
            row.attack("contractor " + value, bench -> at("/api/staff", bench.withRaw("contractor", value)));
        }
        return row.attack(
                        "no department",
                        bench -> at("/api/payroll", bench.token().sign()))
                .attack("no amr", bench -> at("/api/strong", bench.token().sign()))
                .attack("no contractor", bench -> at("/api/staff", bench.token().sign()))
                .attack("issued 300 seconds ago", bench -> at("/api/young", issued(bench, 300)))
                .expecting(invalidToken("TOKEN_MALFORMED"))
                .attack(
                        "department twice",
                        bench -> at(
                                "/api/payroll",
                                bench.payload(
                                        bench.payloadWith("\"department\":\"sales\",\"department\":\"finance\","))))
                .expecting(pass())
                .attack("department finance", bench -> at("/api/payroll", bench.withRaw("department", "\"finance\"")))
                .attack("amr with mfa", bench -> at("/api/strong", bench.withRaw("amr", "[\"pwd\",\"mfa\"]")))
                .attack("contractor false", bench -> at("/api/staff", bench.withRaw("contractor", "false")))
                .attack("issued 299 seconds ago", bench -> at("/api/young", issued(bench, 299)))
                .build();
    }

    private static AttackRow j41() {
        AttackRow.Builder row = row(
                        "J41",
                        "A variable of the path that a framework may read otherwise meets neither a condition nor its negation",
                        "case, suffix and trailing characters, CWE-289",
                        insufficient(DENIED))
                .under(GuardProfile.POLICIES);
        for (String tenant : List.of("other", "ACME", "acme.json", "acme.", "acm", "acmee", "acme,x")) {
            row.attack("tenant " + tenant, bench -> at("/api/tenants/" + tenant, bench.withRaw("tenant", "\"acme\"")));
        }
        for (String user : List.of("alice", "ALICE", "alice.json", "Alice.", "alice/")) {
            row.attack(
                    "user " + user,
                    bench -> at(
                            "/api/others/" + user,
                            bench.token().subject("alice").sign()));
        }
        return row.attack(
                        "tenant of another type",
                        bench -> at("/api/tenants/acme", bench.withRaw("tenant", "[\"acme\"]")))
                .expecting(pass())
                .attack("own tenant", bench -> at("/api/tenants/acme", bench.withRaw("tenant", "\"acme\"")))
                .attack(
                        "another user",
                        bench -> at(
                                "/api/others/bob",
                                bench.token().subject("alice").sign()))
                .build();
    }

    private static AttackRow j42() {
        AttackRow.Builder row = row(
                        "J42",
                        "A forwarding field of a client changes no network",
                        "spoofed X-Forwarded-For, CWE-348",
                        insufficient(DENIED))
                .under(GuardProfile.POLICIES);
        for (String field : List.of("X-Forwarded-For", "Forwarded", "X-Real-IP", "True-Client-IP", "Client-IP")) {
            String value = field.equals("Forwarded") ? "for=192.0.2.7" : "192.0.2.7";
            row.attack(
                    field + " into the office",
                    bench -> at("/api/office", bench.token().sign()).header(field, value));
            row.attack(
                    field + " out of this machine",
                    bench -> at("/api/outside", bench.token().sign()).header(field, value));
        }
        return row.attack(
                        "two lines",
                        bench -> at("/api/office", bench.token().sign())
                                .header("X-Forwarded-For", "192.0.2.7")
                                .header("X-Forwarded-For", "192.0.2.8"))
                .attack(
                        "a list",
                        bench -> at("/api/office", bench.token().sign())
                                .header("X-Forwarded-For", "192.0.2.7, 127.0.0.1"))
                .expecting(pass())
                .attack("no field", bench -> at("/api/here", bench.token().sign()))
                .build();
    }

    private static RawRequest at(String path, String token) {
        return RawRequest.get(path).bearer(token);
    }

    private static String issued(AttackBench bench, long secondsAgo) {
        return bench.withRaw("iat", String.valueOf(bench.now() - secondsAgo));
    }

    private static String many(String item) {
        return "[" + String.join(",", Collections.nCopies(1_000, item)) + "]";
    }
}
