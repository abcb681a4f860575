package io.tokenguard.internal.status;

import static io.tokenguard.internal.Attempt.detailOf;
import static io.tokenguard.internal.Attempt.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.logging.RecordedLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** One list, from its first load through refreshes, outages and bans. */
class RefreshedListTest {
    private static final int INDEX = 7;

    private final StatusDrill drill = new StatusDrill();
    private final IssuerLists lists = drill.lists();

    @AfterEach
    void stop() {
        lists.close();
        drill.close();
        RecordedLog.clear();
    }

    /** On a slow machine, the first load takes longer than a request waits. */
    private int status() {
        return await().ignoreException(RefusedException.class)
                .until(() -> lists.require(drill.address()).at(INDEX).getAsInt(), status -> true);
    }

    private RefusalReason refusal() {
        return reasonOf(() -> lists.require(drill.address()));
    }

    private List<String> warnings() {
        return RecordedLog.recent().stream()
                .filter(event -> event.level() == Level.WARN)
                .map(RecordedLog.Event::text)
                .toList();
    }

    @Test
    void theFirstRequestWaitsForTheList() {
        drill.issuer.setStatus(INDEX, 1);
        assertThat(status()).isEqualTo(1);
        assertThat(drill.loads()).isEqualTo(1);
    }

    @Test
    void aLoadedListServesWithoutFurtherLoads() {
        assertThat(status()).isZero();
        drill.issuer.setStatus(INDEX, 1);
        assertThat(status()).isZero();
        assertThat(drill.loads()).isEqualTo(1);
    }

    @Test
    void isRefreshedAFifthOfItsTimeBeforeItIsStale() {
        assertThat(status()).isZero();
        await().until(() -> drill.timer.waiting() == 1);
        assertThat(drill.timer.last().delay())
                .isEqualTo(StatusDrill.FRESH.multipliedBy(4).dividedBy(5));
        drill.issuer.setStatus(INDEX, 2);
        drill.runPlanned();
        assertThat(status()).isEqualTo(2);
        assertThat(drill.timer.waiting()).isEqualTo(1);
    }

    @Test
    void aRefreshThatNoTimerStartedStartsWithTheNextRequest() {
        assertThat(status()).isZero();
        drill.clock.advance(Duration.ofSeconds(239));
        assertThat(status()).isZero();
        assertThat(drill.loads()).isEqualTo(1);
        drill.issuer.setStatus(INDEX, 1);
        drill.clock.advance(Duration.ofSeconds(1));
        assertThat(refusal()).isNull();
        await().untilAsserted(() -> assertThat(status()).isEqualTo(1));
        assertThat(drill.loads()).isEqualTo(2);
    }

