package io.tokenguard.internal.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Revocation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** If the memory is full, the older revocations of the issuer that has sent the most are replaced by one of all its older tokens. */
class FullMemoryTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final RevocationLimits LIMITS =
            new RevocationLimits(1_000, Duration.ofDays(1), Duration.ofDays(30), Duration.ZERO);
    private static final RevocationSender GREEDY = sender("https://greedy.example");
    private static final RevocationSender QUIET = sender("https://quiet.example");

    private final RevocationMemory memory = new RevocationMemory(LIMITS);

    FullMemoryTest() {
        memory.learn(Set.of(GREEDY.issuer(), QUIET.issuer()));
    }

    private static RevocationSender sender(String issuer) {
        return new RevocationSender(issuer, Optional.empty(), NOW);
    }

    private static Revocation session(RevocationSender sender, int number) {
        return Revocation.session(sender.issuer(), "session" + number).sentBy(sender.issuer());
    }

    private void send(RevocationSender sender, int number, Instant now) {
        assertThat(memory.add(LIMITS.retained(session(sender, number), now), now, now))
                .isTrue();
    }

    /** One a second. */
    private Instant sendMany(RevocationSender sender, int count) {
        for (int i = 0; i < count; i++) {
            send(sender, i, NOW.plusSeconds(i));
        }
        return NOW.plusSeconds(count);
    }

    private boolean isHit(Revocation target, Instant issuedAt, Instant now) {
        return memory.isHit(target, issuedAt.getEpochSecond(), now);
    }

    private boolean isWholeIssuerHit(RevocationSender sender, Instant issuedAt, Instant now) {
        return isHit(Revocation.issuer(sender.issuer()), issuedAt, now);
    }

    @Test
    void nothingIsFoldedWhileThereIsPlace() {
        Instant now = sendMany(GREEDY, 1_000);
        assertThat(memory.lastFold(now)).isNull();
        assertThat(isWholeIssuerHit(GREEDY, NOW, now)).isFalse();
    }

    @Test
    void theOlderHalfIsFoldedIntoOneOfTheTokensIssuedUpToItsNewest() {
        Instant now = sendMany(GREEDY, 1_001);
        assertThat(memory.lastFold(now))
                .isEqualTo(new FoldedRevocations(GREEDY.issuer(), NOW.getEpochSecond() + 499, 500));
        assertThat(isWholeIssuerHit(GREEDY, NOW.plusSeconds(499), now)).isTrue();
        assertThat(isWholeIssuerHit(GREEDY, NOW.plusSeconds(500), now)).isFalse();
        assertThat(isHit(session(GREEDY, 499), NOW.plusSeconds(500), now)).isFalse();
        assertThat(isHit(session(GREEDY, 500), NOW.plusSeconds(500), now)).isTrue();
        assertThat(memory.size()).isEqualTo(502);
    }

    /** An issuer whose clock is ahead, within the skew, has issued tokens of a later date before. */
    @Test
    void tokensOfALaterDateWithinTheClockSkewAreFoldedToo() {
        memory.resize(new RevocationLimits(1_000, LIMITS.retention(), LIMITS.kept(), Duration.ofSeconds(30)));
        Instant now = sendMany(GREEDY, 1_001);
        assertThat(memory.lastFold(now))
                .isEqualTo(new FoldedRevocations(GREEDY.issuer(), NOW.getEpochSecond() + 529, 500));
        assertThat(isWholeIssuerHit(GREEDY, NOW.plusSeconds(529), now)).isTrue();
        assertThat(isWholeIssuerHit(GREEDY, NOW.plusSeconds(530), now)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_001, 4_000, 20_000})
    void whatWasRevokedStaysRevokedForTokensIssuedBefore(int count) {
        Instant now = sendMany(GREEDY, count);
        for (int i = 0; i < count; i++) {
            Instant issuedAt = NOW.plusSeconds(i);
            assertThat(isHit(session(GREEDY, i), issuedAt, now) || isWholeIssuerHit(GREEDY, issuedAt, now))
                    .as("session %s", i)
                    .isTrue();
        }
        assertThat(memory.size()).isLessThanOrEqualTo(1_001);
    }

    @Test
    void otherIssuersNoticeNothing() {
        for (int i = 0; i < 100; i++) {
            send(QUIET, i, NOW);
        }
        Instant now = sendMany(GREEDY, 20_000);
        for (int i = 0; i < 100; i++) {
            assertThat(isHit(session(QUIET, i), NOW, now)).isTrue();
        }
        assertThat(isWholeIssuerHit(QUIET, NOW, now)).isFalse();
        assertThat(memory.mayHaveForgotten(NOW.getEpochSecond())).isFalse();
        send(QUIET, 100, now);
        assertThat(isHit(session(QUIET, 100), NOW, now)).isTrue();
        assertThat(memory.add(LIMITS.retained(Revocation.client("own", "app"), now), now, now))
                .isTrue();
    }

    @Test
    void revocationsOfOneMomentAreFoldedTogether() {
        for (int i = 0; i < 1_001; i++) {
            send(GREEDY, i, NOW);
        }
        assertThat(isWholeIssuerHit(GREEDY, NOW, NOW)).isTrue();
        assertThat(isWholeIssuerHit(GREEDY, NOW.plusSeconds(1), NOW)).isFalse();
        assertThat(memory.size()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 254, 255, 256, 900})
    void onlyTheOneThatSendsTheMostIsFoldedHoweverManyIssuersThereAre(int others) {
        for (int i = 0; i < others; i++) {
            send(sender("https://other" + i + ".example"), 0, NOW);
        }
        Instant now = sendMany(GREEDY, 5_000);
        assertThat(memory.isComplete(Clock.fixed(now, ZoneOffset.UTC))).isTrue();
        for (int i = 0; i < others; i++) {
            RevocationSender other = sender("https://other" + i + ".example");
            assertThat(isHit(session(other, 0), NOW, now)).isTrue();
            assertThat(isWholeIssuerHit(other, NOW, now)).isFalse();
        }
        send(QUIET, 0, now);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 17, 40, 300})
    void manyIssuersThatSendALotLeavePlaceForTheNextOne(int greedy) {
        for (int round = 0; round < 1_000; round++) {
            send(sender("https://greedy" + round % greedy + ".example"), round, NOW.plusSeconds(round));
        }
        Instant now = NOW.plusSeconds(1_000);
        for (int i = 0; i < 500 / greedy; i++) {
            send(QUIET, i, now);
            assertThat(isHit(session(QUIET, i), now, now)).isTrue();
        }
        assertThat(memory.isComplete(Clock.fixed(now, ZoneOffset.UTC))).isTrue();
        assertThat(isWholeIssuerHit(QUIET, NOW, now)).isFalse();
    }

    @Test
    void issuersMakePlaceForTheRevocationsOfTheApplication() {
        Instant now = sendMany(GREEDY, 1_000);
        Revocation own = Revocation.client("own", "app");
        assertThat(memory.add(LIMITS.retained(own, now), now, now)).isTrue();
        assertThat(isHit(own, NOW, now)).isTrue();
    }

    @Test
    void whatAnotherNodeHandsOnAgainTakesNoSecondPlace() {
        send(GREEDY, 1, NOW);
        assertThat(memory.add(LIMITS.retained(session(GREEDY, 1), NOW), NOW, NOW))
                .isTrue();
        assertThat(memory.size()).isEqualTo(1);
    }

    /** Tokens of the sessions may have a later date than this node's clock shows. */
    @Test
    void aLoopOfLogoutsRevokesTheTokensUpToTheDateOfItsLogoutTokens() {
        sendMany(GREEDY, 250);
        RevocationSender ahead = new RevocationSender(GREEDY.issuer(), Optional.of("mallory"), NOW.plusSeconds(20));
        Revocation folded = session(GREEDY, 1);
        for (int i = 0; i < 9; i++) {
            folded = memory.folded(session(GREEDY, 1_000 + i), ahead, NOW);
        }
        assertThat(folded.issuedBefore()).contains(NOW.plusSeconds(21));
        RevocationSender behind = new RevocationSender(GREEDY.issuer(), Optional.of("mallory"), NOW.minusSeconds(20));
        assertThat(memory.folded(session(GREEDY, 2_000), behind, NOW).issuedBefore())
                .contains(NOW.plusSeconds(1));
    }

    @Test
    void aLoopOfLogoutsOfOneSubjectTakesOnePlaceMoreAndFoldsNothing() {
        RevocationSender looping = new RevocationSender(GREEDY.issuer(), Optional.of("mallory"), NOW);
        Instant now = sendMany(GREEDY, 250);
        for (int i = 0; i < 10_000; i++) {
            Instant then = now.plusSeconds(i);
            Revocation folded = memory.folded(session(GREEDY, 1_000_000 + i), looping, then);
            assertThat(memory.add(LIMITS.retained(folded, then), then, then)).isTrue();
        }
        assertThat(memory.lastFold(now)).isNull();
        assertThat(memory.size()).isLessThanOrEqualTo(250 + 9);
        assertThat(isHit(
                        Revocation.subject(GREEDY.issuer(), "mallory"),
                        now.plusSeconds(9_999),
                        now.plusSeconds(10_000)))
                .isTrue();
        assertThat(isWholeIssuerHit(GREEDY, NOW, now)).isFalse();
    }
}
