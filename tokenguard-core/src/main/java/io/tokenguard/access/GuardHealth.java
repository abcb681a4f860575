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
     * Whether tokens of every issuer can be judged, as far as is known: an issuer that was not asked yet counts as good, and so
     * does trouble in which tokens pass.
     */
    public boolean isReady() {
        return revocation.state() != RevocationHealth.State.UNKNOWN
                && issuers.stream().noneMatch(issuer -> issuer.state() == KeyState.UNAVAILABLE)
                && introspection.stream().allMatch(IntrospectionHealth::isServing);
    }
}
