package io.tokenguard.internal;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;

/** Something that a room may refuse. */
@FunctionalInterface
public interface Attempt {
    /** Tries it. */
    void run() throws RefusedException;

    /** Why it is refused; null where it is not. */
    static RefusalReason reasonOf(Attempt attempt) {
        try {
            attempt.run();
            return null;
        } catch (RefusedException refused) {
            return refused.reason();
        }
    }

    /** Which rule the operator is told; null where nothing is refused. */
    static String detailOf(Attempt attempt) {
        try {
            attempt.run();
            return null;
        } catch (RefusedException refused) {
            return refused.detail();
        }
    }
}
