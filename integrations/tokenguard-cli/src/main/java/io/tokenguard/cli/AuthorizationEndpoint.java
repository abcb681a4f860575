package io.tokenguard.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Grants every request for a code (RFC 6749 section 4.1), without a page. Redirects to this machine only, and requires PKCE.
 *
 * @param issuer the issuer, for {@code iss} (RFC 9207)
 * @param codes the codes
 */
record AuthorizationEndpoint(String issuer, AuthorizationCodes codes) {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String USUAL_USER = "alice";

    DevelopmentIssuer.Answer answer(FormRequest request) {
        Optional<String> redirect = redirectUri(request.value("redirect_uri"));
        if (redirect.isEmpty()
                || request.client().isEmpty()
                || !request.value("response_type").equals("code")
                || !request.value("code_challenge_method").equals("S256")
                || request.value("code_challenge").isEmpty()) {
            return DevelopmentIssuer.Answer.error(400, "invalid_request");
        }
        String hint = request.value("login_hint");
        String code = codes.issue(new AuthorizationCodes.Grant(
                request.client(),
                hint.isEmpty() ? USUAL_USER : hint,
                request.value("scope"),
                redirect.get(),
                request.value("code_challenge")));
        String state = request.value("state");
        return DevelopmentIssuer.Answer.redirect(
                redirect.get() + (redirect.get().indexOf('?') < 0 ? "?" : "&") + "code=" + code + "&iss="
                        + encoded(issuer) + (state.isEmpty() ? "" : "&state=" + encoded(state)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Optional<String> redirectUri(String text) {
        try {
            URI address = new URI(text);
            boolean isHere = address.getHost() != null
                    && THIS_MACHINE.contains(address.getHost())
                    && address.getRawFragment() == null
                    && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()));
            return isHere ? Optional.of(address.toASCIIString()) : Optional.empty();
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }
}
