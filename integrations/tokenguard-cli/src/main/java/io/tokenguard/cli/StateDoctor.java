package io.tokenguard.cli;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.settings.SharedSettings;
import java.util.Optional;

/** Opens the shared state, and writes an entry to it that expires in a minute. */
final class StateDoctor {
    private StateDoctor() {}

    static void examine(SharedSettings shared, Report report) {
        report.section("Shared state");
        if (shared.location().isEmpty()) {
            report.note("state", "none is configured: each node knows only its own revocations and used proofs");
            return;
        }
        if (shared.key().equals(SharedSettings.FOLDER)) {
            report.note("state", SharedStore.FOLDER_BELONGS_TO_ITS_NODE);
            return;
        }
        long start = System.nanoTime();
        try (SharedStore store = SharedStore.open(shared)) {
            Optional<String> trouble = store.awaitSync();
            if (trouble.isPresent()) {
                report.error(
                        "reachable",
                        shared.key(),
                        "no connection: " + trouble.get(),
                        "check the address, the credentials, TLS and the firewall between this machine and the store");
                return;
            }
            report.fine("reachable", "connected and read in " + Millis.since(start));
            if (store.isWritable()) {
                report.fine("writable", "an entry was written; it expires in a minute");
            } else {
                report.error(
                        "writable",
                        shared.key(),
                        "an entry can't be written",
                        "grant the user the right to write; free memory or disk space; do not name a read-only replica");
            }
        } catch (ConfigurationException unusable) {
            report.error("reachable", shared.key(), "can't be opened", unusable.remedy());
        }
    }
}
