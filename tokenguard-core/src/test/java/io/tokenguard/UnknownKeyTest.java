package io.tokenguard;

import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens with a key ID that no key set had so far: 401 is a verdict, 503 is "not settled yet". */
class UnknownKeyTest {
    private static final String STRANGER = "203.0.113.7";
    private static final Duration COOLDOWN = Duration.ofSeconds(5);

    private static RefusalReason judge(KeyDrill drill, String client, String token) {
        return reasonOf(drill.guard.decide(GuardedIssuer.request()
                .clientAddress(client)
                .header("Authorization", "Bearer " + token)
                .build()));
    }

    private static String junk(KeyDrill drill, String keyId) {
        return drill.issuer.token().header("kid", keyId).sign();
    }

    /** The same token with another key ID: no key verifies its signature, so that nobody has to sign it. */
    private static String renamed(CompactToken token, String keyId) {
        String header = new String(Base64.getUrlDecoder().decode(token.header()), StandardCharsets.UTF_8)
                .replace(KeyDrill.KEY.kid(), keyId);
        return token.withHeader(
                        Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8)))
                .compact();
    }

    private static List<RefusalReason> judgeJunk(KeyDrill drill, String client, int requests) {
        return IntStream.range(0, requests)
                .mapToObj(number -> judge(drill, client, junk(drill, "junk of " + client + number)))
                .toList();
    }

    /** A stranger has used up the load that unknown keys can cause now. */
    private static KeyDrill coolingDown() {
        KeyDrill drill = KeyDrill.addressed().warm();
        assertThat(judge(drill, "192.0.2.1", junk(drill, "stranger"))).isEqualTo(RefusalReason.KEY_UNKNOWN);
        return drill;
    }

    @Test
    void fiveRequestsASecondOfANetworkGet503AndTheOthers401() {
        try (KeyDrill drill = coolingDown()) {
            List<RefusalReason> reasons = judgeJunk(drill, STRANGER, 8);
            assertThat(reasons.subList(0, 5)).containsOnly(RefusalReason.KEYS_UNAVAILABLE);
            assertThat(reasons.subList(5, 8)).containsOnly(RefusalReason.KEY_UNKNOWN);
            assertThat(judgeJunk(drill, "203.0.113.250", 1)).containsOnly(RefusalReason.KEY_UNKNOWN);
            drill.pass(Duration.ofSeconds(1));
            assertThat(judgeJunk(drill, STRANGER, 1)).containsOnly(RefusalReason.KEYS_UNAVAILABLE);
        }
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.7, 203.0.114.7", "2001:db8:1::1, 2001:db8:2::1", "203.0.113.7, 2001:db8:1::1"})
    void oneNetworkTakesNothingFromAnother(String stranger, String client) {
        try (KeyDrill drill = coolingDown()) {
            judgeJunk(drill, stranger, 100);
            assertThat(judgeJunk(drill, client, 5)).containsOnly(RefusalReason.KEYS_UNAVAILABLE);
        }
    }

    @Test
    void aKeyThatALaterLoadDoesNotHaveIsRefused() {
        try (KeyDrill drill = coolingDown()) {
            String token = junk(drill, "unknown");
            assertThat(judge(drill, STRANGER, token)).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
            drill.pass(Duration.ofSeconds(30));
            assertThat(judge(drill, STRANGER, token)).isEqualTo(RefusalReason.KEY_UNKNOWN);
        }
    }

    /** The form is that of {@link KeyDrill#OTHER}: ES256, and five characters. */
    @Test
    void aKeyIdInTheFormOfKnownOnesWaitsForACooldownAndOthersForHalfAMinute() {
        try (KeyDrill drill = coolingDown()) {
            judge(drill, STRANGER, junk(drill, "of another form"));
            Instant start = drill.clock.instant();
            drill.pass(COOLDOWN);
            assertThat(drill.fetchesSince(start.plusMillis(1))).isZero();
            judge(drill, STRANGER, junk(drill, "fifth"));
            assertThat(drill.fetchesSince(start.plusMillis(1))).isEqualTo(1);
        }
    }

    @Test
    void aWithdrawnKeyIsRefusedWithoutAFurtherLoad() {
        try (KeyDrill drill = KeyDrill.addressed().warm()) {
            String old = drill.issuer.token().expiresIn(Duration.ofHours(1)).sign();
            drill.issuer.rotateTo(KeyDrill.OTHER);
            drill.issuer.withdraw(KeyDrill.KEY);
            assertThat(drill.judge()).isNull();
            int fetches = drill.fetches().size();
            assertThat(judge(drill, STRANGER, old)).isEqualTo(RefusalReason.KEY_UNKNOWN);
            assertThat(drill.fetches()).hasSize(fetches);
        }
    }

    /**
     * A minute with three rotations. From the first token of each new key to its first grant at most a cooldown passes, and
     * a client of another network, with two requests a second, never gets 401.
     */
    @ParameterizedTest
    @CsvSource({"1, true", "10, true", "100, true", "1, false", "10, false", "100, false"})
    void aRotationTakesACooldownAtMostWhateverStrangersSend(int perSecond, boolean isInKnownForm) {
        IntFunction<String> keyIds =
                isInKnownForm ? number -> String.format("%05d", number) : number -> "junk-" + number;
        int sent = 0;
        try (KeyDrill drill = KeyDrill.addressed().warm()) {
            CompactToken template = CompactToken.parse(
                    drill.issuer.token().expiresIn(Duration.ofHours(1)).sign());
            Instant rotated = drill.clock.instant();
            for (int half = 1; half <= 120; half++) {
                for (int i = 0; i < Math.max(1, perSecond / 2); i++) {
                    judge(drill, STRANGER, renamed(template, keyIds.apply(sent++)));
                }
                if (half % 34 == 0) {
                    rotated = drill.clock.instant();
                    drill.issuer.rotateTo(TestKey.generate(TestAlgorithm.ES256, String.format("new%02d", half % 100)));
                }
                RefusalReason reason =
                        judge(drill, "198.51.100.1", drill.issuer.token().sign());
                boolean isInCooldown = drill.clock.instant().isBefore(rotated.plus(COOLDOWN));
                assertThat(reason).isIn(null, isInCooldown ? RefusalReason.KEYS_UNAVAILABLE : null);
                drill.pass(Duration.ofMillis(500));
                RecordedLog.clear();
            }
        }
    }
}
