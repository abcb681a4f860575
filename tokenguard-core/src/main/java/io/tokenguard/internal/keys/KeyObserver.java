package io.tokenguard.internal.keys;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes loaded keys to what derives restrictions of them, such as bans. A failure never ends the loading. Thread-safe. */
final class KeyObserver {
    private final KeyAlarm alarm;
    private volatile Consumer<KeySet> handler = keys -> {};

    KeyObserver(KeyAlarm alarm) {
        this.alarm = alarm;
    }

    /** Passes keys to this handler from now on, and the current ones at once. */
    void use(Consumer<KeySet> current, @Nullable KeySet known) {
        handler = current;
        handOn(known);
    }

    /** Before the keys serve; a failure is reported when they do. */
    void announce(KeySet keys) {
        try {
            handler.accept(keys);
        } catch (RuntimeException | Error reportedLater) {
            // The same keys are passed on once more.
        }
    }

    /** Once the keys serve. */
    void handOn(@Nullable KeySet keys) {
        try {
            if (keys != null) {
                handler.accept(keys);
            }
        } catch (RuntimeException failure) {
            alarm.observerFailed(failure);
        }
    }
}
