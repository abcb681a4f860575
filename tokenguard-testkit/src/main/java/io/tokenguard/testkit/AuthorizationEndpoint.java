package io.tokenguard.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The authorization endpoint (RFC 6749 §3.1): shows a page where a person chooses a user. With {@code prompt=none}, the user of
 * {@code login_hint} is logged in already. Thread-safe.
 */
final class AuthorizationEndpoint {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int SEE_OTHER = 303;

    private final ExpiringStore<AuthorizationRequest> waiting;
    private final IssuerAddress address;
    private final ClientRegister clients;
    private final PushedRequests pushed;
    private final Grants grants;

    AuthorizationEndpoint(
            IssuerAddress address, ClientRegister clients, PushedRequests pushed, Grants grants, Clock clock) {
        this.waiting = new ExpiringStore<>(clock, PATIENCE);
        this.address = address;
        this.clients = clients;
        this.pushed = pushed;
        this.grants = grants;
    }

    HonestAnswer answer(RecordedRequest request) {
        Form form = Form.of(request);
        try {
            return request.method().equals("POST")
                            && form.value(LoginPage.TICKET).isPresent()
                    ? chosen(form)
                    : asked(form);
        } catch (GrantRefusal refusal) {
            return LoginPage.error(refusal);
        }
    }

    private HonestAnswer asked(Form sent) throws GrantRefusal {
        sent.requireSound();
        TestClient client = clients.find(sent.require("client_id"))
                .orElseThrow(() -> GrantRefusal.of("invalid_request", "The client is unknown"));
        AuthorizationRequest request = AuthorizationRequest.of(client, pushed.parameters(sent, client), clients);
        try {
            request.check();
            return isSilent(request.form())
                    ? code(request, silentUser(request))
                    : LoginPage.choice(
                            address.pathOf(TestEndpoint.AUTHORIZATION), waiting.add(request), request, grants.users());
        } catch (GrantRefusal refusal) {
            return error(request, refusal.error());
        }
    }

    private static boolean isSilent(Form form) {
        return List.of(form.value("prompt").orElse("").split(" ")).contains("none");
    }

    private String silentUser(AuthorizationRequest request) throws GrantRefusal {
        return request.form()
                .value("login_hint")
                .filter(grants.users()::contains)
                .orElseThrow(() -> GrantRefusal.of("login_required", "login_hint names no user"));
    }

    private HonestAnswer chosen(Form form) throws GrantRefusal {
        AuthorizationRequest request = waiting.take(form.require(LoginPage.TICKET))
                .orElseThrow(() -> GrantRefusal.of("invalid_request", "This page was used, or is too old"));
        Optional<String> user = form.value(LoginPage.USER).filter(grants.users()::contains);
        return user.isPresent() ? code(request, user.get()) : error(request, "access_denied");
    }

    private HonestAnswer code(AuthorizationRequest request, String user) {
        return redirect(request, "code=" + grants.code(request, user));
    }

    private HonestAnswer error(AuthorizationRequest request, String error) {
        return redirect(request, "error=" + error);
    }

    /** With the issuer (RFC 9207 §2), and by 303 (RFC 9700 §4.12). */
    private HonestAnswer redirect(AuthorizationRequest request, String result) {
        String uri = request.redirectUri();
        String state = request.form()
                .value("state")
                .map(text -> "&state=" + encoded(text))
                .orElse("");
        String location =
                uri + (uri.indexOf('?') < 0 ? "?" : "&") + result + state + "&iss=" + encoded(address.issuer());
        return new HonestAnswer(
                SEE_OTHER,
                Map.of("Location", location, "Cache-Control", "no-store", "Referrer-Policy", "no-referrer"),
                "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
