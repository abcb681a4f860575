package io.tokenguard.internal.audit;

import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.TheftSignal;
import io.tokenguard.spi.GuardObserver;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Writes events to the logger {@code io.tokenguard.audit}: for each refusal, one at INFO if the request was refused, at WARN
 * if it could not be decided; one at INFO if a requirement in report-only mode would have refused; and one at WARN for each
 * sign of theft. Writes at most a number of lines a second for each event and reason; a line {@code omitted} counts the rest.
 * Thread-safe.
 */
public final class AuditLog implements GuardObserver {
    /** The default number of lines a second for each event and reason. */
    public static final int USUAL_LINES = 50;

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Map<RefusalReason, LineBudget> refused = new EnumMap<>(RefusalReason.class);
    private final Map<RefusalReason, LineBudget> wouldRefuse = new EnumMap<>(RefusalReason.class);
    private final LineBudget suspected;
    private final LongSupplier nanoTime;
    private final AtomicLong nextReport;

    /**
     * A log.
     *
     * @param linesPerSecond the greatest number of lines a second for each event and reason
     * @param nanoTime monotonic nanoseconds
     */
    public AuditLog(int linesPerSecond, LongSupplier nanoTime) {
        long now = nanoTime.getAsLong();
        this.nanoTime = nanoTime;
        this.nextReport = new AtomicLong(now + SECOND);
        for (RefusalReason reason : RefusalReason.values()) {
            refused.put(reason, new LineBudget(linesPerSecond, Duration.ofSeconds(1), now));
            wouldRefuse.put(reason, new LineBudget(linesPerSecond, Duration.ofSeconds(1), now));
        }
        this.suspected = new LineBudget(linesPerSecond, Duration.ofSeconds(1), now);
    }

    @Override
    public void refused(Refusal refusal) {
        if (!mayWrite(refused.get(refusal.reason()))) {
            return;
        }
        Level level = refusal.reason().isVerdict() ? Level.INFO : Level.WARN;
        AuditEvent.of("refused", refusal).write(level);
    }

    @Override
    public void wouldRefuse(Refusal refusal) {
        if (mayWrite(wouldRefuse.get(refusal.reason()))) {
            AuditEvent.of("would-refuse", refusal).write(Level.INFO);
        }
    }

    private boolean mayWrite(@Nullable LineBudget budget) {
        long now = nanoTime.getAsLong();
        long due = nextReport.get();
        if (now - due >= 0 && nextReport.compareAndSet(due, now + SECOND)) {
            reportOmitted(now);
        }
        return budget != null && budget.take(now);
    }

    /** At most once a second, with the next event of any kind. */
    private void reportOmitted(long now) {
        refused.forEach((reason, budget) -> reportOmitted("refused", reason.name(), budget.takeOmitted(now)));
        wouldRefuse.forEach((reason, budget) -> reportOmitted("would-refuse", reason.name(), budget.takeOmitted(now)));
        reportOmitted("suspected", "any", suspected.takeOmitted(now));
    }

    private static void reportOmitted(String event, String reason, long count) {
        if (count > 0) {
            AuditEvent.named("omitted")
                    .with("event", event)
                    .with("reason", reason)
                    .with("count", String.valueOf(count))
                    .write(Level.WARN);
        }
    }

    @Override
    public void suspected(TheftSignal suspicion) {
        if (!mayWrite(suspected)) {
            return;
        }
        AuditEvent.named("suspected")
                .with("kind", suspicion.kind().name())
                .with("count", String.valueOf(suspicion.count()))
                .with("why", suspicion.explanation())
                .with("fingerprint", suspicion.fingerprint())
                .with("issuer", suspicion.issuer())
                .with("client", suspicion.clientId())
                .with("subject", suspicion.subject())
                .with("revoked", String.valueOf(suspicion.isRevoked()))
                .write(Level.WARN);
    }
}
