package io.tokenguard.internal.assembly;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusalReason;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A stream that ends with its token, or when its token does not come in time. Compared by identity. Thread-safe. */
final class WatchedStream {
    private final Optional<AccessToken> token;
    private final long deadline;
    private final Consumer<RefusalReason> onEnd;
    private final AtomicBoolean isChecked = new AtomicBoolean();

    private WatchedStream(Optional<AccessToken> token, long deadline, Consumer<RefusalReason> onEnd) {
        this.token = token;
        this.deadline = deadline;
        this.onEnd = onEnd;
    }

    static WatchedStream of(AccessToken token, Consumer<RefusalReason> onEnd) {
        return new WatchedStream(Optional.of(token), 0, onEnd);
    }

    /**
     * A stream without a token.
     *
     * @param deadline when it ends, in the nanoseconds of the guard's clock
     */
    static WatchedStream awaiting(long deadline, Consumer<RefusalReason> onEnd) {
        return new WatchedStream(Optional.empty(), deadline, onEnd);
    }

    Optional<AccessToken> token() {
        return token;
    }

    boolean isOverdue(long now) {
        return token.isEmpty() && now - deadline >= 0;
    }

    /** Who has opened it, for the share of each; empty without a token. */
    String owner() {
        return token.map(known -> known.subject().or(known::clientId).orElse("") + ' ' + known.issuer())
                .orElse("");
    }

    /** Whether a check may begin that waits; false while one runs. */
    boolean beginCheck() {
        return isChecked.compareAndSet(false, true);
    }

    void endCheck() {
        isChecked.set(false);
    }

    void tell(RefusalReason reason) {
        onEnd.accept(reason);
    }
}
