package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.insufficient;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.pass;

import io.tokenguard.testkit.TestAlgorithm;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Stage J: what the token grants. */
final class GrantRows {
    private static final Expectation MALFORMED = invalidToken("CLAIMS_MALFORMED");
    private static final Expectation NO_SCOPE = insufficient("SCOPE_INSUFFICIENT");
    private static final Expectation NO_ROLE = insufficient("ROLE_INSUFFICIENT");

    private GrantRows() {}

    static List<AttackRow> rows() {
        return List.of(j25(), j26(), j27(), j28());
    }

    private static AttackRow j25() {
        List<String> values = List.of(
                "1",
                "true",
                "{}",
                "{\"orders:read\":true}",
                "[1]",
                "[null]",
                "[\"orders:read\",1]",
                "[[\"orders:read\"]]",
                "\"orders:read\\u0000\"",
                "\"orders:read\\n\"",
                "\"orders:read \\u0001\"",
                "\"orders:read \\\"x\\\"\"",
                "\"orders:read \\\\\"",
                "\"orders:read\\u00a0x\"",
                "\"\\u2003orders:read\"",
                "\"orders:read\\u007f\"");
        AttackRow.Builder row =
                row("J25", "Scopes are words in the characters of their grammar", "RFC 6749 §3.3", MALFORMED);
        for (String value : values) {
            row.attack(Names.printable(value), bench -> bench.order(bench.withRaw("scope", value)));
        }
        return row.attack(
                        "1001 words",
                        bench -> bench.order(bench.token()
                                .claim("scope", "orders:read " + words(1_000))
                                .sign()))
                .attack(
                        "1001 items",
                        bench -> bench.order(bench.token()
                                .claim("scope", List.of((words(1_000) + " orders:read").split(" ")))
                                .sign()))
                .expecting(pass())
                .attack(
                        "a letter outside ASCII in another scope",
                        bench -> bench.order(bench.withRaw("scope", "\"orders:read \\u00e9\"")))
                .attack(
                        "1000 words",
                        bench -> bench.order(bench.token()
                                .claim("scope", "orders:read " + words(999))
                                .sign()))
                .build();
    }

    private static String words(int count) {
        return IntStream.range(0, count).mapToObj(i -> "s" + i).collect(Collectors.joining(" "));
    }

    private static AttackRow j26() {
        AttackRow.Builder row =
                row("J26", "A scope is separated by spaces and compared to the letter", "RFC 6749 §3.3", NO_SCOPE);
        for (String scope : List.of(
                "",
                " ",
                "orders",
                "orders:",
                "orders:readx",
                "xorders:read",
                "ORDERS:READ",
                "Orders:read",
                "orders:read,orders:write",
                "orders:write\torders:read",
                "orders: read",
                "orders:*",
                "*",
                "orders:read;",
                "orders:write",
                "orders/read",
                "orders.read",
                "openid profile admin",
                "orders:rea d")) {
            row.attack(
                    "scope " + Names.printable(scope),
                    bench -> bench.order(bench.token().scope(scope).sign()));
        }
        for (TestAlgorithm algorithm : TestAlgorithm.defaults()) {
            row.attack(
                    "no scope, " + algorithm.joseName(),
                    bench -> bench.order(bench.token(algorithm).sign()));
        }
        row.attack(
                        "null",
                        bench -> bench.order(bench.token().claim("scope", null).sign()))
                .attack(
                        "empty list",
                        bench -> bench.order(
                                bench.token().claim("scope", List.of()).sign()))
                .attack(
                        "method override",
                        bench -> bench.order(bench.token().scope("orders:write").sign())
                                .header("X-HTTP-Method-Override", "POST"))
                .expecting(pass());
        for (TestAlgorithm algorithm : TestAlgorithm.defaults()) {
            row.attack(
                    "scope among others, " + algorithm.joseName(),
                    bench -> bench.order(bench.token(algorithm)
                            .scope("openid", "orders:read", "profile")
                            .sign()));
        }
        return row.attack(
                        "two spaces between scopes",
                        bench -> bench.order(bench.token()
                                .scope("orders:write", "", "orders:read")
                                .sign()))
                .attack(
                        "list of scopes",
                        bench -> bench.order(bench.token()
                                .claim("scope", List.of("orders:read", "x"))
                                .sign()))
                .build();
    }

