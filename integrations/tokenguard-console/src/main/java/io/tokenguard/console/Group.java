package io.tokenguard.console;

import java.util.Locale;

/** What counts are of. */
enum Group {
    /** The whole guard. */
    TOTALS,
    /** Reasons of refusals. */
    REASONS,
    /** Routes, as configured. */
    ROUTES,
    /** Issuers, as configured. */
    ISSUERS;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
