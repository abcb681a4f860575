package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.insufficient;
import static io.tokenguard.attacks.Expectation.pass;

import java.util.List;

/** Stage B: spellings of a path. What is ambiguous is played by the tests of the servlet filter. */
final class PathRows {
    private PathRows() {}

    static List<AttackRow> rows() {
        return List.of(b10());
    }

    private static AttackRow b10() {
        AttackRow.Builder row = row(
                        "B10",
                        "Every spelling of a path that a framework may serve meets the rule for that path",
                        "trailing slash, suffix and case, CWE-289",
                        insufficient("SCOPE_INSUFFICIENT"))
                .under(GuardProfile.WIDE_RULE);
        for (String path : List.of(
                "/api/orders",
                "/api/orders/",
                "/api/ORDERS",
                "/API/orders/",
                "/api/orders.json",
                "/api/orders.json/",
                "/api/orders.en.json",
                "/api/orders.")) {
            row.attack(path, bench -> RawRequest.get(path).bearer(bench.token().sign()));
        }
        return row.attack(
                        "POST /api/orders/",
                        bench -> RawRequest.get("/api/orders/")
                                .post("text/plain", "x")
                                .bearer(bench.token().scope("orders:read").sign()))
                .expecting(pass())
                .attack(
                        "/api/orders/ with the scope",
                        bench -> RawRequest.get("/api/orders/")
                                .bearer(bench.token().scope("orders:read").sign()))
                .attack(
                        "/api/orderly",
                        bench -> RawRequest.get("/api/orderly/")
                                .bearer(bench.token().sign()))
                .under(GuardProfile.STRICT)
                .attack(
                        "/api/orders/ with the scope and no wider rule",
                        bench -> RawRequest.get("/api/orders/")
                                .bearer(bench.token().scope("orders:read").sign()))
                .build();
    }
}
