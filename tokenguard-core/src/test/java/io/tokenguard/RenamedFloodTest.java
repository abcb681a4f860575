package io.tokenguard;

import static io.tokenguard.GuardedIssuer.AUDIENCE;
import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.BackChannelLogout;
import io.tokenguard.config.Revocations;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an issuer has revoked stays revoked when its entries are replaced, whatever the nodes call the issuer. */
class RenamedFloodTest {
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256, "good");
    private static final Duration HOUR = Duration.ofHours(1);

    private final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));
    private final TestIssuer issuer =
            TestIssuer.builder().keys(KEY).clock(clock).start();
    private final String name = issuer.issuer();
    private final DrilledRevocationStore newers = new DrilledRevocationStore();
    private final DrilledRevocationStore olders = new DrilledRevocationStore();

    @AfterEach
    void stop() {
        issuer.close();
    }

    private TokenGuardBuilder trusting(TrustedIssuerBuilder trusted, DrilledRevocationStore store) {
        store.sync();
        return TokenGuard.builder()
                .issuer(trusted.audience(AUDIENCE)
                        .keys(new VerificationKey("good", SignatureAlgorithm.ES256, KEY.publicKey()))
                        .build())
                .route("/orders authenticated")
                .clock(clock)
                .backChannelLogout(BackChannelLogout.strict())
                .revocations(Revocations.local().capacity(1_000).store(store));
    }

    private TrustedIssuerBuilder former() {
        return TrustedIssuer.builder(name);
    }

    private TrustedIssuerBuilder renamed() {
        return TrustedIssuer.builder(name + "/").issuerAliases(name);
    }

    private void logOut(TokenGuard guard, int count) throws RefusedException {
        for (int i = 0; i < count; i++) {
            clock.advance(Duration.ofSeconds(1));
            guard.receiveLogout(issuer.logoutToken()
                    .subject("user" + i)
                    .claim("sid", "session" + i)
                    .sign());
        }
    }

    private String loggedOut() {
        return issuer.token().expiresIn(HOUR).claim("sid", "session0").sign();
    }

    @Test
    void onANodeThatKnowsTheIssuerByAnAliasOnly() throws RefusedException {
        String token = loggedOut();
        try (TokenGuard newer = trusting(renamed(), newers).build();
                TokenGuard older = trusting(former(), olders).build()) {
            assertThat(reasonOf(older.decide(bearing(token)))).isNull();
            logOut(newer, 1_100);
            newers.published().forEach(olders::bring);
            assertThat(older.health().revocation().trouble().orElseThrow()).contains("too many revocations");
            assertThat(reasonOf(newer.decide(bearing(token)))).isEqualTo(RefusalReason.REVOKED);
            assertThat(reasonOf(older.decide(bearing(token)))).isEqualTo(RefusalReason.REVOKED);
            assertThat(reasonOf(older.decide(bearing(issuer.token().sign())))).isNull();
        }
    }

    @Test
    void underAConfigurationThatKnowsTheIssuerByAnAliasOnly() throws RefusedException {
        String token = loggedOut();
        try (TokenGuard guard = trusting(renamed(), newers).build()) {
            logOut(guard, 1_100);
            guard.reconfigure(trusting(former(), newers));
            assertThat(reasonOf(guard.decide(bearing(token)))).isEqualTo(RefusalReason.REVOKED);
            assertThat(reasonOf(guard.decide(bearing(issuer.token().sign())))).isNull();
        }
    }
}
