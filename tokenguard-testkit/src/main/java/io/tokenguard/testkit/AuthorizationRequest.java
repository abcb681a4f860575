package io.tokenguard.testkit;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An authorization request (RFC 6749 §4.1.1) from a known client, to be answered at a redirect URI of that client.
 *
 * @param client the client
 * @param redirectUri where the answer goes
 * @param form its parameters
 */
record AuthorizationRequest(TestClient client, String redirectUri, Form form) {
    private static final String INVALID = "invalid_request";
    private static final Pattern HASH = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** Errors of this method must not be redirected (RFC 6749 §4.1.2.1). */
    static AuthorizationRequest of(TestClient client, Form form, ClientRegister clients) throws GrantRefusal {
        form.requireSound();
        String redirectUri = form.require("redirect_uri");
        if (!clients.mayRedirect(client, redirectUri)) {
            throw GrantRefusal.of(INVALID, "redirect_uri is not registered, or not an address of this machine");
        }
        return new AuthorizationRequest(client, redirectUri, form);
    }

    /** Errors of this method are redirected to the client. */
    void check() throws GrantRefusal {
        if (!form.require("response_type").equals("code")) {
            throw GrantRefusal.of("unsupported_response_type", "response_type must be code");
        }
        if (!form.value("response_mode").orElse("query").equals("query")) {
            throw GrantRefusal.of(INVALID, "response_mode must be query");
        }
        if (!HASH.matcher(form.require("code_challenge")).matches()
                || !form.value("code_challenge_method").orElse("plain").equals("S256")) {
            throw GrantRefusal.of(INVALID, "code_challenge_method must be S256, with a challenge of 43 characters");
        }
        if (!HASH.matcher(dpopKey().orElse(form.require("code_challenge"))).matches()) {
            throw GrantRefusal.of(INVALID, "dpop_jkt is no thumbprint");
        }
        Grant.scopes(form);
    }

    /** The thumbprint of the key that must redeem the code (RFC 9449 §10). */
    Optional<String> dpopKey() {
        return form.value("dpop_jkt");
    }
}
