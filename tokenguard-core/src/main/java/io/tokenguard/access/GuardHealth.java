package io.tokenguard.access;

import java.util.List;

/**
 * How a guard is, at one moment.
 *
 * @param issuers how the keys of each issuer are; of issuers that a template stands for, only those that are alive
 * @param introspection how each issuer fares that is asked about its tokens
 * @param revocation how it is told which tokens are revoked
 * @param adapters whether the filters and features that were built for the guard are in use
 */
public record GuardHealth(
        List<KeyHealth> issuers,
        List<IntrospectionHealth> introspection,
        RevocationHealth revocation,
        List<AdapterHealth> adapters) {
    /** Copies the lists. */
    public GuardHealth {
        issuers = List.copyOf(issuers);
        introspection = List.copyOf(introspection);
        adapters = List.copyOf(adapters);
    }

    /**
     * Whether requests can be decided: every issuer has keys, except tenants of a template; introspection endpoints answer;
     * revocations are known, or the failure policy lets tokens pass without them; and every required adapter is active.
     */
    public boolean isReady() {
        return revocation.state() != RevocationHealth.State.UNKNOWN
                && issuers.stream().allMatch(GuardHealth::hasKeys)
                && introspection.stream().allMatch(IntrospectionHealth::isServing)
                && adapters.stream()
                        .noneMatch(adapter -> adapter.isRequired() && adapter.state() != AdapterHealth.State.ACTIVE);
    }

    /** Whether an operator should look: not ready, an outage that requests do not notice yet, or an adapter that guards nothing. */
    public boolean isDegraded() {
        return !isReady()
                || revocation.state() == RevocationHealth.State.DEGRADED
                || issuers.stream().anyMatch(issuer -> issuer.state() == KeyState.DEGRADED)
                || adapters.stream().anyMatch(adapter -> adapter.state() == AdapterHealth.State.INACTIVE);
    }

    private static boolean hasKeys(KeyHealth issuer) {
        return issuer.isTenant() || issuer.state() == KeyState.FRESH || issuer.state() == KeyState.DEGRADED;
    }
}
