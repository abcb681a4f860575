package io.tokenguard;

import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.testkit.TestIssuer;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A route and the handler that a framework selects: both must be met. */
class HandlerDecisionTest {
    private static final TestIssuer ISSUER = TestIssuer.start();

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    private static Optional<AccessRequirement> handler(String rule) {
        return switch (rule) {
            case "none" -> Optional.empty();
            case "public" -> Optional.of(AccessRequirement.open());
            case "deny" -> Optional.of(AccessRequirement.denied());
            case "authenticated" -> Optional.of(AccessRequirement.authenticated());
            default -> Optional.of(AccessRequirement.scope(rule));
        };
    }

    private static String decide(TokenGuardBuilder settings, String rule, IncomingRequest request) {
        try (TokenGuard guard = settings.build()) {
            RefusalReason reason = reasonOf(guard.decideForHandler(request, () -> handler(rule)));
            return reason == null ? "granted" : reason.name();
        }
    }

    /** Route, handler, and the outcome without a token, with the scope of one, and with the scopes of both. */
    @ParameterizedTest
    @CsvSource({
        "none, none, NO_CREDENTIALS, NO_MATCHING_ROUTE, NO_MATCHING_ROUTE",
        "none, public, granted, granted, granted",
        "none, deny, NO_CREDENTIALS, ACCESS_DENIED, ACCESS_DENIED",
        "none, b, NO_CREDENTIALS, SCOPE_INSUFFICIENT, granted",
        "public, none, granted, granted, granted",
        "public, b, NO_CREDENTIALS, SCOPE_INSUFFICIENT, granted",
        "public, deny, NO_CREDENTIALS, ACCESS_DENIED, ACCESS_DENIED",
        "deny, public, NO_CREDENTIALS, ACCESS_DENIED, ACCESS_DENIED",
        "deny, b, NO_CREDENTIALS, ACCESS_DENIED, ACCESS_DENIED",
        "authenticated, public, NO_CREDENTIALS, granted, granted",
        "scope a, public, NO_CREDENTIALS, granted, granted",
        "scope a, authenticated, NO_CREDENTIALS, granted, granted",
        "scope a, b, NO_CREDENTIALS, SCOPE_INSUFFICIENT, granted"
    })
    void needsTheStricterOfBoth(String route, String rule, String noToken, String oneScope, String bothScopes) {
        TokenGuardBuilder settings = guarding(ISSUER);
        if (!route.equals("none")) {
            settings.route("/handled " + route);
        }
        IncomingRequest bare =
                IncomingRequest.builder("GET", "/handled").overTls().build();
        assertThat(decide(settings, rule, bare)).isEqualTo(noToken);
        assertThat(decide(settings, rule, request("a"))).isEqualTo(oneScope);
        assertThat(decide(settings, rule, request("a", "b"))).isEqualTo(bothScopes);
    }

    private static IncomingRequest request(String... scopes) {
        return IncomingRequest.builder("GET", "/handled")
                .overTls()
                .header(
                        "Authorization",
                        "Bearer " + ISSUER.token().scope(scopes).sign())
                .build();
    }

    @Test
    void refusesAnAmbiguousPathWithoutAskingForTheHandler() {
        try (TokenGuard guard = guarding(ISSUER).build()) {
            assertThat(reasonOf(guard.decideForHandler(
                            IncomingRequest.builder("GET", "/a/../handled").build(), () -> {
                                throw new AssertionError("asked");
                            })))
                    .isEqualTo(RefusalReason.PATH_REJECTED);
        }
    }

    @Test
    void refusesIfTheHandlerCannotBeFound() {
        try (TokenGuard guard = guarding(ISSUER).build()) {
            assertThat(reasonOf(guard.decideForHandler(request("a"), () -> {
                        throw new IllegalStateException("no handler");
                    })))
                    .isEqualTo(RefusalReason.INTERNAL_FAILURE);
        }
    }
}
