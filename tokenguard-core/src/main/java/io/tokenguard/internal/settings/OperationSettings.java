package io.tokenguard.internal.settings;

import io.tokenguard.config.TokenCache;
import io.tokenguard.spi.GuardObserver;
import java.util.List;

/**
 * How a guard runs.
 *
 * @param shared where state that outlives the process is stored
 * @param tokenCache how many verified tokens are cached
 * @param crypto what checks signatures
 * @param observers who is notified of refusals, beside the log
 * @param audit what the audit log shows
 * @param application what the application around it has
 */
public record OperationSettings(
        SharedSettings shared,
        TokenCache tokenCache,
        CryptoSettings crypto,
        List<GuardObserver> observers,
        AuditSettings audit,
        ApplicationSettings application) {
    /** Copies the observers. */
    public OperationSettings {
        observers = List.copyOf(observers);
    }
}
