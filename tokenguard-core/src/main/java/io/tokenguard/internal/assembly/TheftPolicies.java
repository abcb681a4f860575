package io.tokenguard.internal.assembly;

import io.tokenguard.access.AddressRange;
import io.tokenguard.config.TheftDetection;
import io.tokenguard.internal.theft.TheftPolicy;
import io.tokenguard.internal.theft.TheftWatch;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Turns {@link TheftDetection} settings into theft detection. */
final class TheftPolicies {
    private TheftPolicies() {}

    /** Observes requests; empty if detection is off. */
    static Optional<TheftWatch> watch(TheftDetection settings, List<AddressRange> proxies, Clock clock) {
        return settings.mode() == TheftDetection.Mode.OFF
                ? Optional.empty()
                : Optional.of(new TheftWatch(new TheftPolicy(
                        settings.maxNetworks(),
                        settings.maxAgents(),
                        settings.maxRefusedProofs(),
                        settings.window(),
                        proxies,
                        clock)));
    }
}
