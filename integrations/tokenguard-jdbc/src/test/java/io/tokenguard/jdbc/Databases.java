package io.tokenguard.jdbc;

import java.util.stream.Stream;

/** One server of each kind for all tests of a run, ended with it. Tests keep apart by prefixes of tables. */
final class Databases {
    private static final LocalPostgres POSTGRES = new LocalPostgres();
    private static final LocalH2 H2 = new LocalH2();

    private Databases() {}

    static LocalPostgres postgres() {
        return POSTGRES;
    }

    static Stream<TestDatabase> all() {
        return Stream.of(POSTGRES, H2);
    }
}