    @Test
    void retriesAfterFiveSecondsAndThenLessOften() {
        assertThat(status()).isZero();
        drill.issuer.goDown();
        for (int seconds : List.of(5, 10, 20, 40, 60, 60)) {
            drill.runPlanned();
            assertThat(drill.timer.last().delay()).isEqualTo(Duration.ofSeconds(seconds));
            assertThat(status()).isZero();
        }
        drill.issuer.comeBack();
        drill.runPlanned();
        assertThat(drill.timer.last().delay()).isEqualTo(Duration.ofMinutes(4));
        drill.issuer.goDown();
        drill.runPlanned();
        assertThat(drill.timer.last().delay()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void servesThroughAnOutageUpToItsLimit() {
        assertThat(status()).isZero();
        drill.issuer.goDown();
        drill.clock.advance(StatusDrill.OUTAGE.minusMillis(1));
        assertThat(refusal()).isNull();
        drill.clock.advance(Duration.ofMillis(1));
        assertThat(refusal()).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
    }

    @Test
    void servesNoLongerThanItsOwnExpiryAllows() {
        drill.serve(drill.issuer.statusList().expiresAt(drill.clock.instant().plusSeconds(60)));
        assertThat(status()).isZero();
        drill.issuer.goDown();
        drill.clock.advance(Duration.ofSeconds(89));
        assertThat(refusal()).isNull();
        drill.clock.advance(Duration.ofSeconds(1));
        assertThat(refusal()).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        assertThat(detailOf(() -> lists.require(drill.address()))).isEqualTo("status list");
    }

    @Test
    void afterAFailedFirstLoadNoRequestWaitsForAnother() {
        drill.issuer.goDown();
        assertThat(refusal()).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        await().until(() -> drill.timer.waiting() == 1);
        drill.issuer.comeBack();
        assertThat(refusal()).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        assertThat(drill.loads()).isZero();
        drill.runPlanned();
        assertThat(refusal()).isNull();
    }

    @Test
    void keepsTheNewerOfTwoLists() {
        drill.issuer.setStatus(INDEX, 1);
        assertThat(status()).isEqualTo(1);
        drill.issuer.setStatus(INDEX, 0);
        Instant loaded = drill.clock.instant();
        drill.serve(drill.issuer.statusList().issuedAt(loaded.minusSeconds(1)));
        drill.runPlanned();
        assertThat(status()).isEqualTo(1);
        assertThat(warnings()).singleElement().asString().contains("list is older than the one that is known");
        drill.serve(drill.issuer.statusList().issuedAt(loaded));
        drill.runPlanned();
        assertThat(status()).isZero();
    }

    @Test
    void aBannedKeyEndsItsListAndOneByAnotherKeyIsLoadedAtOnce() {
        drill.issuer.setStatus(INDEX, 1);
        assertThat(status()).isEqualTo(1);
        drill.signers.ban("first");
        drill.signers.signWith("second");
        drill.issuer.setStatus(INDEX, 0);
        drill.serve(drill.issuer.statusList().issuedAt(drill.clock.instant().minusSeconds(1)));
        assertThat(status())
                .as("older, but the one of a banned key counts for nothing")
                .isZero();
        assertThat(drill.loads()).isEqualTo(2);
    }

    @Test
    void aBannedKeyCausesOneFurtherLoadAndNotOneForEachRequest() {
        assertThat(status()).isZero();
        drill.signers.ban("first");
        int planned = drill.timer.all().size();
        assertThat(refusal()).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        await().until(() -> drill.timer.all().size() > planned);
        assertThat(drill.loads()).isEqualTo(2);
        drill.issuer.goDown();
        drill.runPlanned();
        for (int i = 0; i < 3; i++) {
            assertThat(refusal()).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        }
        assertThat(drill.loads()).isEqualTo(2);
    }

    @Test
    void aClosedListIsLoadedNoMore() {
        assertThat(status()).isZero();
        await().until(() -> drill.timer.waiting() == 1);
        PlannedLoads.Plan planned = drill.timer.last();
        lists.close();
        assertThat(drill.timer.waiting()).isZero();
        planned.work().run();
        assertThat(drill.timer.all()).hasSize(1);
        assertThat(drill.loads()).isEqualTo(1);
    }

    @Test
    void warnsAtTheFirstSecondAndFourthFailureInARow() {
        drill.issuer.goDown();
        RecordedLog.clear();
        assertThat(refusal()).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        await().until(() -> drill.timer.waiting() == 1);
        for (int i = 0; i < 4; i++) {
            drill.runPlanned();
        }
        assertThat(warnings())
                .hasSize(3)
                .allMatch(text ->
                        text.contains(drill.issuer.issuer()) && text.contains("requests with its tokens get 503"))
                .anyMatch(text -> text.contains("4 times in a row"));
    }

    @Test
    void saysThatTheLastListStaysInUse() {
        assertThat(status()).isZero();
        drill.issuer.goDown();
        RecordedLog.clear();
        drill.runPlanned();
        assertThat(warnings()).singleElement().asString().contains("the last good one stays in use");
    }

    @Test
    void aNewConfigurationUsesTheListOfTheOlderOneForTheTimeItHadLeft() throws RefusedException {
        drill.issuer.setStatus(INDEX, 1);
        assertThat(status()).isEqualTo(1);
        drill.clock.advance(Duration.ofMinutes(50));
        drill.issuer.goDown();
        IssuerLists newer = drill.lists();
        newer.inherit(lists);
        assertThat(newer.require(drill.address()).at(INDEX)).hasValue(1);
        assertThat(drill.loads()).isEqualTo(1);
        assertThat(drill.timer.last().delay()).isEqualTo(Duration.ofSeconds(5));
        drill.clock.advance(Duration.ofMinutes(10).minusMillis(1));
        assertThat(reasonOf(() -> newer.require(drill.address()))).isNull();
        drill.clock.advance(Duration.ofMillis(1));
        assertThat(reasonOf(() -> newer.require(drill.address()))).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        newer.close();
    }

    @Test
    void thereIsNothingToInheritFromAListThatWasNeverLoaded() throws RefusedException {
        drill.issuer.goDown();
        assertThat(refusal()).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        await().until(() -> drill.timer.waiting() == 1);
        IssuerLists newer = drill.lists();
        newer.inherit(lists);
        assertThat(drill.timer.all()).hasSize(1);
        drill.issuer.comeBack();
        assertThat(newer.require(drill.address()).at(INDEX)).hasValue(0);
        newer.close();
    }
}
