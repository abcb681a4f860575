package io.tokenguard.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jose4j.json.JsonUtil;

/** What a client and its user's browser send to the endpoints of an issuer. */
final class GrantClient {
    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    static final String BACK = "http://127.0.0.1:7777/back";

    private final Web web = new Web();
    private final TestIssuer issuer;

    GrantClient(TestIssuer issuer) {
        this.issuer = issuer;
    }

    /** A complete authorization request, to be altered. */
    static Map<String, String> request() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", "shop");
        parameters.put("redirect_uri", BACK);
        parameters.put("scope", "orders:read");
        parameters.put("state", "s t&1");
        parameters.put("code_challenge", CHALLENGE);
        parameters.put("code_challenge_method", "S256");
        parameters.put("prompt", "none");
        parameters.put("login_hint", "alice");
        return parameters;
    }

    static Map<String, String> request(String name, String value) {
        Map<String, String> changed = request();
        if (value.isEmpty()) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return changed;
    }

    static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    HttpResponse<String> authorize(Map<String, String> parameters) throws Exception {
        return web.get(URI.create(issuer.uri(TestEndpoint.AUTHORIZATION) + "?" + form(parameters)));
    }

    /** The parameters with which the browser comes back. */
    Map<String, String> comesBack(Map<String, String> parameters) throws Exception {
        return back(authorize(parameters));
    }

    static Map<String, String> back(HttpResponse<String> answer) {
        String location = answer.headers().firstValue("Location").orElseThrow(() -> new AssertionError(answer.body()));
        return Form.of(location.substring(location.indexOf('?') + 1)).values();
    }

    HttpResponse<String> post(TestEndpoint endpoint, String form, String... headers) throws Exception {
        HttpRequest.Builder request = Web.request("POST", issuer.uri(endpoint))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return web.client().send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> token(String form, String... headers) throws Exception {
        return post(TestEndpoint.TOKEN, form, headers);
    }

    static Map<String, Object> json(HttpResponse<String> answer) throws Exception {
        return JsonUtil.parseJson(answer.body());
    }

    static String error(HttpResponse<String> answer) throws Exception {
        return answer.statusCode() + " " + json(answer).get("error");
    }

    static String redeem(String code) {
        return "grant_type=authorization_code&client_id=shop&redirect_uri=" + BACK + "&code_verifier=" + VERIFIER
                + "&code=" + code;
    }

    static String refresh(Object token) {
        return "grant_type=refresh_token&client_id=shop&refresh_token=" + token;
    }

    /** The tokens of a whole code flow. */
    Map<String, Object> login(String... headers) throws Exception {
        return json(token(redeem(comesBack(request()).get("code")), headers));
    }

    boolean isActive(Object token) throws Exception {
        return Boolean.TRUE.equals(
                json(post(TestEndpoint.INTROSPECTION, "token=" + token)).get("active"));
    }
}
