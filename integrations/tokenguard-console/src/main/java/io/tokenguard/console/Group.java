package io.tokenguard.console;

import java.util.Locale;

/** What counts are of. */
enum Group {
    /** The whole guard. */
    TOTALS(24),
    /** Reasons of refusals. */
    REASONS(40),
    /** Routes, as configured. */
    ROUTES(48),
    /** Issuers, as configured. */
    ISSUERS(32),
    /** Clients. That of a refused request is what the token states. */
    CLIENTS(24),
    /** Subjects of refused requests, by their hashes. */
    SUBJECTS(24),
    /** Networks of refused requests. */
    NETWORKS(24);

    private final int share;

    Group(int share) {
        this.share = share;
    }

    /** How many series it has at most. */
    int share() {
        return share;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
