package io.tokenguard.internal.limits;

import java.util.Locale;

/**
 * Which requests are counted together.
 *
 * @param kind what they have in common
 * @param claim the name of the claim; empty for other kinds
 */
public record LimitKey(Kind kind, String claim) {
    /** What the requests have in common. The first ones need a token; a request without one is counted by its network. */
    public enum Kind {
        /** The token's issuer and subject. */
        SUBJECT,
        /** The token's issuer and client. */
        CLIENT,
        /** The token's issuer. */
        ISSUER,
        /** The value of a claim, by issuer. */
        CLAIM,
        /** The client's network: /24 of IPv4, /48 of IPv6. */
        NETWORK;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** As written in a rule. */
    @Override
    public String toString() {
        return claim.isEmpty() ? kind.word() : kind.word() + " " + claim;
    }
}
