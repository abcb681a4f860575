package io.tokenguard.access;

import java.util.List;

/**
 * How a guard is, at one moment.
 *
 * @param issuers how the keys of each issuer are; of issuers that a template stands for, only those that are alive
 * @param introspection how each issuer fares that is asked about its tokens
 * @param revocation how it is told which tokens are revoked
 */
public record GuardHealth(
        List<KeyHealth> issuers, List<IntrospectionHealth> introspection, RevocationHealth revocation) {
    /** Copies the lists. */
    public GuardHealth {
        issuers = List.copyOf(issuers);
        introspection = List.copyOf(introspection);
    }

    /**
     * Whether requests can be decided: every issuer has keys, except tenants of a template; introspection endpoints answer; and
     * revocations are known, or the failure policy lets tokens pass without them.
     */
    public boolean isReady() {
        return revocation.state() != RevocationHealth.State.UNKNOWN
                && issuers.stream().allMatch(GuardHealth::hasKeys)
                && introspection.stream().allMatch(IntrospectionHealth::isServing);
    }

    private static boolean hasKeys(KeyHealth issuer) {
        return issuer.isTenant() || issuer.state() == KeyState.FRESH || issuer.state() == KeyState.DEGRADED;
    }
}
