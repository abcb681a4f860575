package io.tokenguard.internal.keys;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What would help if a document can't be fetched.
 *
 * @param text a clause; empty if no setting would help
 * @param settings the full names of the settings that concern the cause
 */
record FetchRemedy(String text, List<String> settings) {
    /** No setting would help. */
    static final FetchRemedy NONE = new FetchRemedy("", List.of());

    /** A clause with a place ({@code %s}) for each setting. */
    static FetchRemedy of(String pattern, String... settings) {
        return new FetchRemedy(String.format(Locale.ROOT, pattern, (Object[]) settings), List.of(settings));
    }

    /** This and another, with a word between them. */
    FetchRemedy and(String word, FetchRemedy other) {
        return new FetchRemedy(
                text + word + other.text,
                Stream.concat(settings.stream(), other.settings.stream()).toList());
    }
}
