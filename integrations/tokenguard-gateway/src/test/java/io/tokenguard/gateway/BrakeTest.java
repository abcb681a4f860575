package io.tokenguard.gateway;

import static io.tokenguard.gateway.GuardedApi.HOME;
import static io.tokenguard.gateway.GuardedApi.field;
import static io.tokenguard.gateway.GuardedApi.forged;
import static io.tokenguard.gateway.GuardedApi.get;
import static io.tokenguard.gateway.GuardedApi.reason;
import static io.tokenguard.gateway.GuardedApi.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Revocation;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrakeTest {
    private static final int MOST = 10;
    private static final int NEW = 3;

    private final GuardedApi api = GuardedApi.start(settings ->
            settings.brake(true).brakeMaxFailures(MOST).brakeNewTokens(NEW).trustedProxies("10.0.0.0/8"));
    private final String good = api.token("alice");

    @AfterEach
    void stop() {
        api.close();
    }

    /** Sends as many different bad tokens as turn the brake on. */
    private void brake(String address) {
        for (int bit = 0; bit < MOST; bit++) {
            assertThat(reason(api.sendFrom(address, forged(good, bit)))).isEqualTo(RefusalReason.SIGNATURE_INVALID);
        }
    }

    @Test
    void aBadTokenSentAgainIsRefusedForTheSameReasonWithoutAnotherVerification() {
        String bad = forged(good, 1);
        Decision first = api.send(bad);
        long verified = api.verifications();
        Decision second = api.send(bad);
        assertThat(reason(second)).isEqualTo(reason(first)).isEqualTo(RefusalReason.SIGNATURE_INVALID);
        assertThat(field(second, "WWW-Authenticate")).isEqualTo(field(first, "WWW-Authenticate"));
        assertThat(((Decision.Refused) second).refusal().hint()).contains("was not verified again");
        assertThat(api.verifications()).isEqualTo(verified);
    }

    @Test
    void aTokenThatIsBadForGoodIsAnsweredFromMemoryInEveryNetwork() {
        String bad = forged(good, 1);
        api.sendFrom(HOME, bad);
        long verified = api.verifications();
        assertThat(status(api.sendFrom("198.51.100.1", bad))).isEqualTo(401);
        assertThat(api.verifications()).isEqualTo(verified);
    }

    @Test
    void aBadTokenIsVerifiedAgainAfterAMinute() {
        String bad = forged(good, 1);
        api.send(bad);
        long verified = api.verifications();
        api.clock().advance(Duration.ofSeconds(61));
        api.send(bad);
        assertThat(api.verifications()).isEqualTo(verified + 1);
    }

    @Test
    void knownBadTokensBeyondTheLimitGet429WithRetryAfterUnverified() {
        brake(HOME);
        long verified = api.verifications();
        Decision refused = api.send(forged(good, 0));
        assertThat(status(refused)).isEqualTo(429);
        assertThat(reason(refused)).isEqualTo(RefusalReason.TOO_MANY_BAD_TOKENS);
        assertThat(Long.parseLong(field(refused, "Retry-After"))).isBetween(1L, 60L);
        assertThat(field(refused, "WWW-Authenticate")).isEmpty();
        assertThat(api.verifications()).isEqualTo(verified);
    }

    @Test
    void newTokensBeyondTheLimitShareABudgetThatComesBackEachSecond() {
        brake(HOME);
        for (int second = 0; second < 5; second++) {
            long verified = api.verifications();
            for (int i = 0; i < 50; i++) {
                api.send(forged(good, 100 + second * 50 + i));
            }
            assertThat(api.verifications() - verified).isEqualTo(NEW);
            api.clock().advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void aNewGoodTokenOfABrakedNetworkIsAcceptedWithinTheBudget() {
        brake(HOME);
        assertThat(status(api.send(api.token("bob")))).isEqualTo(200);
    }

    @Test
    void aNewGoodTokenBeyondTheBudgetIsAcceptedOnceItsRetryAfterIsOver() {
        brake(HOME);
        for (int i = 0; i < 50; i++) {
            api.send(forged(good, 100 + i));
        }
        Decision early = api.send(api.token("bob"));
        assertThat(status(early)).isEqualTo(429);
        api.clock().advance(Duration.ofSeconds(Long.parseLong(field(early, "Retry-After"))));
        assertThat(status(api.send(api.token("bob")))).isEqualTo(200);
    }

    @Test
    void aCachedGoodTokenPassesWhateverItsNetworkSends() {
        assertThat(status(api.send(good))).isEqualTo(200);
        brake(HOME);
        for (int i = 0; i < 200; i++) {
            api.send(forged(good, 100 + i));
            assertThat(status(api.send(good))).isEqualTo(200);
        }
    }

    @Test
    void requestsWithACachedTokenUseUpNothing() {
        api.send(good);
        for (int i = 0; i < 10 * MOST; i++) {
            api.send(get("/nowhere"), good);
        }
        assertThat(reason(api.send(forged(good, 1)))).isEqualTo(RefusalReason.SIGNATURE_INVALID);
    }

    @Test
    void otherNetworksAreNotAffected() {
        brake(HOME);
        assertThat(reason(api.sendFrom("192.0.3.7", forged(good, 1)))).isEqualTo(RefusalReason.SIGNATURE_INVALID);
        assertThat(status(api.sendFrom("192.0.3.7", api.token("bob")))).isEqualTo(200);
    }

    @Test
    void isReleasedWhenNoMoreBadTokensCome() {
        brake(HOME);
        Decision refused = api.send(forged(good, 0));
        api.clock().advance(Duration.ofSeconds(Long.parseLong(field(refused, "Retry-After"))));
        assertThat(reason(api.send(forged(good, 900)))).isEqualTo(RefusalReason.SIGNATURE_INVALID);
    }

    @Test
    void staysOnWhileBadTokensKeepComing() {
        brake(HOME);
        int verified = 0;
        for (int second = 0; second < 120; second++) {
            long before = api.verifications();
            for (int i = 0; i < 2; i++) {
                api.send(forged(good, 0));
            }
            verified += (int) (api.verifications() - before);
            api.clock().advance(Duration.ofSeconds(1));
        }
        assertThat(verified).isLessThanOrEqualTo(2); // once a minute, when the memory has forgotten the token
    }

    @Test
    void tokensThatExpiredAreAnsweredFromMemoryAndDoNotCount() {
        String expired = good;
        api.clock().advance(Duration.ofHours(24));
        api.send(expired);
        long verified = api.verifications();
        for (int i = 0; i < 5 * MOST; i++) {
            assertThat(reason(api.send(expired))).isEqualTo(RefusalReason.EXPIRED);
        }
        assertThat(api.verifications()).isEqualTo(verified);
    }

    /** A status list can lift a suspension. */
    @Test
    void aRevokedTokenIsNotRemembered() {
        api.guard().revoke(Revocation.presented(good));
        assertThat(reason(api.send(good))).isEqualTo(RefusalReason.REVOKED);
        long verified = api.verifications();
        assertThat(reason(api.send(good))).isEqualTo(RefusalReason.REVOKED);
        assertThat(api.verifications()).isEqualTo(verified + 1);
    }

    @Test
    void aTokenWithAnUnknownKeyIsNotRemembered() {
        String unknown = api.issuer().token().header("kid", "tomorrow").sign();
        Decision first = api.send(unknown);
        Decision second = api.send(unknown);
        assertThat(reason(second)).isEqualTo(reason(first));
        assertThat(((Decision.Refused) second).refusal().keyId()).isEqualTo("tomorrow");
    }

    @Test
    void forgottenPermissionsAreNoFailureOfTheToken() {
        for (int i = 0; i < 5 * MOST; i++) {
            assertThat(reason(api.send(get("/nowhere"), api.token("user-" + i))))
                    .isEqualTo(RefusalReason.NO_MATCHING_ROUTE);
        }
    }

    @Test
    void explanationsCountNothing() {
        for (int bit = 0; bit < 5 * MOST; bit++) {
            Decision explained = api.guard()
                    .explain(get("/orders")
                            .header("Authorization", "Bearer " + forged(good, bit))
                            .build());
            assertThat(reason(explained)).isEqualTo(RefusalReason.SIGNATURE_INVALID);
        }
    }

    @Test
    void aRefusalNamesTheTokenByItsFingerprintAndTheSettings() {
        brake(HOME);
        Decision.Refused refused = (Decision.Refused) api.send(forged(good, 0));
        assertThat(refused.refusal().tokenFingerprint())
                .isEqualTo(Revocation.presented(forged(good, 0)).target().substring(0, 16));
        assertThat(refused.refusal().settings())
                .contains("tokenguard.brake.max-failures", "tokenguard.trusted-proxies");
        assertThat(refused.refusal().clientAddress()).isEqualTo(HOME);
    }

    @Test
    void reportOnlyRefusesNothing() {
        try (GuardedApi trial = GuardedApi.start(
                settings -> settings.brake(false).brakeMaxFailures(MOST).brakeNewTokens(NEW))) {
            String token = trial.token("alice");
            for (int bit = 0; bit < 3 * MOST; bit++) {
                assertThat(reason(trial.send(forged(token, bit)))).isEqualTo(RefusalReason.SIGNATURE_INVALID);
            }
            assertThat(trial.guard().stats().decisions().wouldRefuse().get(RefusalReason.TOO_MANY_BAD_TOKENS))
                    .isEqualTo(3L * MOST - MOST - NEW);
        }
    }

    @Test
    void isCountedByReason() {
        brake(HOME);
        api.send(forged(good, 0));
        assertThat(api.guard().stats().decisions().refusals().get(RefusalReason.TOO_MANY_BAD_TOKENS))
                .isEqualTo(1);
    }

    @Test
    void outlivesAnEqualConfiguration() {
        brake(HOME);
        api.guard()
                .reconfigure(GuardedApi.builder(api.issuer(), api.clock())
                        .brake(true)
                        .brakeMaxFailures(MOST)
                        .brakeNewTokens(NEW));
        api.guard().awaitReady(Duration.ofSeconds(10));
        assertThat(status(api.send(forged(good, 0)))).isEqualTo(429);
    }

    /** Attempts to look like another network. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            another address of the network       | 192.0.2.7   |                        | 192.0.2.250
            a forwarding field of the client     | 192.0.2.7   | 198.51.100.1           | 192.0.2.7
            two of them                          | 192.0.2.7   | 198.51.100.1, 10.0.0.1 | 192.0.2.7
            an IPv6 address of the same /48      | 2001:db8:1::1 |                      | 2001:db8:1:ffff::2
            another spelling of it               | 2001:db8:1::1 |                      | 2001:0DB8:0001:0:0:0:0:3
            an IPv4 address written as IPv6      | 192.0.2.7   |                        | ::ffff:192.0.2.9
            an address with a zone               | fe80::1     |                        | fe80::1%eth0
            an address in brackets               | 2001:db8:1::1 |                      | [2001:db8:1::9]
            """)
    void isNotEvadedBy(String attempt, String braked, String forwardedFor, String address) {
        brake(braked);
        Decision decision = api.send(
                forwardedFor == null
                        ? get("/orders").clientAddress(address)
                        : get("/orders").clientAddress(address).header("X-Forwarded-For", forwardedFor),
                forged(good, 0));
        assertThat(status(decision)).as(attempt).isEqualTo(429);
    }

    @Test
    void behindADeclaredProxyTheNetworkIsThatOfItsClient() {
        for (int bit = 0; bit < MOST; bit++) {
            api.send(
                    get("/orders").clientAddress("10.0.0.1").header("X-Forwarded-For", "203.0.113.5, 192.0.2.7"),
                    forged(good, bit));
        }
        assertThat(status(api.send(
                        get("/orders").clientAddress("10.0.0.1").header("X-Forwarded-For", "192.0.2.7"),
                        forged(good, 0))))
                .isEqualTo(429);
        assertThat(status(api.send(
                        get("/orders").clientAddress("10.0.0.1").header("X-Forwarded-For", "203.0.113.5"),
                        forged(good, 0))))
                .isEqualTo(401);
    }
}
