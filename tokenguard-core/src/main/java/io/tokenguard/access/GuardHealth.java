package io.tokenguard.access;

import java.util.List;

/**
 * How a guard is, at one moment.
 *
 * @param issuers how the keys of each issuer are; of issuers that a template stands for, only those that are alive
 * @param introspection how each issuer fares that is asked about its tokens
 */
public record GuardHealth(List<KeyHealth> issuers, List<IntrospectionHealth> introspection) {
    /** Copies the lists. */
    public GuardHealth {
        issuers = List.copyOf(issuers);
        introspection = List.copyOf(introspection);
    }

    /** Whether tokens of every issuer can be judged, as far as is known: an issuer that was not asked yet counts as good. */
    public boolean isReady() {
        return issuers.stream().noneMatch(issuer -> issuer.state() == KeyState.UNAVAILABLE)
                && introspection.stream().allMatch(IntrospectionHealth::isServing);
    }
}
