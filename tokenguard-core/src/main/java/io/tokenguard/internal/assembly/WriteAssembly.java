package io.tokenguard.internal.assembly;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.pipeline.DecisionReporter;
import io.tokenguard.internal.pipeline.RequestWrites;
import io.tokenguard.internal.request.WriteTable;
import io.tokenguard.internal.settings.GuardSettings;
import io.tokenguard.internal.writes.WriteProtection;
import io.tokenguard.internal.writes.WriteSettings;
import io.tokenguard.internal.writes.WriteTerms;
import io.tokenguard.spi.SharedState;
import io.tokenguard.spi.SharedState.WriteStore;
import java.time.Clock;
import java.util.Optional;

/**
 * Wires what lets requests happen once.
 *
 * @param settings the whole configuration
 * @param state keeps the memory of this process
 * @param shared the shared state
 * @param clock the time
 */
record WriteAssembly(GuardSettings settings, GuardState state, OpenedSharedState shared, Clock clock) {
    /**
     * The writes by their rules.
     *
     * @throws ConfigurationException if there are rules, and the shared state does not store writes
     */
    RequestWrites writes(DecisionReporter reporter) {
        WriteSettings writes = settings.api().requests().writes();
        Optional<WriteProtection> protection = Optional.of(writes)
                .filter(WriteSettings::isOn)
                .map(stated -> new WriteProtection(WriteTerms.of(
                        stated, store(stated), settings.api().resource().documentation(), clock)));
        return new RequestWrites(new WriteTable(writes.rules()), protection, reporter);
    }

    private WriteStore store(WriteSettings writes) {
        if (shared.state().isEmpty()) {
            return state.writes(clock, writes.maxBytes());
        }
        return shared.state()
                .flatMap(SharedState::writes)
                .orElseThrow(() -> ConfigurationException.because(
                        "tokenguard.writes",
                        "need a state that stores writes, and the configured one does not",
                        "use tokenguard.revocation.redis-uri, tokenguard.state.jdbc-uri or tokenguard.state.folder, or remove"
                                + " the rules"));
    }
}
