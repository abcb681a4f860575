package io.tokenguard;

import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
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

    private record Named(Optional<AccessRequirement> requirement, String name) implements IncomingRequest.Handler {}

    private static Refusal refusal(String route, String rule, IncomingRequest request) {
        TokenGuardBuilder settings = guarding(ISSUER);
        if (!route.equals("none")) {
            settings.route("/handled " + route);
        }
        try (TokenGuard guard = settings.build()) {
            return ((Decision.Refused) guard.decideForHandler(request, new Named(handler(rule), "shop.Orders.list")))
                    .refusal();
        }
    }

    /** Route, handler, and the event's field. */
    @ParameterizedTest
    @CsvSource({
        "none, none, handler shop.Orders.list",
        "none, b, handler shop.Orders.list",
        "none, deny, handler shop.Orders.list",
        "scope b, none, route /handled",
        "scope a, b, route /handled and handler shop.Orders.list",
        "deny, public, route /handled and handler shop.Orders.list"
    })
    void theEventNamesTheRouteAndTheHandler(String route, String rule, String source) {
        assertThat(refusal(route, rule, request("a")).decidedBy()).isEqualTo(source);
    }

    @Test
    void theEventNamesThemIfATokenIsMissing() {
        IncomingRequest bare =
                IncomingRequest.builder("GET", "/handled").overTls().build();
        assertThat(refusal("none", "b", bare).decidedBy()).isEqualTo("handler shop.Orders.list");
    }

    @Test
    void theEventNamesNeitherIfTheTokenItselfIsRefused() {
        IncomingRequest expired = IncomingRequest.builder("GET", "/handled")
                .overTls()
                .header(
                        "Authorization",
                        "Bearer "
                                + ISSUER.token()
                                        .expiresAt(java.time.Instant.now().minusSeconds(90))
                                        .sign())
                .build();
        Refusal refusal = refusal("scope a", "b", expired);
        assertThat(refusal.reason()).isEqualTo(RefusalReason.EXPIRED);
        assertThat(refusal.decidedBy()).isEmpty();
    }

    @Test
    void routesAreNotNamedAsTheSettingIfOnlyTheHandlerDecides() {
        assertThat(refusal("none", "b", request("a")).settings())
                .containsExactly("tokenguard.scope-claim", "tokenguard.scope-hierarchy");
        assertThat(refusal("scope a", "b", request("a")).settings()).contains("tokenguard.routes");
        assertThat(refusal("none", "none", request("a")).settings()).containsExactly("tokenguard.routes");
    }

    @Test
    void aHandlerAloneDecidesWithoutRoutes() {
        try (TokenGuard guard = guarding(ISSUER).route("/handled public").build()) {
            IncomingRequest.Handler scoped = new Named(handler("b"), "shop.Orders.list");
            assertThat(reasonOf(guard.decide(request("a"), scoped))).isEqualTo(RefusalReason.SCOPE_INSUFFICIENT);
            assertThat(reasonOf(guard.decide(request("b"), scoped))).isNull();
            assertThat(reasonOf(guard.decide(request("b"), (IncomingRequest.Handler) Optional::empty)))
                    .isEqualTo(RefusalReason.NO_MATCHING_ROUTE);
        }
    }

    @Test
    void aHandlerWhoseNameCannotBeReadIsRefusedAllTheSame() {
        IncomingRequest.Handler unnamed = new IncomingRequest.Handler() {
            @Override
            public Optional<AccessRequirement> requirement() {
                return handler("b");
            }

            @Override
            public String name() {
                throw new IllegalStateException("no name");
            }
        };
        try (TokenGuard guard = guarding(ISSUER).build()) {
            assertThat(reasonOf(guard.decideForHandler(request("a"), unnamed)))
                    .isEqualTo(RefusalReason.SCOPE_INSUFFICIENT);
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
