package io.tokenguard.internal.writes;

import io.tokenguard.internal.audit.LineLimit;
import io.tokenguard.spi.SharedState.WriteStore;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/**
 * What writes of one configuration have in common.
 *
 * @param settings the settings
 * @param store which writes run and how they were answered
 * @param fields which header fields of answers are stored
 * @param problems describes refusals
 * @param clock the time
 * @param lines limits the log lines about a store that fails
 */
public record WriteTerms(
        WriteSettings settings,
        WriteStore store,
        AnswerFields fields,
        WriteProblems problems,
        Clock clock,
        LineLimit lines) {
    /**
     * The terms.
     *
     * @param documentation the address of the API's documentation
     */
    public static WriteTerms of(WriteSettings settings, WriteStore store, Optional<URI> documentation, Clock clock) {
        return new WriteTerms(
                settings,
                store,
                AnswerFields.and(settings.fields()),
                WriteProblems.documentedAt(documentation),
                clock,
                LineLimit.usual("idempotent writes", System::nanoTime));
    }
}
