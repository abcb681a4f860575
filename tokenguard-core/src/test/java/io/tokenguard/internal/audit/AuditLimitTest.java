package io.tokenguard.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.logging.RecordedLog;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A flood of refusals is counted and not written line by line. */
class AuditLimitTest {
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 500_000_000L);
    private final AuditLog log = new AuditLog(10, nanoTime::get);

    @BeforeEach
    void clear() {
        RecordedLog.clear();
    }

    private static Refusal refusal(RefusalReason reason) {
        return Refusal.builder(reason).request("GET", "/orders").build();
    }

    private void refuse(RefusalReason reason, int times) {
        for (int i = 0; i < times; i++) {
            log.refused(refusal(reason));
        }
    }

    private static long lines(String part) {
        return RecordedLog.audit().stream().filter(line -> line.contains(part)).count();
    }

    @Test
    void aReasonHasItsNumberOfLinesASecondAndTheRestIsCounted() {
        refuse(RefusalReason.EXPIRED, 1_000);
        assertThat(RecordedLog.audit()).hasSize(10);
        nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
        refuse(RefusalReason.EXPIRED, 1);
        assertThat(RecordedLog.audit()).hasSize(12).contains("omitted event=refused reason=EXPIRED count=990");
    }

    @Test
    void oneReasonTakesNoLinesFromAnother() {
        refuse(RefusalReason.EXPIRED, 1_000);
        refuse(RefusalReason.REVOKED, 1);
        log.wouldRefuse(refusal(RefusalReason.EXPIRED));
        assertThat(lines("reason=REVOKED")).isEqualTo(1);
        assertThat(lines("would-refuse")).isEqualTo(1);
    }

    @Test
    void theNextEventOfAnyReasonReportsWhatWasOmitted() {
        refuse(RefusalReason.EXPIRED, 15);
        nanoTime.addAndGet(Duration.ofSeconds(5).toNanos());
        refuse(RefusalReason.REVOKED, 2);
        assertThat(lines("omitted")).isEqualTo(1);
        assertThat(RecordedLog.audit()).contains("omitted event=refused reason=EXPIRED count=5");
    }

    @Test
    void nothingIsOmittedBelowTheLimit() {
        for (int second = 0; second < 20; second++) {
            refuse(RefusalReason.EXPIRED, 10);
            nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        assertThat(RecordedLog.audit()).hasSize(200);
    }
}
