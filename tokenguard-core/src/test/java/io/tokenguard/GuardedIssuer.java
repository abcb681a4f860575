package io.tokenguard;

import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.testkit.TestIssuer;
import java.util.function.UnaryOperator;

/** Shortcuts of the tests: a guard that trusts a test issuer, and requests to it. */
final class GuardedIssuer {
    static final String AUDIENCE = "https://api.example.com";

    private GuardedIssuer() {}

    static TrustedIssuerBuilder trusted(TestIssuer issuer) {
        return TrustedIssuer.builder(issuer.issuer()).audience(AUDIENCE);
    }

    static TokenGuardBuilder guarding(TestIssuer issuer) {
        return guarding(issuer, UnaryOperator.identity());
    }

    static TokenGuardBuilder guarding(TestIssuer issuer, UnaryOperator<TrustedIssuerBuilder> settings) {
        return TokenGuard.builder()
                .issuer(settings.apply(trusted(issuer)).build())
                .route("/orders authenticated");
    }

    static IncomingRequest bearing(String token) {
        return request().header("Authorization", "Bearer " + token).build();
    }

    static IncomingRequest.Builder request() {
        return IncomingRequest.builder("GET", "/orders").overTls();
    }

    /** Why a request was refused; null where it was granted. */
    static RefusalReason reasonOf(Decision decision) {
        return decision instanceof Decision.Refused refused ? refused.refusal().reason() : null;
    }
}