    private static AttackRow j27() {
        return row("J27", "Only the claim that was named holds scopes", "issuers that fill two claims", NO_SCOPE)
                .attack(
                        "scp where scope counts",
                        bench -> bench.order(bench.token()
                                .scope("openid")
                                .claim("scp", List.of("orders:read"))
                                .sign()))
                .attack(
                        "scp as text where scope counts",
                        bench -> bench.order(
                                bench.token().claim("scp", "orders:read").sign()))
                .under(GuardProfile.SCP)
                .attack(
                        "scope where scp counts",
                        bench -> bench.order(bench.token()
                                .scope("orders:read")
                                .claim("scp", List.of("openid"))
                                .sign()))
                .attack(
                        "scope alone where scp counts",
                        bench -> bench.order(bench.token().scope("orders:read").sign()))
                .expecting(pass())
                .attack(
                        "scp where scp counts",
                        bench -> bench.order(bench.token()
                                .scope("openid")
                                .claim("scp", List.of("orders:read"))
                                .sign()))
                .attack(
                        "scp as text where scp counts",
                        bench -> bench.order(
                                bench.token().claim("scp", "x orders:read").sign()))
                .build();
    }

    private static AttackRow j28() {
        AttackRow.Builder row = row("J28", "What is no role name grants nothing", "confusion of types", NO_ROLE)
                .under(GuardProfile.ROLES);
        for (String roles : List.of(
                "[]",
                "[\"Admin\"]",
                "[\"admin \"]",
                "[\"admin,user\"]",
                "[\"administrator\"]",
                "[\"user admin\"]",
                "null")) {
            row.attack(
                    "roles " + roles,
                    bench -> bench.administrate(bench.withRaw("realm_access", "{\"roles\":" + roles + "}")));
        }
        row.attack("null above", bench -> bench.administrate(bench.withRaw("realm_access", "null")))
                .attack("missing", bench -> bench.administrate(bench.token().sign()))
                .attack(
                        "as a scope",
                        bench -> bench.administrate(bench.token().scope("admin").sign()))
                .attack(
                        "as a group",
                        bench -> bench.administrate(
                                bench.token().claim("groups", List.of("admin")).sign()))
                .expecting(NO_ROLE);
        for (String roles : List.of(
                "1",
                "true",
                "{}",
                "\"administrator\"",
                "\"user,admin\"",
                "{\"admin\":false}",
                "{\"admin\":null}",
                "{\"admin\":1}",
                "{\"value\":\"admin\"}",
                "[1]",
                "[null]",
                "[[\"admin\"]]",
                "[{\"admin\":true}]")) {
            row.attack(
                    "roles " + roles,
                    bench -> bench.administrate(bench.withRaw("realm_access", "{\"roles\":" + roles + "}")));
        }
        for (String above : List.of("\"admin\"", "[\"admin\"]", "[{\"roles\":[\"admin\"]}]", "1", "true")) {
            row.attack("above " + above, bench -> bench.administrate(bench.withRaw("realm_access", above)));
        }
        row.expecting(pass());
        for (String roles : List.of(
                "\"admin\"",
                "\"user admin\"",
                "{\"admin\":true}",
                "{\"admin\":{}}",
                "[\"admin\",1]",
                "[{\"value\":\"admin\"}]",
                "[{\"name\":\"admin\"}]")) {
            row.attack(
                    "roles " + roles,
                    bench -> bench.administrate(bench.withRaw("realm_access", "{\"roles\":" + roles + "}")));
        }
        return row.attack(
                        "role among others",
                        bench -> bench.administrate(bench.token()
                                .claim("realm_access", Map.of("roles", List.of("user", "admin")))
                                .sign()))
                .build();
    }
}
