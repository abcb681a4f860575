package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.forbidden;
import static io.tokenguard.attacks.Expectation.invalidRequest;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.pass;

import java.util.List;
import java.util.Map;

/** Stage A: requests that another site causes, with the user's cookie. */
final class CrossSiteRows {
    private static final String CROSS_SITE = "CROSS_SITE_REQUEST";
    private static final String EVIL = "https://evil.example";

    private CrossSiteRows() {}

    static List<AttackRow> rows() {
        return List.of(a34(), a35(), a36(), a37());
    }

    private static RawRequest proxied(AttackBench bench, String method, Map<String, String> fields) {
        RawRequest request = new RawRequest(method, "/api/me", "", List.of(), "")
                .header("X-Forwarded-Proto", "https")
                .header("Cookie", CookieRows.NAME + "=" + bench.token().sign());
        for (Map.Entry<String, String> field : fields.entrySet()) {
            request = request.header(field.getKey(), field.getValue());
        }
        return request;
    }

    private static RawRequest fetched(AttackBench bench, String method, String site, String mode, String destination) {
        return proxied(
                bench, method, Map.of("Sec-Fetch-Site", site, "Sec-Fetch-Mode", mode, "Sec-Fetch-Dest", destination));
    }

    private static AttackRow a34() {
        AttackRow.Builder row = row(
                        "A34",
                        "What a page of another site sends is refused",
                        "cross-site request forgery, CWE-352, RFC 10017 §6.1.3.3",
                        forbidden(CROSS_SITE))
                .under(GuardProfile.COOKIES);
        for (String site : List.of("cross-site", "same-site")) {
            row.attack("form, " + site, bench -> fetched(bench, "POST", site, "navigate", "document"))
                    .attack("form in a frame, " + site, bench -> fetched(bench, "POST", site, "navigate", "iframe"))
                    .attack("fetch, " + site, bench -> fetched(bench, "POST", site, "no-cors", "empty"))
                    .attack("fetch to read, " + site, bench -> fetched(bench, "GET", site, "cors", "empty"))
                    .attack("image, " + site, bench -> fetched(bench, "GET", site, "no-cors", "image"))
                    .attack("script, " + site, bench -> fetched(bench, "GET", site, "no-cors", "script"))
                    .attack("frame, " + site, bench -> fetched(bench, "GET", site, "navigate", "iframe"));
        }
        return row.attack("a form that the user opens", bench -> fetched(bench, "POST", "none", "navigate", "document"))
                .attack("an old browser", bench -> proxied(bench, "POST", Map.of("Origin", EVIL)))
                .attack("an old browser reads", bench -> proxied(bench, "GET", Map.of("Origin", EVIL)))
                .attack("a sandboxed frame", bench -> proxied(bench, "POST", Map.of("Origin", "null")))
                .expecting(forbidden("CSRF_PROOF_MISSING"))
                .attack("no fields", bench -> proxied(bench, "POST", Map.of()))
                .expecting(pass())
                .attack("a link", bench -> fetched(bench, "GET", "cross-site", "navigate", "document"))
                .attack("the application", bench -> fetched(bench, "POST", "same-origin", "cors", "empty"))
                .build();
    }

    private static AttackRow a35() {
        AttackRow.Builder row = row(
                        "A35",
                        "A WebSocket of another origin is refused",
                        "cross-site WebSocket hijacking, RFC 6455 §10.2, CWE-1385",
                        forbidden(CROSS_SITE))
                .under(GuardProfile.COOKIES);
        for (String origin : List.of(EVIL, "null", "http://api.example.com", "https://api.example.com.evil.example")) {
            row.attack(
                    "origin " + origin,
                    bench -> proxied(bench, "GET", Map.of("Sec-WebSocket-Version", "13", "Origin", origin)));
        }
        return row.attack(
                        "with a field that says otherwise",
                        bench -> proxied(
                                bench,
                                "GET",
                                Map.of("Sec-WebSocket-Version", "13", "Origin", EVIL, "Sec-Fetch-Site", "same-origin")))
                .expecting(forbidden("CSRF_PROOF_MISSING"))
                .attack("no origin", bench -> proxied(bench, "GET", Map.of("Sec-WebSocket-Version", "13")))
                .expecting(pass())
                .attack(
                        "the application",
                        bench -> proxied(
                                bench,
                                "GET",
                                Map.of("Sec-WebSocket-Version", "13", "Origin", AttackBench.PUBLIC_ADDRESS)))
                .build();
    }

    private static AttackRow a36() {
        AttackRow.Builder row = row(
                        "A36",
                        "No other field makes another site the application",
                        "header spoofing, CWE-348",
                        forbidden(CROSS_SITE))
                .under(GuardProfile.COOKIES);
        for (Map.Entry<String, String> field : Map.of(
                        "X-Forwarded-Host", "evil.example",
                        "Host-Override", "evil.example",
                        "Referer", AttackBench.PUBLIC_ADDRESS + "/",
                        "X-CSRF-Token", "x",
                        "X-Requested-With", "XMLHttpRequest",
                        "X-HTTP-Method-Override", "GET",
                        "Sec-Fetch-User", "?1")
                .entrySet()) {
            row.attack(
                    field.getKey(),
                    bench -> proxied(bench, "POST", Map.of("Origin", EVIL)).header(field.getKey(), field.getValue()));
        }
        return row.attack(
                        "two origins",
                        bench -> proxied(bench, "POST", Map.of("Origin", EVIL))
                                .header("Origin", AttackBench.PUBLIC_ADDRESS))
                .attack(
                        "two sites",
                        bench -> fetched(bench, "POST", "cross-site", "cors", "empty")
                                .header("Sec-Fetch-Site", "same-origin"))
                .attack("a list of sites", bench -> fetched(bench, "POST", "same-origin, none", "cors", "empty"))
                .expecting(forbidden("CSRF_PROOF_MISSING"))
                .attack(
                        "only a referrer",
                        bench -> proxied(bench, "POST", Map.of("Referer", AttackBench.PUBLIC_ADDRESS)))
                .attack("a wrong proof", bench -> proxied(bench, "POST", Map.of("X-CSRF-Token", "x")))
                .build();
    }

    private static AttackRow a37() {
        return row(
                        "A37",
                        "A cookie needs TLS, and no cookie makes a bound token a bearer token",
                        "RFC 6750 §5.3, RFC 9449 §7.2",
                        invalidRequest("TRANSPORT_INSECURE"))
                .under(GuardProfile.COOKIES)
                .attack(
                        "plain http at the proxy",
                        bench -> RawRequest.get("/api/me")
                                .header("X-Forwarded-Proto", "http")
                                .header(
                                        "Cookie",
                                        CookieRows.NAME + "=" + bench.token().sign()))
                .expecting(invalidToken("BINDING_DOWNGRADE"))
                .attack(
                        "bound by DPoP",
                        bench -> CookieRows.own("GET")
                                .header(
                                        "Cookie",
                                        CookieRows.NAME + "="
                                                + bench.token()
                                                        .claim("cnf", Map.of("jkt", "x".repeat(43)))
                                                        .sign()))
                .build();
    }
}
