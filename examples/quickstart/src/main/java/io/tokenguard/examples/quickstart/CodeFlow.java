package io.tokenguard.examples.quickstart;

import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * One login (RFC 6749 §4.1, RFC 7636).
 *
 * @param issuer where the user logs in
 * @param api the API that is called
 * @param back where the code is sent
 * @param state ties the answer to the browser
 * @param verifier ties the code to this application
 */
record CodeFlow(TestIssuer issuer, URI api, URI back, String state, String verifier) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    static CodeFlow begin(TestIssuer issuer, URI api, URI back) {
        return new CodeFlow(issuer, api, back, random(), random());
    }

    /** Where the browser is sent. */
    URI request() {
        return URI.create(issuer.uri(TestEndpoint.AUTHORIZATION) + "?response_type=code&client_id=quickstart"
                + "&scope=orders:read&redirect_uri=" + encoded(back.toString()) + "&state=" + state
                + "&code_challenge_method=S256&code_challenge=" + challenge());
    }

    String cookie() {
        return "login=" + state;
    }

    boolean isAnsweredBy(String query, String cookies) {
        return Arrays.asList(query.split("&")).contains("state=" + state)
                && Arrays.asList(query.split("&")).contains("iss=" + encoded(issuer.issuer()))
                && Arrays.asList(cookies.split("; ?")).contains(cookie());
    }

    /** Does all that an application does with a code, and returns a page about it. */
    String finish(String query) {
        FlowSteps steps = new FlowSteps(issuer, api);
        String code = Arrays.stream(query.split("&"))
                .filter(part -> part.startsWith("code="))
                .findFirst()
                .orElse("");
        if (!code.isEmpty()) {
            steps.run(code + "&redirect_uri=" + encoded(back.toString()) + "&code_verifier=" + verifier);
        }
        return steps.page();
    }

    private String challenge() {
        try {
            return TEXT.encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    private static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return TEXT.encodeToString(bytes);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Shows neither state nor verifier. */
    @Override
    public String toString() {
        return "CodeFlow[" + back + "]";
    }
}
