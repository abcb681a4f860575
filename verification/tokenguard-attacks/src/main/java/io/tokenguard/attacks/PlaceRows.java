package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.noCredentials;
import static io.tokenguard.attacks.Expectation.pass;

import java.util.List;

/** Stage A: the places in which a token is not looked for. */
final class PlaceRows {
    private static final String FORM = "application/x-www-form-urlencoded";

    private PlaceRows() {}

    static List<AttackRow> rows() {
        return List.of(a16(), a17(), a18(), a19(), a21(), a22(), a23());
    }

    private static RawRequest me() {
        return RawRequest.get("/api/me");
    }

    private static String good(AttackBench bench) {
        return bench.token().sign();
    }

    private static AttackRow a16() {
        return row("A16", "The query is never read", "RFC 6750 §2.3, RFC 9700 §4.3.2", noCredentials())
                .attack("access_token", bench -> me().query("access_token=" + good(bench)))
                .attack("token", bench -> me().query("token=" + good(bench)))
                .attack("Authorization", bench -> me().query("Authorization=Bearer%20" + good(bench)))
                .build();
    }

    private static AttackRow a17() {
        return row("A17", "Where a header and a query hold tokens, the header alone counts", "RFC 6750 §2", pass())
                .attack(
                        "good header, junk in the query",
                        bench -> me().bearer(good(bench)).query("access_token=junk"))
                .expecting(noCredentials())
                .attack(
                        "another scheme, good query",
                        bench -> me().authorization("Basic eA==").query("access_token=" + good(bench)))
                .build();
    }

    private static AttackRow a18() {
        return row("A18", "The body is never read", "RFC 6750 §2.2", noCredentials())
                .attack(
                        "form",
                        bench -> RawRequest.get("/api/orders")
                                .post(
                                        FORM,
                                        "access_token="
                                                + bench.token()
                                                        .scope("orders:write")
                                                        .sign()))
                .attack(
                        "form with a character set",
                        bench -> RawRequest.get("/api/orders")
                                .post(
                                        FORM + "; charset=UTF-8",
                                        "access_token="
                                                + bench.token()
                                                        .scope("orders:write")
                                                        .sign()))
                .attack(
                        "multipart",
                        bench -> RawRequest.get("/api/orders")
                                .post(
                                        "multipart/form-data; boundary=x",
                                        "--x\r\nContent-Disposition: form-data; name=\"access_token\"\r\n\r\n"
                                                + bench.token()
                                                        .scope("orders:write")
                                                        .sign() + "\r\n--x--\r\n"))
                .attack(
                        "JSON",
                        bench -> RawRequest.get("/api/orders")
                                .post("application/json", "{\"access_token\":\"" + good(bench) + "\"}"))
                .build();
    }

    private static AttackRow a19() {
        AttackRow.Builder row = row("A19", "No other field is read", "confusion of proxies", noCredentials());
        for (String name : List.of(
                "X-Authorization",
                "X-Access-Token",
                "Access-Token",
                "Proxy-Authorization",
                "X-Forwarded-Access-Token",
                "X-Forwarded-Authorization",
                "Authentication",
                "Authorisation",
                "Authorization-",
                "X-Original-Authorization",
                "X-HTTP-Authorization",
                "X-Amzn-Oidc-Accesstoken",
                "X-MS-TOKEN-AAD-ACCESS-TOKEN")) {
            row.attack(name, bench -> me().header(name, "Bearer " + good(bench)));
        }
        return row.attack("cookie", bench -> me().header("Cookie", "access_token=" + good(bench)))
                .attack("cookie with a scheme", bench -> me().header("Cookie", "Authorization=Bearer " + good(bench)))
                .attack("WebSocket protocol", bench -> me().header("Sec-WebSocket-Protocol", "bearer, " + good(bench)))
                .build();
    }

    private static AttackRow a21() {
        return row("A21", "An empty field is none", "RFC 9110 §11.6.2", noCredentials())
                .attack("no field", bench -> me())
                .attack("empty", bench -> me().authorization(""))
                .build();
    }

    private static AttackRow a22() {
        AttackRow.Builder row = row("A22", "Another scheme is none of ours", "RFC 9110 §11.4", noCredentials());
        for (String scheme :
                List.of("Basic", "Negotiate", "Digest", "NTLM", "MAC", "HOBA", "AWS4-HMAC-SHA256", "Token", "JWT")) {
            row.attack(scheme, bench -> me().authorization(scheme + " " + good(bench)));
        }
        return row.build();
    }

    private static AttackRow a23() {
        return row("A23", "Where DPoP is off, its scheme is another one", "RFC 9449 §7.1", noCredentials())
                .under(GuardProfile.DPOP_OFF)
                .attack("DPoP", bench -> me().authorization("DPoP " + good(bench)))
                .attack(
                        "dpop with a proof",
                        bench -> me().authorization("dpop " + good(bench)).header("DPoP", good(bench)))
                .build();
    }
}
