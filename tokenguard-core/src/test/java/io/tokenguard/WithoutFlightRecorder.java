package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;

import io.tokenguard.access.Decision;
import io.tokenguard.access.Revocation;
import io.tokenguard.testkit.TestIssuer;

/** A process of its own, to be started without the module {@code jdk.jfr}: decides and revokes. */
final class WithoutFlightRecorder {
    private WithoutFlightRecorder() {}

    public static void main(String[] args) {
        expect(ModuleLayer.boot().findModule("jdk.jfr").isEmpty(), "no flight recorder");
        try (TestIssuer issuer = TestIssuer.start();
                TokenGuard guard = guarding(issuer).build()) {
            String token = issuer.token().sign();
            expect(guard.decide(bearing(token)) instanceof Decision.Granted, "a good token passes");
            expect(guard.revoke(Revocation.presented(token)), "a revocation is stored");
            expect(guard.decide(bearing(token)) instanceof Decision.Refused, "a revoked token is refused");
        }
        System.out.println("decided without a flight recorder");
    }

    private static void expect(boolean isSo, String what) {
        if (!isSo) {
            throw new IllegalStateException("expected: " + what);
        }
    }
}
