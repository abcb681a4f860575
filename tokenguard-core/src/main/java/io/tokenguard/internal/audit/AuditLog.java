package io.tokenguard.internal.audit;

import io.tokenguard.access.Refusal;
import io.tokenguard.access.TheftSignal;
import io.tokenguard.spi.GuardObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one event for each refusal to the logger {@code io.tokenguard.audit}: at INFO where a request was found wanting,
 * at WARN where it could not be judged; one at INFO where a requirement on trial would have refused; and one at WARN where
 * a token seems to be stolen.
 */
public final class AuditLog implements GuardObserver {
    private static final Logger LOG = LoggerFactory.getLogger("io.tokenguard.audit");

    @Override
    public void refused(Refusal refusal) {
        if (refusal.reason().isVerdict()) {
            LOG.info("{}", new Line("refused", refusal));
        } else {
            LOG.warn("{}", new Line("refused", refusal));
        }
    }

    @Override
    public void wouldRefuse(Refusal refusal) {
        LOG.info("{}", new Line("would-refuse", refusal));
    }

    @Override
    public void suspected(TheftSignal suspicion) {
        LOG.warn(
                "suspected kind={} count={} fingerprint={} issuer={} client={} subject={} revoked={}",
                suspicion.kind(),
                suspicion.count(),
                suspicion.fingerprint(),
                suspicion.issuer(),
                suspicion.clientId(),
                suspicion.subject(),
                suspicion.isRevoked());
    }

    /** Put together only when a logger asks for it. */
    private record Line(String event, Refusal refusal) {
        @Override
        public String toString() {
            StringBuilder line = new StringBuilder(event);
            append(line, "reason", refusal.reason().name());
            append(line, "stage", refusal.reason().stage().name());
            append(line, "status", String.valueOf(refusal.reason().status()));
            append(line, "detail", refusal.detail().replace(' ', '_'));
            append(line, "method", refusal.method());
            append(line, "path", refusal.path());
            append(line, "issuer", refusal.issuer());
            append(line, "kid", refusal.keyId());
            append(line, "client", refusal.clientId());
            append(line, "subject", refusal.subject());
            return line.toString();
        }

        private static void append(StringBuilder line, String name, String value) {
            if (!value.isEmpty()) {
                line.append(' ').append(name).append('=').append(value);
            }
        }
    }
}
