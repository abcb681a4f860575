package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessRequirement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Requirements that an administrator tries on rules while the guard runs, in report-only mode: they enforce nothing. End with the
 * configuration. At most one for each rule. Thread-safe.
 */
public final class RouteTrials {
    private final AtomicReference<Map<Integer, AccessRequirement>> candidates = new AtomicReference<>(Map.of());

    /** The candidates by number of the rule. */
    public Map<Integer, AccessRequirement> candidates() {
        return candidates.get();
    }

    /** Tries a requirement on a rule; none ends the trial. */
    public void set(int rule, Optional<AccessRequirement> candidate) {
        candidates.updateAndGet(known -> {
            Map<Integer, AccessRequirement> changed = new HashMap<>(known);
            candidate.ifPresentOrElse(tried -> changed.put(rule, tried), () -> changed.remove(rule));
            return Map.copyOf(changed);
        });
    }

    /** What a rule requires, with what is tried on it. */
    AccessRequirement tried(int rule, AccessRequirement required) {
        Map<Integer, AccessRequirement> known = candidates.get();
        AccessRequirement candidate = known.isEmpty() ? null : known.get(rule);
        return candidate == null ? required : required.reportOnly(candidate);
    }
}
