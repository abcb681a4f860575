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
 * Writes an event for each refusal to the logger {@code io.tokenguard.audit}: at INFO if the request was refused, at WARN if
 * it could not be decided; one at INFO if a requirement in report-only mode would have refused; and one at WARN for each
 * suspicion that a token was stolen. Of each event and reason, at most a number of lines is written a second; a line
 * {@code omitted} says how many more there were. Thread-safe.
 */
public final class AuditLog implements GuardObserver {
    /** How many lines a second are written of each event and reason by default. */
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
     * @param linesPerSecond how many lines a second are written of each event and reason
     * @param nanoTime the time, from a source that never jumps
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

    /** Once a second at most, with the next event of any kind. */
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
                .with("fingerprint", suspicion.fingerprint())
                .with("issuer", suspicion.issuer())
                .with("client", suspicion.clientId())
                .with("subject", suspicion.subject())
                .with("revoked", String.valueOf(suspicion.isRevoked()))
                .write(Level.WARN);
    }
}
