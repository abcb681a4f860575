package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessRequirement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Requirements that an administrator tries on rules while the guard runs, in report-only mode: they enforce nothing. End with the
 * configuration. At most one for each rule. Thread-safe.
 */
public final class RouteTrials {
    private volatile Map<Integer, AccessRequirement> candidates = Map.of();

    /** The candidates by number of the rule. */
    public Map<Integer, AccessRequirement> candidates() {
        return candidates;
    }

    /** Tries a requirement on a rule; none ends the trial. */
    public synchronized void set(int rule, Optional<AccessRequirement> candidate) {
        Map<Integer, AccessRequirement> changed = new HashMap<>(candidates);
        candidate.ifPresentOrElse(tried -> changed.put(rule, tried), () -> changed.remove(rule));
        candidates = Map.copyOf(changed);
    }

    /** What a rule requires, with what is tried on it. */
    AccessRequirement tried(int rule, AccessRequirement required) {
        Map<Integer, AccessRequirement> known = candidates;
        AccessRequirement candidate = known.isEmpty() ? null : known.get(rule);
        return candidate == null ? required : required.reportOnly(candidate);
    }
}
