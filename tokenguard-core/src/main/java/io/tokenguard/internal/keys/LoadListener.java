package io.tokenguard.internal.keys;

import io.tokenguard.access.GuardHealth.KeyHealth;

/** Is notified of the loads of one issuer's keys. Must not throw or block. */
@FunctionalInterface
public interface LoadListener {
    /** Ignores them. */
    LoadListener NONE = () -> (isGood, keys) -> {};

    /** A load begins; returns what is called at its end. */
    End begun();

    /** The end of a load. */
    @FunctionalInterface
    interface End {
        /**
         * The load has ended.
         *
         * @param isGood whether it brought keys
         * @param keys the state of the keys after it
         */
        void ended(boolean isGood, KeyHealth keys);
    }
}
