package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Revocation;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.testkit.TestIssuer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Revocations that name an issuer that the guard does not trust, such as one with a slash too many. */
class UntrustedIssuerTest {
    private final TestIssuer issuer =
            TestIssuer.builder().audience(GuardedIssuer.AUDIENCE).start();

    @BeforeEach
    void clear() {
        RecordedLog.clear();
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private TokenGuardBuilder trusting(TestIssuer... trusted) {
        TokenGuardBuilder builder = TokenGuard.builder().route("/orders authenticated");
        Stream.of(trusted)
                .forEach(each -> builder.issuer(GuardedIssuer.trusted(each).build()));
        return builder;
    }

    static Stream<Revocation> revocations() {
        String other = "https://issuer.example.com/";
        return Stream.of(
                Revocation.token(other, "id"),
                Revocation.session(other, "session"),
                Revocation.subject(other, "alice"),
                Revocation.client(other, "app"),
                Revocation.issuer(other));
    }

    @ParameterizedTest
    @MethodSource("revocations")
    void areReportedToHaveNoEffect(Revocation revocation) {
        try (TokenGuard guard = trusting(issuer).build()) {
            assertThat(guard.revoke(revocation)).isFalse();
            assertThat(RecordedLog.recent().toString())
                    .contains("names an issuer that is not trusted")
                    .contains(issuer.issuer());
        }
    }

    @Test
    void takeEffectOnceALaterConfigurationTrustsTheIssuer() {
        try (TestIssuer later =
                        TestIssuer.builder().audience(GuardedIssuer.AUDIENCE).start();
                TokenGuard guard = trusting(issuer).build()) {
            assertThat(guard.revoke(Revocation.token(later.issuer(), "id"))).isFalse();
            guard.reconfigure(trusting(issuer, later));
            assertThat(guard.revoke(Revocation.token(later.issuer(), "other"))).isTrue();
            assertThat(reasonOf(guard.decide(bearing(later.token().tokenId("id").sign()))))
                    .isEqualTo(RefusalReason.REVOKED);
        }
    }

    @Test
    void areNotToldApartWhereATemplateMayStandForTheIssuer() {
        TokenGuardBuilder settings = TokenGuard.builder()
                .issuer(TrustedIssuer.builder("https://login.example.com/*")
                        .audience("api")
                        .build())
                .route("/orders authenticated");
        try (TokenGuard guard = settings.build()) {
            assertThat(guard.revoke(Revocation.subject("https://login.example.com/a", "alice")))
                    .isTrue();
        }
    }

    @Test
    void tellNothingOfWhatNamesNoIssuer() {
        try (TokenGuard guard = trusting(issuer).build()) {
            assertThat(guard.revoke(Revocation.presented(issuer.token().sign())))
                    .isTrue();
            assertThat(guard.revoke(Revocation.keyId("stolen"))).isTrue();
        }
    }
}
