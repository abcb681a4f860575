package io.tokenguard.internal.revocation;

import io.tokenguard.internal.audit.LineLimit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns the operator that revocations are unknown or were replaced: one line a minute of each kind and issuer. */
final class RevocationAlarm {
    private static final Logger LOG = LoggerFactory.getLogger(RevocationAlarm.class);

    private final LineLimit lines;
    private final AtomicReference<@Nullable FoldedRevocations> logged = new AtomicReference<>();

    /**
     * An alarm.
     *
     * @param nanoTime the time, from a source that never jumps
     */
    RevocationAlarm(LongSupplier nanoTime) {
        this.lines = new LineLimit("revocations", 1, Duration.ofMinutes(1), nanoTime);
    }

    void passing() {
        lines.write(
                "passing",
                () -> LOG.warn(
                        "Tokens are accepted although it is not known whether they were revoked (tokenguard.revocation.outage is fail-open)"));
    }

    void full() {
        lines.write(
                "full",
                () -> LOG.error(
                        "A revocation was not stored, because the memory is full: set tokenguard.revocation.capacity higher"));
    }

    /** At most once for each fold. */
    void folded(FoldedRevocations fold) {
        if (!fold.equals(logged.getAndSet(fold))) {
            lines.write("folded " + fold.issuer(), () -> log(fold));
        }
    }

    private static void log(FoldedRevocations fold) {
        LOG.error(
                "The memory of revocations is full, and {} has sent the most of them. Its {} older ones were replaced: all"
                        + " of its tokens that were issued up to {} are revoked. Set tokenguard.revocation.capacity higher,"
                        + " and check what the issuer sends",
                fold.issuer(),
                fold.count(),
                fold.issuedUpTo());
    }
}
