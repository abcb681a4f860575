package io.tokenguard.testkit;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** The pages that people see: plain HTML without scripts. */
final class LoginPage {
    static final String TICKET = "ticket";
    static final String USER = "user";

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Type", "text/html; charset=utf-8",
            "Cache-Control", "no-store",
            "Referrer-Policy", "no-referrer",
            "X-Content-Type-Options", "nosniff",
            "Content-Security-Policy", "default-src 'none'; base-uri 'none'; frame-ancestors 'none'");

    private LoginPage() {}

    /** Lets a person choose a user, or cancel. */
    static HonestAnswer choice(String path, String ticket, AuthorizationRequest request, Collection<String> users) {
        String scope = request.form().value("scope").orElse("no scope");
        String hint = request.form().value("login_hint").orElse("");
        return page(200, "Log in", """
                <p>This issuer is for tests: nobody has a password. Who are you?</p>
                <p>The client <b>%s</b> asks for <b>%s</b>.</p>
                <form method="post" action="%s">
                <input type="hidden" name="ticket" value="%s">
                %s
                <p><button name="cancel" value="yes">Cancel</button></p>
                </form>""".formatted(
                        escaped(request.client().id()),
                        escaped(scope),
                        escaped(path),
                        escaped(ticket),
                        users.stream().map(user -> button(user, hint)).collect(Collectors.joining("\n"))));
    }

    private static String button(String user, String hint) {
        return "<p><button name=\"user\" value=\"" + escaped(user) + "\"" + (user.equals(hint) ? " autofocus" : "")
                + ">" + escaped(user) + "</button></p>";
    }

    /** An error that can't be sent to the client (RFC 6749 §4.1.2.1). */
    static HonestAnswer error(GrantRefusal refusal) {
        return page(
                400,
                "This request can't be answered",
                "<p><code>" + escaped(refusal.error()) + "</code>: " + escaped(refusal.description()) + "</p>");
    }

    private static HonestAnswer page(int status, String title, String body) {
        return new HonestAnswer(status, HEADERS, """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>%1$s</title></head>
                <body><main><h1>%1$s</h1>
                %2$s
                </main></body></html>
                """.formatted(title, body));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
