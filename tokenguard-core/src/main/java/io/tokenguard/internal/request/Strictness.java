package io.tokenguard.internal.request;

import io.tokenguard.access.AccessRequirement;

/** Compares how strict requirements are. */
final class Strictness {
    private Strictness() {}

    /**
     * Whether every request that satisfies one requirement certainly satisfies another one. False if that is not known, such
     * as for two scopes. Ignores requirements in report-only mode.
     */
    static boolean implies(AccessRequirement one, AccessRequirement other) {
        return enforcedImplies(one.enforced(), other.enforced());
    }

    private static boolean enforcedImplies(AccessRequirement one, AccessRequirement other) {
        if (other instanceof AccessRequirement.Open || one instanceof AccessRequirement.Denied || one.equals(other)) {
            return true;
        }
        if (one instanceof AccessRequirement.Open || other instanceof AccessRequirement.Denied) {
            return false;
        }
        if (other instanceof AccessRequirement.All all) {
            return all.parts().stream().allMatch(part -> enforcedImplies(one, part));
        }
        return impliesSingle(one, other);
    }

    private static boolean impliesSingle(AccessRequirement one, AccessRequirement other) {
        if (one instanceof AccessRequirement.Any any) {
            return any.alternatives().stream().allMatch(alternative -> enforcedImplies(alternative, other));
        }
        return (one instanceof AccessRequirement.All all
                        && all.parts().stream().anyMatch(part -> enforcedImplies(part, other)))
                || (other instanceof AccessRequirement.Any any
                        && any.alternatives().stream().anyMatch(alternative -> enforcedImplies(one, alternative)));
    }
}
