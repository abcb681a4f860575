package io.tokenguard.internal.introspection;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns the operator of failed calls: one line a minute for each cause. Logs only the configured issuer, the address of its
 * endpoint and fixed words. Thread-safe, without a lock.
 */
final class CallAlarm {
    private static final Logger LOG = LoggerFactory.getLogger(CallAlarm.class);
    private static final long BETWEEN_WARNINGS = Duration.ofMinutes(1).toNanos();

    private final Map<CallFailure.Cause, AtomicLong> dueAt = new EnumMap<>(CallFailure.Cause.class);
    private final String issuer;
    private final LongSupplier nanoTime;
    private volatile @Nullable String lastFailure;
    private volatile boolean refusesUs;

    CallAlarm(String issuer, LongSupplier nanoTime) {
        this.issuer = issuer;
        this.nanoTime = nanoTime;
        for (CallFailure.Cause cause : CallFailure.Cause.values()) {
            dueAt.put(cause, new AtomicLong(nanoTime.getAsLong()));
        }
    }

    /** No answer: requests with tokens of this issuer get 503. */
    void failed(CallFailure.Cause cause, String problem) {
        refusesUs = cause == CallFailure.Cause.CREDENTIALS;
        lastFailure = problem;
        if (!isDue(cause)) {
            return;
        }
        switch (cause) {
            case CREDENTIALS ->
                LOG.warn(
                        "The introspection endpoint of issuer {} rejects the credentials of this API: {}. Requests with its tokens"
                                + " get 503",
                        issuer,
                        problem);
            case RATE ->
                LOG.warn(
                        "The introspection endpoint of issuer {} limits the calls of this API: {}. Requests with its tokens get 503"
                                + " until then",
                        issuer,
                        problem);
            case SERVER, ENDPOINT, TOKEN, SIZE ->
                LOG.warn("Introspection at issuer {} fails: {}. Requests with its tokens get 503", issuer, problem);
        }
    }

    /** The server, or a limit here, rejects this token. Only this token is refused. */
    void rejected(String problem) {
        if (isDue(CallFailure.Cause.TOKEN)) {
            LOG.warn(
                    "Introspection at issuer {} rejects single tokens: {}. They are refused for 10 s", issuer, problem);
        }
    }

    private boolean isDue(CallFailure.Cause cause) {
        AtomicLong due = dueAt.get(cause);
        long now = nanoTime.getAsLong();
        long time = due == null ? now : due.get();
        return due != null && now - time >= 0 && due.compareAndSet(time, now + BETWEEN_WARNINGS);
    }

    void answered() {
        if (lastFailure != null) {
            lastFailure = null;
            refusesUs = false;
        }
    }

    Optional<String> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    boolean refusesUs() {
        return refusesUs;
    }
}
