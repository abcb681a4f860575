package io.tokenguard.examples.quickstart;

import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an application does with a code, step by step. The page shows no token. */
final class FlowSteps {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String CLIENT = "client_id=quickstart&";

    private final StringBuilder rows = new StringBuilder();
    private final TestIssuer issuer;
    private final URI api;

    FlowSteps(TestIssuer issuer, URI api) {
        this.issuer = issuer;
        this.api = api;
    }

    void run(String code) {
        String first = token("The code is exchanged for tokens", "grant_type=authorization_code&" + code);
        call("The API accepts the access token", first);
        String refresh = "grant_type=refresh_token&refresh_token=";
        String next = token("The refresh token is exchanged for new tokens", refresh + member(first, "refresh_token"));
        call("The API accepts the new access token", next);
        String last = member(next, "refresh_token");
        row("The refresh token is revoked", post(TestEndpoint.REVOCATION, "token=" + last), "");
        call("The API refuses the access token that belongs to it", next);
        token("The issuer refuses the refresh token", refresh + last);
    }

    String page() {
        String body = rows.isEmpty() ? "<p>The login was cancelled.</p>" : "<ol>\n" + rows + "</ol>";
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>The code flow</title></head>\n"
                + "<body><main><h1>The code flow</h1>\n" + body
                + "\n<p><a href=\"/\">Again</a></p></main></body></html>\n";
    }

    private String token(String step, String form) {
        HttpResponse<String> answer = post(TestEndpoint.TOKEN, form);
        row(step, answer, member(answer.body(), "error"));
        return answer.body();
    }

    private void call(String step, String tokens) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(api.resolve("/api/me"))
                .header("Authorization", "Bearer " + member(tokens, "access_token")));
        row(step, answer, answer.statusCode() == 200 ? answer.body() : "");
    }

    private HttpResponse<String> post(TestEndpoint endpoint, String form) {
        return send(HttpRequest.newBuilder(issuer.uri(endpoint))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(CLIENT + form)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException unreachable) {
            throw new IllegalStateException("The quickstart's own server does not answer", unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The quickstart ends", interrupted);
        }
    }

    private void row(String step, HttpResponse<String> answer, String shown) {
        String request = answer.request().method() + " " + answer.uri().getPath();
        rows.append("<li>" + step + ": <code>" + request + "</code> <b>" + answer.statusCode() + "</b> <code>"
                + shown.replace("&", "&amp;").replace("<", "&lt;") + "</code></li>\n");
    }

    private static String member(String json, String name) {
        Matcher member = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        return member.find() ? member.group(1) : "";
    }
}
