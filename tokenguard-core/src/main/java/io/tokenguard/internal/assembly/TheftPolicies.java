package io.tokenguard.internal.assembly;

import io.tokenguard.access.AddressRange;
import io.tokenguard.config.TheftDetection;
import io.tokenguard.internal.theft.TheftPolicy;
import io.tokenguard.internal.theft.TheftWatch;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Turns {@link TheftDetection} settings into theft detection. */
final class TheftPolicies {
    private TheftPolicies() {}

    /** Watches requests; empty if that is off. */
    static Optional<TheftWatch> watch(TheftDetection settings, List<AddressRange> proxies, LongSupplier nanoTime) {
        return settings.mode() == TheftDetection.Mode.OFF
                ? Optional.empty()
                : Optional.of(new TheftWatch(new TheftPolicy(
                        settings.maxNetworks(),
                        settings.maxAgents(),
                        settings.maxRefusedProofs(),
                        settings.window(),
                        proxies,
                        nanoTime)));
    }
}
