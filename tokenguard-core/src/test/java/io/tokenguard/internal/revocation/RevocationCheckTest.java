package io.tokenguard.internal.revocation;

import static io.tokenguard.internal.Attempt.detailOf;
import static io.tokenguard.internal.Attempt.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.GuardHealth.RevocationState;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Revocation;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.spi.RevocationStore;
import io.tokenguard.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RevocationCheckTest {
    private static final String ISSUER = "https://issuer.example";
    private static final String ALIAS = "https://old.example";
    private static final Duration OUTAGE_AFTER = Duration.ofSeconds(10);
    private static final RevocationLimits LIMITS =
            new RevocationLimits(1_000, Duration.ofHours(1), Duration.ofDays(30), Duration.ZERO);

    private final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));
    private final Store store = new Store();
    private final Queue<Runnable> sweeps = new ArrayDeque<>();
    private final RevocationMemory memory = new RevocationMemory(LIMITS);
    private final RevocationCheck check = check(Optional.empty(), false);

    /** A store that keeps what it gets, and is in sync since it is set to be. */
    private static final class Store implements RevocationStore {
        private final List<Revocation> published = new CopyOnWriteArrayList<>();
        private Consumer<Revocation> follower = revocation -> {};
        private Optional<Duration> sinceSync = Optional.of(Duration.ZERO);
        private Optional<String> trouble = Optional.empty();
        private volatile boolean takes = true;
        private int followed;
        private int closed;

        @Override
        public boolean publish(Revocation revocation) {
            published.add(revocation);
            return takes;
        }

        @Override
        public void follow(Consumer<Revocation> listener) {
            follower = listener;
            followed++;
        }

        @Override
        public Optional<Duration> sinceSync() {
            return sinceSync;
        }

        @Override
        public Optional<String> trouble() {
            return trouble;
        }

        @Override
        public void close() {
            closed++;
        }
    }

    private RevocationCheck check(Optional<RevocationStore> shared, boolean failsOpen) {
        return new RevocationCheck(
                memory,
                new KeyBans(System::nanoTime),
                new RevocationPolicy(shared, failsOpen, OUTAGE_AFTER, LIMITS, clock, sweeps::add),
                new TokenNaming(
                        new IssuerAliases(Map.of(ISSUER, Set.of(ALIAS)), List.of()),
                        Set.of(List.of("uid"), List.of("user", "id")),
                        Set.of(List.of("azp"))),
                () -> TimeUnit.MILLISECONDS.toNanos(clock.millis()));
    }

    private RevocationCheck shared(boolean failsOpen) {
        return check(Optional.of(store), failsOpen);
    }

    @AfterEach
    void clear() {
        RecordedLog.clear();
    }

    private Map<String, Object> claims() {
        return new HashMap<>(Map.of("iat", clock.instant().getEpochSecond(), "sid", "s1", "jti", "t1"));
    }

    private static AccessToken token(Map<String, Object> claims) {
        return AccessToken.builder(ISSUER)
                .subject("alice")
                .clientId("shop")
                .claims(claims)
                .build();
    }

    private RefusalReason refusal(AccessToken token) {
        return reasonOf(() -> check.check(token, clock.instant()));
    }

    @Nested
    class Revocations {
        private void assertCovers(Revocation revocation, String kind) {
            AccessToken token = token(claims());
            assertThat(refusal(token)).isNull();
            assertThat(check.revoke(revocation)).isTrue();
            assertThat(refusal(token)).isEqualTo(RefusalReason.REVOKED);
            assertThat(detailOf(() -> check.check(token, clock.instant()))).isEqualTo(kind);
        }

        @Test
        void coverATokenByItsIdentifier() {
            assertCovers(Revocation.token(ISSUER, "t1"), "TOKEN");
        }

        @Test
        void coverTheTokensOfASession() {
            assertCovers(Revocation.session(ISSUER, "s1"), "SESSION");
        }

        @Test
        void coverTheTokensOfASubject() {
            assertCovers(Revocation.subject(ISSUER, "alice"), "SUBJECT");
        }

        @Test
        void coverTheTokensOfAClient() {
            assertCovers(Revocation.client(ISSUER, "shop"), "CLIENT");
        }

        @Test
        void coverTheTokensOfAnIssuer() {
            assertCovers(Revocation.issuer(ISSUER), "ISSUER");
        }

        @Test
        void coverATokenAsItWasPresented() {
            AccessToken token = token(claims()).toBuilder().presented("a.b.c").build();
            check.revoke(Revocation.presented("a.b.c"));
            assertThat(refusal(token)).isEqualTo(RefusalReason.REVOKED);
            assertThat(refusal(token(claims()).toBuilder().presented("a.b.d").build()))
                    .isNull();
        }

        @Test
        void coverNoOtherToken() {
            check.revoke(Revocation.token(ISSUER, "t2"));
            check.revoke(Revocation.session(ISSUER, "s2"));
            check.revoke(Revocation.subject(ISSUER, "bob"));
            check.revoke(Revocation.client(ISSUER, "other"));
            check.revoke(Revocation.issuer("https://other.example"));
            assertThat(refusal(token(claims()))).isNull();
        }

        @Test
        void mayNameTheIssuerByAnyOfItsTexts() {
            check.revoke(Revocation.subject(ALIAS, "alice"));
            assertThat(refusal(token(claims()))).isEqualTo(RefusalReason.REVOKED);
        }

        @Test
        void mayNameTheSubjectOrClientThatAnotherConfigurationReads() {
            check.revoke(Revocation.subject(ISSUER, "7"));
            check.revoke(Revocation.client(ISSUER, "9"));
            for (Map<String, Object> named : List.of(
                    Map.<String, Object>of("uid", "7"),
                    Map.<String, Object>of("uid", 7L),
                    Map.<String, Object>of("user", Map.of("id", "7")),
                    Map.<String, Object>of("azp", "9"))) {
                assertThat(refusal(token(named))).as(named.toString()).isEqualTo(RefusalReason.REVOKED);
            }
            for (Map<String, Object> other : List.of(
                    Map.<String, Object>of("user", "7"),
                    Map.<String, Object>of("uid", true),
                    Map.<String, Object>of())) {
                assertThat(refusal(token(other))).as(other.toString()).isNull();
            }
        }

        @Test
        void mayCoverOlderTokensOnly() {
            check.revoke(Revocation.subject(ISSUER, "alice").issuedBefore(clock.instant()));
            assertThat(refusal(token(claims()))).isNull();
            Map<String, Object> older = claims();
            older.put("iat", clock.instant().getEpochSecond() - 1);
            assertThat(refusal(token(older))).isEqualTo(RefusalReason.REVOKED);
            older.remove("iat");
            assertThat(refusal(token(older))).as("without iat").isEqualTo(RefusalReason.REVOKED);
        }

        @Test
        void areNamedWithTheTimeOfTheToken() {
            check.revoke(Revocation.issuer(ISSUER));
            RefusedException refused =
                    catchThrowableOfType(RefusedException.class, () -> check.check(token(claims()), clock.instant()));
            assertThat(refused.finding().found())
                    .isEqualTo(
                            "the issuer was revoked at 2030-01-01T00:00:00Z by an application; iat 2030-01-01T00:00:00Z");
            RefusedException undated =
                    catchThrowableOfType(RefusedException.class, () -> check.check(token(Map.of()), clock.instant()));
            assertThat(undated.finding().found())
                    .isEqualTo("the issuer was revoked at 2030-01-01T00:00:00Z by an application; no iat");
        }

        @Test
        void endAnHourAfterTheirRetention() {
            check.revoke(Revocation.subject(ISSUER, "alice"));
            clock.advance(
                    LIMITS.retention().plus(RevocationLimits.CLOCK_TOLERANCE).minusSeconds(1));
            assertThat(refusal(token(claims()))).isEqualTo(RefusalReason.REVOKED);
            clock.advance(Duration.ofSeconds(2));
            assertThat(refusal(token(claims()))).isNull();
        }
    }

    @Nested
    class CachedTokens {
        private long checkedAt = RevocationCheck.NEVER;
        private final AccessToken token = token(claims());

        private RefusalReason refusal() {
            return reasonOf(() -> checkedAt = check.check(token, checkedAt, clock.instant()));
        }

        @Test
        void areLookedUpAgainAfterANewRevocation() {
            assertThat(refusal()).isNull();
            check.revoke(Revocation.subject(ISSUER, "alice"));
            assertThat(refusal()).isEqualTo(RefusalReason.REVOKED);
            assertThat(refusal()).isEqualTo(RefusalReason.REVOKED);
        }

        @Test
        void areNotLookedUpOtherwise() {
            assertThat(refusal()).isNull();
            assertThat(checkedAt).isEqualTo(check.version());
            check.revoke(Revocation.subject(ISSUER, "bob"));
            assertThat(checkedAt).isNotEqualTo(check.version());
            assertThat(refusal()).isNull();
            assertThat(checkedAt).isEqualTo(check.version());
        }

        @Test
        void areCheckedOnceMoreIfARevocationCameMeanwhile() {
            long version = check.version();
            assertThat(reasonOf(() -> check.checkSince(version, token, clock.instant())))
                    .isNull();
            check.revoke(Revocation.subject(ISSUER, "alice"));
            assertThat(reasonOf(() -> check.checkSince(version, token, clock.instant())))
                    .isEqualTo(RefusalReason.REVOKED);
            long later = check.version();
            assertThat(reasonOf(() -> check.checkSince(later, token, clock.instant())))
                    .as("nothing is looked up")
                    .isNull();
        }
    }

    @Nested
    class AfterTheClockWasSetBack {
        private long checkedAt = RevocationCheck.NEVER;
        private final AccessToken token = token(claims());

        private RefusalReason refusal() {
            return reasonOf(() -> checkedAt = check.check(token, checkedAt, clock.instant()));
        }

        private void lookOnceTheRevocationIsOver() {
            check.revoke(
                    Revocation.subject(ISSUER, "alice").until(clock.instant().plusSeconds(60)));
            clock.advance(Duration.ofMinutes(10));
            assertThat(refusal()).isNull();
        }

        @Test
        void aRevocationThatWasOverAppliesToCachedTokensAgain() {
            lookOnceTheRevocationIsOver();
            clock.set(clock.instant().minusSeconds(590));
            assertThat(refusal()).isEqualTo(RefusalReason.REVOKED);
        }

        @Test
        void theLookUpOfAnotherTokenHidesItFromNone() {
            lookOnceTheRevocationIsOver();
            clock.set(clock.instant().minusSeconds(590));
            AccessToken other =
                    AccessToken.builder(ISSUER).subject("bob").claims(Map.of()).build();
            assertThat(reasonOf(() -> check.check(other, clock.instant()))).isNull();
            clock.advance(Duration.ofSeconds(1));
            assertThat(refusal()).isEqualTo(RefusalReason.REVOKED);
        }
    }

    @Nested
    class AFullMemory {
        private final AccessToken token = token(claims());

        private void fill() {
            for (int i = 0; i < LIMITS.capacity(); i++) {
                assertThat(check.remember(Revocation.token(ISSUER, "other" + i)))
                        .isTrue();
            }
        }

        @Test
        void takesNoFurtherRevocationAndSaysSo() {
            fill();
            assertThat(check.remember(Revocation.token(ISSUER, "one more"))).isFalse();
            assertThat(check.revoke(Revocation.token(ISSUER, "another"))).isFalse();
            assertThat(RecordedLog.recent())
                    .anyMatch(
                            event -> event.text().contains("A revocation was not stored, because the memory is full"));
        }

        @Test
        void isNoReasonToRefuseWhileNothingIsMissing() {
            fill();
            assertThat(refusal(token)).isNull();
            assertThat(RecordedLog.recent()).noneMatch(event -> event.text().contains("memory is full"));
        }

        @Test
        void refusesEveryTokenOnceARevocationIsMissing() {
            fill();
            long version = check.version();
            boolean unused = check.remember(Revocation.token(ISSUER, "one more"));
            assertThat(detailOf(() -> check.check(token, clock.instant()))).isEqualTo("memory full");
            assertThat(reasonOf(() -> check.checkSince(version, token, clock.instant())))
                    .isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
            assertThat(check.health().state()).isEqualTo(RevocationState.UNKNOWN);
            assertThat(check.health().trouble()).contains("memory full");
        }

        /** As many as fit, and one more. */
        private void sendBy(String issuer) {
            for (int i = 0; i <= LIMITS.capacity(); i++) {
                assertThat(check.remember(Revocation.session(issuer, "s-" + i).sentBy(issuer)))
                        .isTrue();
            }
        }

        private void assertBlamed(String issuer) {
            assertThat(RecordedLog.recent())
                    .anyMatch(event -> event.text().contains(issuer + " has sent the most of them"));
        }

        @Test
        void replacesTheOlderRevocationsOfAnIssuerAndNamesIt() {
            check.succeed(Optional.empty(), () -> Map.of(ISSUER, List.of()));
            sendBy(ISSUER);
            assertBlamed(ISSUER);
            assertThat(check.health().trouble()).isPresent();
            assertThat(check.health().state()).isEqualTo(RevocationState.DEGRADED);
        }

        @Test
        void namesAnIssuerByAFurtherTextToo() {
            check.succeed(Optional.empty(), Map::of);
            sendBy(ALIAS);
            assertBlamed(ALIAS);
        }

        @Test
        void hasTheSizeOfTheNewestConfiguration() {
            fill();
            RevocationLimits larger =
                    new RevocationLimits(LIMITS.capacity() + 1, LIMITS.retention(), Duration.ofDays(30), Duration.ZERO);
            RevocationCheck newer = new RevocationCheck(
                    memory,
                    new KeyBans(System::nanoTime),
                    new RevocationPolicy(Optional.empty(), false, OUTAGE_AFTER, larger, clock, sweeps::add),
                    new TokenNaming(new IssuerAliases(Map.of(), List.of()), Set.of(), Set.of()),
                    System::nanoTime);
            newer.succeed(Optional.empty(), Map::of);
            assertThat(newer.remember(Revocation.token(ISSUER, "one more"))).isTrue();
        }
    }

    @Nested
    class KnownRevocations {
        private List<Revocation> known(Predicate<Revocation> wanted, int most) {
            return check.known(wanted, most);
        }

        private void revoke() {
            check.succeed(Optional.empty(), Map::of);
            check.revoke(Revocation.subject(ISSUER, "alice"));
            check.revoke(Revocation.keyId("k"));
        }

        @Test
        void areThoseOfEachTextThatNamesTheIssuerAndTheBans() {
            revoke();
            assertThat(known(any -> true, 10))
                    .extracting(Revocation::kind)
                    .containsExactlyInAnyOrder(
                            Revocation.Kind.SUBJECT, Revocation.Kind.SUBJECT, Revocation.Kind.KEY_ID);
        }

        @Test
        void areSelectedUpToANumber() {
            revoke();
            assertThat(known(KeyBans::isBan, 10)).hasSize(1);
            assertThat(known(any -> true, 2)).hasSize(2);
        }

        @Test
        void areNotOver() {
            check.revoke(
                    Revocation.subject(ISSUER, "alice").until(clock.instant().plusSeconds(60)));
            clock.advance(Duration.ofSeconds(59));
            assertThat(known(any -> true, 10)).hasSize(2);
            clock.advance(Duration.ofSeconds(1));
            assertThat(known(any -> true, 10)).isEmpty();
        }
    }

    @Nested
    class ANewStore {
        private final RevocationCheck newer = shared(false);

        private boolean isLogged(String text) {
            return RecordedLog.recent().stream().anyMatch(event -> event.text().contains(text));
        }

        @Test
        void getsTheRevocationsAndBansThatThisNodeKnows() {
            newer.succeed(Optional.of(check), Map::of);
            check.remember(Revocation.subject(ISSUER, "alice"));
            newer.handOver(check);
            Awaitility.await().until(() -> isLogged("has stored the 1 revocations that this node knew"));
            assertThat(store.published).extracting(Revocation::kind).containsExactly(Revocation.Kind.SUBJECT);
        }

        @Test
        void getsNothingMoreOnceItIsClosed() {
            store.takes = false;
            check.remember(Revocation.subject(ISSUER, "alice"));
            newer.handOver(check);
            newer.close();
            Awaitility.await().until(() -> isLogged("was closed after it had stored 0 revocations"));
        }

        @Test
        void isClosedByTheNextConfigurationThatUsesIt() {
            store.takes = false;
            check.remember(Revocation.subject(ISSUER, "alice"));
            newer.handOver(check);
            RevocationCheck next = shared(true);
            next.succeed(Optional.of(newer), Map::of);
            next.close();
            Awaitility.await().until(() -> isLogged("was closed after it had stored 0 revocations"));
        }

        @Test
        void isNotThereWithoutOne() {
            RevocationCheck without = check(Optional.empty(), true);
            without.handOver(newer);
            without.close();
            assertThat(store.closed).isZero();
        }
    }

    @Nested
    class SharedState {
        private final AccessToken token = token(claims());

        private RefusalReason refusal(RevocationCheck asked) {
            return reasonOf(() -> asked.check(token, clock.instant()));
        }

        @Test
        void isUnknownUntilItIsInSyncAndAfterALongOutage() {
            RevocationCheck strict = shared(false);
            store.sinceSync = Optional.empty();
            assertThat(refusal(strict)).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
            assertThat(detailOf(() -> strict.check(token, clock.instant()))).isEqualTo("not in sync");
            store.sinceSync = Optional.of(OUTAGE_AFTER);
            assertThat(refusal(strict)).isNull();
            store.sinceSync = Optional.of(OUTAGE_AFTER.plusMillis(1));
            assertThat(refusal(strict)).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        }

        @Test
        void letsTokensPassDuringAnOutageIfThatIsSet() {
            store.sinceSync = Optional.empty();
            assertThat(refusal(shared(true))).isNull();
            assertThat(RecordedLog.recent()).anyMatch(event -> event.text().contains("fail-open"));
        }

        @Test
        void refusesRevokedTokensDuringAnOutageToo() {
            RevocationCheck open = shared(true);
            store.sinceSync = Optional.empty();
            open.revoke(Revocation.subject(ISSUER, "alice"));
            assertThat(refusal(open)).isEqualTo(RefusalReason.REVOKED);
        }

        @Test
        void getsEachRevocationByAllTextsThatNameTheIssuer() {
            assertThat(shared(false).revoke(Revocation.subject(ALIAS, "alice"))).isTrue();
            assertThat(store.published)
                    .extracting(Revocation::target)
                    .containsExactlyInAnyOrder(
                            Revocation.subject(ISSUER, "alice").target(),
                            Revocation.subject(ALIAS, "alice").target());
        }

        @Test
        void saysIfItHasNotStoredARevocation() {
            store.takes = false;
            RevocationCheck asked = shared(false);
            assertThat(asked.revoke(Revocation.subject(ISSUER, "alice"))).isFalse();
            assertThat(refusal(asked)).isEqualTo(RefusalReason.REVOKED);
        }

        @Test
        void bringsTheRevocationsOfOtherNodes() {
            RevocationCheck asked = shared(false);
            asked.follow(Optional.empty());
            store.follower.accept(Revocation.subject(ISSUER, "alice"));
            assertThat(refusal(asked)).isEqualTo(RefusalReason.REVOKED);
            assertThat(store.published).isEmpty();
        }

        @Test
        void isFollowedOnceByAllConfigurations() {
            RevocationCheck older = shared(false);
            older.follow(Optional.empty());
            RevocationCheck newer = shared(true);
            newer.follow(Optional.of(older));
            assertThat(store.followed).isEqualTo(1);
            newer.follow(Optional.of(check));
            assertThat(store.followed).isEqualTo(2);
        }

        @Test
        void isClosedByTheLastConfigurationThatUsesIt() {
            RevocationCheck older = shared(false);
            RevocationCheck newer = shared(true);
            newer.succeed(Optional.of(older), Map::of);
            older.closeFor(newer);
            assertThat(store.closed).isZero();
            newer.closeFor(check);
            assertThat(store.closed).isEqualTo(1);
            newer.close();
            assertThat(store.closed).isEqualTo(2);
        }

        @Test
        void isDescribedInTheHealth() {
            RevocationCheck strict = shared(false);
            store.sinceSync = Optional.of(Duration.ofSeconds(2));
            assertThat(strict.health().state()).isEqualTo(RevocationState.KNOWN);
            assertThat(strict.health().syncedAt()).contains(clock.instant().minusSeconds(2));
            assertThat(strict.health().trouble()).isEmpty();
            assertThat(strict.lag()).contains(Duration.ofSeconds(2));
            store.trouble = Optional.of("unreachable");
            assertThat(strict.health().state()).isEqualTo(RevocationState.DEGRADED);
            assertThat(strict.health().trouble()).contains("unreachable");
            store.sinceSync = Optional.empty();
            assertThat(strict.health().state()).isEqualTo(RevocationState.UNKNOWN);
            assertThat(shared(true).health().state()).isEqualTo(RevocationState.DEGRADED);
            assertThat(check.health().state()).isEqualTo(RevocationState.KNOWN);
            assertThat(check.lag()).isEmpty();
            check.revoke(Revocation.subject(ISSUER, "alice"));
            assertThat(check.health().entries()).isEqualTo(2);
        }
    }

    @Nested
    class Sweeps {
        private void look() {
            assertThat(refusal(token(claims()))).isNull();
        }

        @Test
        void areOrderedEveryTenMinutesIfThereAreRevocations() {
            look();
            assertThat(sweeps).isEmpty();
            check.revoke(Revocation.subject(ISSUER, "bob").until(clock.instant().plusSeconds(60)));
            look();
            look();
            assertThat(sweeps).hasSize(1);
            clock.advance(Duration.ofMinutes(10).minusSeconds(1));
            look();
            assertThat(sweeps).hasSize(1);
            clock.advance(Duration.ofSeconds(1));
            look();
            assertThat(sweeps).hasSize(2);
        }

        @Test
        void dropWhatWasOverAnHourAgo() {
            check.revoke(Revocation.subject(ISSUER, "bob").until(clock.instant().plusSeconds(60)));
            clock.advance(Duration.ofHours(2));
            look();
            assertThat(memory.size()).isEqualTo(2);
            sweeps.forEach(Runnable::run);
            assertThat(memory.size()).isZero();
        }

        @Test
        void areOrderedAfterTheClockWasSetBack() {
            check.revoke(Revocation.subject(ISSUER, "bob"));
            look();
            clock.set(clock.instant().minusSeconds(3_600));
            look();
            assertThat(sweeps).hasSize(2);
        }

        @Test
        void areLeftOutOnceTheGuardIsClosed() {
            RevocationCheck closed = new RevocationCheck(
                    memory,
                    new KeyBans(System::nanoTime),
                    new RevocationPolicy(Optional.empty(), false, OUTAGE_AFTER, LIMITS, clock, work -> {
                        throw new RejectedExecutionException();
                    }),
                    new TokenNaming(new IssuerAliases(Map.of(), List.of()), Set.of(), Set.of()),
                    System::nanoTime);
            closed.revoke(Revocation.subject(ISSUER, "bob"));
            assertThat(reasonOf(() -> closed.check(token(claims()), clock.instant())))
                    .isNull();
        }
    }

    @Test
    void bansKeysForTheirWholeLifeAndRevokesNoTokenByThem() {
        RevocationCheck asked = shared(false);
        asked.succeed(Optional.empty(), Map::of);
        assertThat(asked.revoke(Revocation.keyId("k"))).isTrue();
        assertThat(store.published)
                .singleElement()
                .satisfies(ban -> assertThat(ban.forgetAt()).isPresent());
        assertThat(asked.remember(Revocation.keyId("other"))).isTrue();
        assertThat(store.published).hasSize(1);
        assertThat(reasonOf(() -> asked.check(token(claims()), clock.instant())))
                .isNull();
        assertThat(memory.size()).isZero();
    }
}
