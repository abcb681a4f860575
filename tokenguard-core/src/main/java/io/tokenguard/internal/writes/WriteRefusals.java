package io.tokenguard.internal.writes;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.time.Duration;

/** The refusals of requests that happen once. */
final class WriteRefusals {
    private static final Duration SOON = Duration.ofSeconds(1);

    private WriteRefusals() {}

    static RefusedException missing() {
        return new RefusedException(RefusalReason.IDEMPOTENCY_KEY_MISSING);
    }

    static RefusedException malformed(String rule) {
        return new RefusedException(RefusalReason.IDEMPOTENCY_KEY_INVALID, rule);
    }

    static RefusedException noToken() {
        return malformed("the route is open, so that no token binds the key");
    }

    static RefusedException running() {
        return RefusedException.until(RefusalReason.IDEMPOTENCY_KEY_BUSY, "the first request runs", SOON);
    }

    static RefusedException unstored() {
        return new RefusedException(RefusalReason.IDEMPOTENCY_KEY_BUSY, "the answer was too long to be stored");
    }

    static RefusedException reused() {
        return new RefusedException(RefusalReason.IDEMPOTENCY_KEY_REUSED);
    }

    static RefusedException form() {
        return new RefusedException(RefusalReason.IDEMPOTENT_FORM_UNSUPPORTED);
    }

    static RefusedException full() {
        return unavailable("the sender's share of the memory is used up");
    }

    static RefusedException unavailable(String detail) {
        return RefusedException.until(RefusalReason.IDEMPOTENCY_STORE_UNAVAILABLE, detail, SOON);
    }
}
