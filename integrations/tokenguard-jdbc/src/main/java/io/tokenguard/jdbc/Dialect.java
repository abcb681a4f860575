package io.tokenguard.jdbc;

/** What differs between databases. */
enum Dialect {
    POSTGRESQL(
            " (SELECT CAST(extract(epoch FROM pg_postmaster_start_time()) AS VARCHAR) || ' ' || current_database())"),
    H2("'h2'"),
    /** Standard SQL only; which process serves is not known. */
    OTHER("'other'");

    private final String server;

    Dialect(String server) {
        this.server = server;
    }

    static Dialect of(String product) {
        return switch (product) {
            case "PostgreSQL" -> POSTGRESQL;
            case "H2" -> H2;
            default -> OTHER;
        };
    }

    boolean isPostgresql() {
        return this == POSTGRESQL;
    }

    /**
     * An expression that identifies the server process, and changes when a replica takes over or the server is started again. A
     * process of H2 is this one, and it has lost nothing.
     */
    String server() {
        return server;
    }
}
