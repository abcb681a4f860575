package io.tokenguard.interop;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A client of a realm, with a secret.
 *
 * @param server the server
 * @param id its identifier; its secret is this with {@code -secret}
 */
record KeycloakClient(KeycloakServer server, String id) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** The tokens of a user who logs in by password. */
    Map<String, Object> login(String user, String password) throws Exception {
        return tokens(Map.of(
                "grant_type", "password", "username", user, "password", password, "scope", "openid", "client_id", id));
    }

    /** The access token of a user. */
    BearerAccessToken accessTokenOf(String user, String password) throws Exception {
        return new BearerAccessToken((String) login(user, password).get("access_token"));
    }

    /** The access token of a user who logs in with a browser, which says when that was. */
    BearerAccessToken accessTokenByBrowser(String user, String password) throws Exception {
        String code = KeycloakBrowser.login(this, user, password);
        return new BearerAccessToken((String) tokens(Map.of(
                        "grant_type",
                        "authorization_code",
                        "code",
                        code,
                        "redirect_uri",
                        KeycloakBrowser.CALLBACK,
                        "client_id",
                        id))
                .get("access_token"));
    }

    /** The access token of the client itself. */
    BearerAccessToken ownAccessToken() throws Exception {
        return new BearerAccessToken((String) tokens(Map.of("grant_type", "client_credentials", "client_id", id))
                .get("access_token"));
    }

    private Map<String, Object> tokens(Map<String, String> form)
            throws IOException, InterruptedException, ParseException {
        return tokens(request(form).build());
    }

    /** The tokens of a user, bound to the key of a proof (RFC 9449 §5). */
    Map<String, Object> login(String user, String password, SignedJWT proof)
            throws IOException, InterruptedException, ParseException, JOSEException {
        return tokens(request(Map.of("grant_type", "password", "username", user, "password", password, "client_id", id))
                .header("DPoP", proof.serialize())
                .build());
    }

    private HttpRequest.Builder request(Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(server.tokenEndpoint())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body + "&client_secret=" + id + "-secret"));
    }

    private static Map<String, Object> tokens(HttpRequest request)
            throws IOException, InterruptedException, ParseException {
        HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException("Keycloak answered " + response.statusCode() + " " + response.body());
        }
        return JSONObjectUtils.parse(response.body());
    }

    /** Ends a session by the administration interface, as an operator who may do that. */
    int endSession(String session, BearerAccessToken operator) throws IOException, InterruptedException {
        URI address = server.admin().resolve("sessions/" + session);
        return HTTP.send(
                        HttpRequest.newBuilder(address)
                                .header("Authorization", operator.toAuthorizationHeader())
                                .DELETE()
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }
}
