package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.invalidRequest;
import static io.tokenguard.attacks.Expectation.noCredentials;
import static io.tokenguard.attacks.Expectation.pass;

import java.util.List;

/** Stage A: which cookie holds the token. */
final class CookieRows {
    static final String NAME = "__Host-access";

    private CookieRows() {}

    static List<AttackRow> rows() {
        return List.of(a30(), a31(), a32(), a33());
    }

    /** A request of the application, as the proxy forwards it. */
    static RawRequest own(String method) {
        return new RawRequest(method, "/api/me", "", List.of(), "")
                .header("X-Forwarded-Proto", "https")
                .header("Sec-Fetch-Site", "same-origin");
    }

    private static RawRequest cookie(String value) {
        return own("GET").header("Cookie", value);
    }

    private static String good(AttackBench bench) {
        return NAME + "=" + bench.token().sign();
    }

    private static AttackRow a30() {
        return row(
                        "A30",
                        "A cookie that is there twice is refused, whichever is the real one",
                        "cookie tossing, RFC 6265 §8.6",
                        invalidRequest("MULTIPLE_CREDENTIALS"))
                .under(GuardProfile.COOKIES)
                .attack("behind", bench -> cookie(good(bench) + "; " + NAME + "=evil"))
                .attack("before", bench -> cookie(NAME + "=evil; " + good(bench)))
                .attack("the same twice", bench -> cookie(good(bench) + "; " + good(bench)))
                .attack("in another line", bench -> cookie(good(bench)).header("Cookie", NAME + "=evil"))
                .attack("an empty one", bench -> cookie(NAME + "=; " + good(bench)))
                .attack("within quotes", bench -> cookie("a=\"; " + NAME + "=evil; b=\"; " + good(bench)))
                .attack("with spaces", bench -> cookie(NAME + " = evil; " + good(bench)))
                .expecting(pass())
                .attack("once", bench -> cookie("a=b; " + good(bench) + "; c=d"))
                .build();
    }

    private static AttackRow a31() {
        AttackRow.Builder row = row(
                        "A31",
                        "A cookie of another name is none, however servers read names",
                        "cookies without a prefix, RFC 6265bis §4.1.3, CWE-178",
                        noCredentials())
                .under(GuardProfile.COOKIES);
        for (String name : List.of(
                "__host-access",
                "__HOST-ACCESS",
                "__Host-Access",
                "access",
                "Host-access",
                "__Secure-access",
                "$Version=1,__Host-access",
                "x,__Host-access",
                "=__Host-access",
                "__%48ost-access",
                "\u00a0__Host-access",
                "__Host-access\u00a0")) {
            row.attack(
                    "name " + Names.printable(name),
                    bench -> cookie("a=b; " + name + "=" + bench.token().sign()));
        }
        return row.attack("Set-Cookie", bench -> own("GET").header("Set-Cookie", good(bench)))
                .attack("Cookie2", bench -> own("GET").header("Cookie2", good(bench)))
                .build();
    }

    private static AttackRow a32() {
        AttackRow.Builder row = row(
                        "A32",
                        "The cookie holds the token alone, as it is",
                        "two readings of a value, RFC 6265 §4.1.1",
                        invalidRequest("COOKIE_MALFORMED"))
                .under(GuardProfile.COOKIES);
        return row.attack(
                        "in quotes",
                        bench -> cookie(NAME + "=\"" + bench.token().sign() + "\""))
                .attack("one quote", bench -> cookie(good(bench) + "\""))
                .attack("percent-encoded", bench -> cookie(good(bench).replace(".", "%2E")))
                .attack("with a scheme", bench -> cookie(good(bench).replace(NAME + "=", NAME + "=Bearer ")))
                .attack("with a comma", bench -> cookie(good(bench) + ",x"))
                .attack("with a backslash", bench -> cookie(good(bench) + "\\"))
                .expecting(noCredentials())
                .attack("empty", bench -> cookie(NAME + "="))
                .attack("without an equals sign", bench -> cookie(NAME))
                .build();
    }

    private static AttackRow a33() {
        AttackRow.Builder row = row(
                        "A33",
                        "A cookie beside other credentials is refused, whichever is good",
                        "RFC 6750 §2, §3.1",
                        invalidRequest("MULTIPLE_CREDENTIALS"))
                .under(GuardProfile.COOKIES);
        for (String other : List.of("Bearer junk", "DPoP junk", "Basic eA==", "junk")) {
            row.attack(other, bench -> cookie(good(bench)).authorization(other));
        }
        return row.attack(
                        "good twice",
                        bench -> cookie(good(bench)).bearer(bench.token().sign()))
                .attack(
                        "a malformed cookie",
                        bench -> cookie(NAME + "=%").bearer(bench.token().sign()))
                .expecting(pass())
                .attack(
                        "another cookie",
                        bench -> cookie("a=b").bearer(bench.token().sign()))
                .build();
    }
}
