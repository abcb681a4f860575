package io.tokenguard.internal.limits;

import io.tokenguard.access.ConfigurationException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are counted together.
 *
 * @param kind what they have in common
 * @param claim the name of the claim, as written; empty for other kinds
 * @param path the member names that lead to the claim; empty for other kinds
 */
public record LimitKey(Kind kind, String claim, List<String> path) {
    private static final int DEEPEST = 8;

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

    /** Copies the path. */
    public LimitKey {
        path = List.copyOf(path);
    }

    /** A key that is no claim. */
    public static LimitKey of(Kind kind) {
        return new LimitKey(kind, "", List.of());
    }

    /**
     * A claim: names separated by dots, a JSON Pointer (RFC 6901, for names that contain dots), or a single name that is a
     * URL, as in conditions of rules.
     *
     * @throws ConfigurationException if a name is empty or {@code *}, or the path is longer than eight names
     */
    public static LimitKey ofClaim(String name) {
        List<String> path = path(name);
        if (path.size() > DEEPEST || path.contains("") || path.contains("*")) {
            throw ConfigurationException.of(
                    "limit",
                    name,
                    "write the name of a claim, with dots or as a JSON Pointer if it is inside another one, at most "
                            + DEEPEST + " names deep");
        }
        return new LimitKey(Kind.CLAIM, name, path);
    }

    private static List<String> path(String name) {
        if (name.startsWith("/")) {
            return Arrays.stream(name.substring(1).split("/", -1))
                    .map(step -> step.replace("~1", "/").replace("~0", "~"))
                    .toList();
        }
        return name.contains("://") ? List.of(name) : List.of(name.split("\\.", -1));
    }

    /** The value of the claim; null if it is missing. */
    public @Nullable Object valueIn(Map<String, @Nullable Object> claims) {
        @Nullable Object value = claims;
        for (String step : path) {
            value = value instanceof Map<?, ?> object ? object.get(step) : null;
        }
        return value;
    }

    /** As written in a rule. */
    @Override
    public String toString() {
        return claim.isEmpty() ? kind.word() : kind.word() + " " + claim;
    }
}
