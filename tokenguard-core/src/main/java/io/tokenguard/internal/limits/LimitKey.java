package io.tokenguard.internal.limits;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.claimpath.ClaimPath;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are counted together.
 *
 * @param kind what they have in common
 * @param claim the name of the claim, as written; empty for other kinds
 * @param path the path to the claim; without steps for other kinds
 */
public record LimitKey(Kind kind, String claim, ClaimPath path) {
    private static final ClaimPath NONE = new ClaimPath(List.of());

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
        NETWORK,
        /** The client's address: all of IPv4, /64 of IPv6. */
        ADDRESS;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A key that is no claim. */
    public static LimitKey of(Kind kind) {
        return new LimitKey(kind, "", NONE);
    }

    /**
     * A claim, in the notation of {@link ClaimPath}.
     *
     * @throws ConfigurationException if the path does not lead to one value, or begins with a quote
     */
    public static LimitKey ofClaim(String name) {
        ClaimPath path = ClaimPath.of(name);
        if (!path.isOfOneValue()) {
            throw ConfigurationException.of("limit", name, ClaimPath.REMEDY);
        }
        if (name.startsWith("\"")) {
            throw ConfigurationException.of("limit", name, "write the name of the claim without quotes");
        }
        return new LimitKey(Kind.CLAIM, name, path);
    }

    /** The value of the claim; null if it is missing. */
    public @Nullable Object valueIn(Map<String, @Nullable Object> claims) {
        return path.valueIn(claims);
    }

    /** As written in a rule. */
    @Override
    public String toString() {
        return claim.isEmpty() ? kind.word() : kind.word() + " " + claim;
    }
}
