package io.tokenguard.interop;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A user with a browser, who logs in on the server's page (OpenID Connect Core §3.1). */
final class KeycloakBrowser {
    static final String CALLBACK = "http://127.0.0.1/callback";
    private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private KeycloakBrowser() {}

    /** The authorization code for a client. */
    static String login(KeycloakClient client, String user, String password) throws IOException, InterruptedException {
        HttpResponse<String> page = HTTP.send(
                HttpRequest.newBuilder(URI.create(client.server().issuer()
                                + "/protocol/openid-connect/auth?response_type=code&scope=openid&client_id="
                                + client.id()
                                + "&redirect_uri=" + URLEncoder.encode(CALLBACK, StandardCharsets.UTF_8)))
                        .build(),
                BodyHandlers.ofString());
        String form = "username=" + user + "&password=" + password + "&credentialId=";
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(find(ACTION, page.body()).replace("&amp;", "&")))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Cookie", cookies(page))
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
        return find(CODE, answer.headers().firstValue("Location").orElse(""));
    }

    /** All of them: a client for tests has no reason to keep those back that are for TLS only. */
    private static String cookies(HttpResponse<String> page) {
        return page.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.split(";", 2)[0])
                .collect(Collectors.joining("; "));
    }

    private static String find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("Keycloak did not answer as expected: " + text);
        }
        return matcher.group(1);
    }
}
