/** Metrics and observations of a guard for Micrometer. */
module io.tokenguard.micrometer {
    requires transitive io.tokenguard;
    requires transitive micrometer.core;
    requires transitive micrometer.observation;
    requires micrometer.commons;
    requires static org.jspecify;

    exports io.tokenguard.micrometer;
}
