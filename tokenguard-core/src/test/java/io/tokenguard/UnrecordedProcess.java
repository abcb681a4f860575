package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;

import io.tokenguard.access.Decision;
import io.tokenguard.access.Revocation;
import io.tokenguard.testkit.TestIssuer;

/** A process of its own that decides and revokes, without a recording. Its argument says whether it has {@code jdk.jfr}. */
final class UnrecordedProcess {
    private UnrecordedProcess() {}

    public static void main(String[] args) {
        expect(
                ModuleLayer.boot().findModule("jdk.jfr").isPresent() == Boolean.parseBoolean(args[0]),
                "a flight recorder: " + args[0]);
        try (TestIssuer issuer = TestIssuer.start();
                TokenGuard guard = guarding(issuer).build()) {
            String token = issuer.token().sign();
            expect(guard.decide(bearing(token)) instanceof Decision.Granted, "a good token passes");
            expect(guard.revoke(Revocation.presented(token)), "a revocation is stored");
            expect(guard.decide(bearing(token)) instanceof Decision.Refused, "a revoked token is refused");
        }
        System.out.println("decided without a recording");
    }

    private static void expect(boolean isSo, String what) {
        if (!isSo) {
            throw new IllegalStateException("expected: " + what);
        }
    }
}
