package io.tokenguard.gateway;

import static io.tokenguard.gateway.GuardedApi.HOME;
import static io.tokenguard.gateway.GuardedApi.forged;
import static io.tokenguard.gateway.GuardedApi.get;
import static io.tokenguard.gateway.GuardedApi.reason;
import static io.tokenguard.gateway.GuardedApi.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import java.time.Duration;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the brake does to senders of good tokens. */
class BrakeFairnessTest {
    private static final int MOST = 10;
    private static final int NEW = 5;
    private static final String ATTACKER = "192.0.2.66";

    private final GuardedApi api = GuardedApi.start(settings ->
            settings.brake(true).brakeMaxFailures(MOST).brakeNewTokens(NEW).resourceHosts("api.example.com"));
    private final String good = api.token("alice");
    private int bit;

    @AfterEach
    void stop() {
        api.close();
    }

    private Decision attack(String address) {
        return api.sendFrom(address, forged(good, bit++));
    }

    @Test
    void aBadTokenThatIsRepeatedCountsOnce() {
        String bad = forged(good, bit++);
        for (int i = 0; i < 5 * MOST; i++) {
            assertThat(reason(api.send(bad))).isEqualTo(RefusalReason.SIGNATURE_INVALID);
        }
        assertThat(reason(attack(HOME))).isEqualTo(RefusalReason.SIGNATURE_INVALID);
    }

    @Test
    void aBadTokenThatIsRepeatedCountsOnceAlsoIfItIsNotRemembered() {
        TestKey holder = TestKey.generate(TestAlgorithm.ES256);
        String bound = api.issuer().token().boundTo(holder).sign();
        for (int i = 0; i < 5 * MOST; i++) {
            assertThat(reason(api.send(bound))).isEqualTo(RefusalReason.BINDING_DOWNGRADE);
        }
        assertThat(reason(attack(HOME))).isEqualTo(RefusalReason.SIGNATURE_INVALID);
    }

    /** What clients send that are not attackers: {@link #name()} is the reason of the refusal. */
    private enum Usual {
        KEY_UNKNOWN,
        NOT_YET_VALID,
        ISSUED_IN_FUTURE,
        EXPIRED
    }

    @ParameterizedTest
    @EnumSource(Usual.class)
    void doesNotCountWhatGoodClientsSend(Usual kind) {
        IntFunction<String> token = i -> token(kind, i);
        for (int i = 0; i < 5 * MOST; i++) {
            assertThat(reason(api.send(token.apply(i)))).isEqualTo(RefusalReason.valueOf(kind.name()));
        }
        assertThat(reason(attack(HOME))).isEqualTo(RefusalReason.SIGNATURE_INVALID);
    }

    private String token(Usual kind, int number) {
        var token = api.issuer().token().subject("user-" + number);
        var now = api.clock().instant();
        return switch (kind) {
            case KEY_UNKNOWN -> token.header("kid", "tomorrow").sign();
            case NOT_YET_VALID -> token.notBefore(now.plusSeconds(200)).sign();
            case ISSUED_IN_FUTURE -> token.issuedAt(now.plusSeconds(200)).sign();
            case EXPIRED -> token.claim("exp", now.getEpochSecond() - 1_000).sign();
        };
    }

    @Test
    void doesNotCountProofsOfAWrongClock() {
        DpopClient client = DpopClient.withKey(TestKey.generate(TestAlgorithm.ES256), api.clock());
        for (int i = 0; i < 5 * MOST; i++) {
            String bound =
                    api.issuer().token().subject("u" + i).boundTo(client.key()).sign();
            String proof = client.proof("GET", "https://api.example.com/orders")
                    .forToken(bound)
                    .issuedAt(api.clock().instant().minusSeconds(10_000))
                    .sign();
            Decision decision = api.guard()
                    .decide(get("/orders")
                            .header("Host", "api.example.com")
                            .header("Authorization", "DPoP " + bound)
                            .header("DPoP", proof)
                            .build());
            assertThat(reason(decision)).isEqualTo(RefusalReason.PROOF_INVALID);
            assertThat(((Decision.Refused) decision).refusal().detail()).isEqualTo("time");
        }
        assertThat(reason(attack(HOME))).isEqualTo(RefusalReason.SIGNATURE_INVALID);
    }

    @Test
    void anotherAddressOfABrakedNetworkIsServedAtOnce() {
        for (int second = 0; second < 20; second++) {
            for (int i = 0; i < 100; i++) {
                attack(ATTACKER);
            }
            assertThat(status(api.sendFrom(HOME, api.token("user-" + second))))
                    .as("second %s", second)
                    .isEqualTo(200);
            api.clock().advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void anAddressThatOnlyTriesUnknownKeysLeavesTheOthersTheirBudget() {
        for (int i = 0; i < 5 * MOST; i++) {
            attack(ATTACKER);
        }
        for (int i = 0; i < 100; i++) {
            api.sendFrom("192.0.2.67", token(Usual.KEY_UNKNOWN, i));
        }
        assertThat(status(api.sendFrom(HOME, api.token("bob")))).isEqualTo(200);
    }

    @Test
    void manyAddressesOfANetworkShareTwoBudgets() {
        for (int i = 0; i < 2 * MOST; i++) {
            attack(ATTACKER);
        }
        api.clock().advance(Duration.ofSeconds(1));
        long verified = api.verifications();
        for (int host = 0; host < 256; host++) {
            attack("192.0.2." + host);
            attack("192.0.2." + host);
        }
        assertThat(api.verifications() - verified).isLessThanOrEqualTo(2L * NEW);
    }

    @Test
    void theAddressesOfOneHomeNetworkOfIpVersion6AreOneSender() {
        for (int i = 0; i < 2 * MOST; i++) {
            attack("2001:db8:1:2::66");
        }
        api.clock().advance(Duration.ofSeconds(1));
        for (int i = 0; i < 100; i++) {
            attack("2001:db8:1:2::" + Integer.toHexString(i));
        }
        assertThat(status(api.sendFrom("2001:db8:1:3::7", api.token("bob")))).isEqualTo(200);
    }
}
