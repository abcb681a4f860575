package io.tokenguard.internal.status;

import static io.tokenguard.internal.Attempt.detailOf;
import static io.tokenguard.internal.Attempt.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Token Status List §8.3. */
class StatusCheckTest {
    private final StatusDrill drill = new StatusDrill();
    private final StatusCheck check = new StatusCheck(drill.supplies(false));

    @AfterEach
    void stop() {
        check.close();
        drill.close();
    }

    private AccessToken token(long index) {
        return token(Map.of(
                "status",
                Map.of(
                        "status_list",
                        Map.of("idx", index, "uri", drill.address().toString()))));
    }

    private AccessToken token(Map<String, Object> claims) {
        return AccessToken.builder(drill.issuer.issuer()).claims(claims).build();
    }

    /** On a slow machine, the first load takes longer than a request waits. */
    private static RefusalReason judge(StatusCheck asked, AccessToken token) {
        await().until(() -> reasonOf(() -> asked.check(token)) != RefusalReason.REVOCATION_UNKNOWN);
        return reasonOf(() -> asked.check(token));
    }

    @Test
    void letsValidTokensThrough() {
        assertThat(judge(check, token(7))).isNull();
        assertThat(drill.loads()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1, status", "2, suspended", "3, status"})
    void refusesEveryOtherStatus(int status, String detail) {
        drill.issuer.setStatus(7, status);
        assertThat(judge(check, token(7))).isEqualTo(RefusalReason.REVOKED);
        assertThat(detailOf(() -> check.check(token(7)))).isEqualTo(detail);
        assertThat(reasonOf(() -> check.check(token(8)))).isNull();
    }

    @Test
    void doesNotKnowTheStatusOfAnIndexBeyondTheList() {
        assertThat(judge(check, token(4_095))).isNull();
        assertThat(reasonOf(() -> check.check(token(4_096)))).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        assertThat(detailOf(() -> check.check(token(4_096)))).isEqualTo("status list is shorter");
    }

    @Test
    void requiresAReferenceOnlyIfThatIsSet() {
        assertThat(reasonOf(() -> check.check(token(Map.of())))).isNull();
        try (StatusCheck strict = new StatusCheck(drill.supplies(true))) {
            assertThat(reasonOf(() -> strict.check(token(Map.of())))).isEqualTo(RefusalReason.CLAIM_MISSING);
            assertThat(detailOf(() -> strict.check(token(Map.of())))).isEqualTo("status");
            assertThat(judge(strict, token(7))).isNull();
        }
    }

    @Test
    void countsTheListsThatItHolds() {
        assertThat(check.size()).isZero();
        assertThat(judge(check, token(7))).isNull();
        assertThat(check.size()).isEqualTo(1);
    }

    @Test
    void aNewConfigurationKnowsTheListsOfTheOlderOne() {
        drill.issuer.setStatus(7, 1);
        assertThat(judge(check, token(7))).isEqualTo(RefusalReason.REVOKED);
        drill.issuer.goDown();
        try (StatusCheck newer = new StatusCheck(drill.supplies(false))) {
            newer.inherit(check);
            assertThat(newer.size()).isEqualTo(1);
            assertThat(reasonOf(() -> newer.check(token(7)))).isEqualTo(RefusalReason.REVOKED);
            assertThat(drill.loads()).isEqualTo(1);
        }
    }

    @Test
    void loadsNothingMoreOnceItIsClosed() {
        assertThat(judge(check, token(7))).isNull();
        await().until(() -> drill.timer.waiting() == 1);
        check.close();
        assertThat(drill.timer.waiting()).isZero();
    }

    @Test
    void loadsAtMostSoManyNewListsInAMinuteAsItMayHold() throws RefusedException {
        IssuerLists lists = drill.lists();
        for (int i = 0; i < StatusDrill.MOST; i++) {
            String query = "?list=" + i;
            assertThat(detailOf(() -> lists.require(drill.address().resolve(query))))
                    .isEqualTo("status list");
        }
        assertThat(detailOf(() -> lists.require(drill.address()))).isEqualTo("too many new status lists");
        assertThat(reasonOf(() -> lists.require(drill.address()))).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        drill.clock.advance(Duration.ofMinutes(1));
        assertThat(lists.require(drill.address()).at(7)).hasValue(0);
        lists.close();
    }

    @Test
    void fetchesNothingFromAnAddressThatIsNotAllowed() {
        IssuerLists lists = drill.lists();
        assertThat(detailOf(() -> lists.require(URI.create("https://other.example/lists/1"))))
                .isEqualTo("status list at an address that is not allowed");
        assertThat(lists.size()).isZero();
    }

    @Test
    void refreshesNoListThatNobodyUsedForAnHour() throws RefusedException {
        IssuerLists lists = drill.lists();
        assertThat(lists.require(drill.address()).at(7)).hasValue(0);
        await().until(() -> drill.timer.waiting() == 1);
        drill.clock.advance(Duration.ofHours(1));
        assertThat(detailOf(() -> lists.require(drill.address().resolve("?list=2"))))
                .isEqualTo("status list");
        await().until(() -> drill.timer.waiting() == 1);
        assertThat(drill.timer.all().get(0).state().isCancelled()).isTrue();
        lists.close();
    }
}
