package io.tokenguard.access;

import java.util.List;

/**
 * How a guard is, at one moment.
 *
 * @param issuers how the keys of each issuer are; of issuers that a template stands for, only those that are alive
 */
public record GuardHealth(List<KeyHealth> issuers) {
    /** Copies the list. */
    public GuardHealth {
        issuers = List.copyOf(issuers);
    }

    /** Whether tokens of every issuer can be judged, as far as is known: an issuer that was not asked yet counts as good. */
    public boolean isReady() {
        return issuers.stream().noneMatch(issuer -> issuer.state() == KeyState.UNAVAILABLE);
    }
}
