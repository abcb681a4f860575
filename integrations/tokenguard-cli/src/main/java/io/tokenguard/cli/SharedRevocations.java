package io.tokenguard.cli;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.Revocation;
import io.tokenguard.internal.settings.SharedSettings;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * Revokes through the shared state that a configuration names, as a node of the API does, and reads the revocation back.
 *
 * @param configuration the configuration
 */
record SharedRevocations(Configuration configuration) {
    /** The shared state of all nodes. */
    SharedSettings shared() {
        SharedSettings shared = configuration.settings().operation().shared();
        if (shared.location().isEmpty()) {
            throw new UsageException("The configuration names no shared state, so no running node would get this. Set"
                    + " tokenguard.revocation.redis-uri or tokenguard.state.jdbc-uri, or call the guard in each node");
        }
        if (shared.key().equals(SharedSettings.FOLDER)) {
            throw new UsageException("The nodes share no state: " + SharedStore.FOLDER_BELONGS_TO_ITS_NODE);
        }
        return shared;
    }

    /** The issuer, if the configuration trusts it: a revocation for another one would have no effect. */
    String trusted(String issuer) {
        boolean isTrusted = configuration.settings().issuers().stream()
                .anyMatch(known -> known.issuer().equals(issuer) || known.isTemplate());
        if (!isTrusted) {
            throw new UsageException("The configuration trusts no such issuer; it trusts "
                    + configuration.settings().issuers().stream()
                            .map(known -> known.issuer())
                            .toList());
        }
        return issuer;
    }

    /**
     * Stores a revocation, and waits until it, or one that revokes at least the same for at least as long, can be read back.
     *
     * @param expected the revocation
     * @param step revokes
     */
    boolean publish(Revocation expected, Predicate<TokenGuard> step) {
        SharedSettings shared = shared();
        try (TokenGuard guard = configuration.writing().builder().build()) {
            boolean unused = Patience.OF_STORES.await(
                    () -> guard.health().revocation().syncedAt().isPresent(),
                    () -> guard.health().revocation().trouble().isPresent());
            ReadBack readBack = new ReadBack(expected, Instant.now());
            boolean isStored = step.test(guard);
            return isStored && isReadBack(shared, readBack);
        }
    }

    private static boolean isReadBack(SharedSettings shared, ReadBack readBack) {
        try (SharedStore store = SharedStore.open(shared)) {
            return Patience.OF_STORES.await(() -> store.revocations().stream().anyMatch(readBack::isIn), () -> false);
        }
    }
}
