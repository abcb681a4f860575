package io.tokenguard.spi;

import io.tokenguard.access.AddressRange;
import io.tokenguard.access.AuthorizationRequest;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A rule over the claims of a good token and the request that it came with, for
 * {@link io.tokenguard.access.AccessRequirement#rule}. Rules are joined as predicates are. Called by many threads at once;
 * a rule that throws refuses the request.
 */
@FunctionalInterface
public interface ClaimRule extends Predicate<AuthorizationRequest> {
    /**
     * Whether a claim is one of some texts, or a list that holds one of them.
     *
     * @param claim the claim's name, to the letter
     * @param values the texts, to the letter
     */
    static ClaimRule claim(String claim, String... values) {
        return claim(List.of(claim), values);
    }

    /**
     * Whether a claim within others is one of some texts, or a list that holds one of them.
     *
     * @param path the names on the way to the claim, to the letter; at least one
     * @param values the texts, to the letter
     */
    static ClaimRule claim(List<String> path, String... values) {
        List<String> names = List.copyOf(path);
        Set<String> accepted = Set.of(values);
        return attempt -> matches(valueAt(attempt.token().claims(), names), accepted);
    }

    /**
     * Whether a part of the path is what a claim says: one's own things only. Where the part is not named, it is not.
     *
     * @param parameter the name of the part
     * @param claim the name of a claim that is a text, or a list of texts
     */
    static ClaimRule pathParameterIsClaim(String parameter, String claim) {
        return attempt -> {
            List<String> parts = attempt.request().pathParameters().getOrDefault(parameter, List.of());
            @Nullable Object value = attempt.token().claims().get(claim);
            return !parts.isEmpty() && parts.stream().allMatch(part -> matches(value, Set.of(part)));
        };
    }

    /** Whether the request's method is one of these. Methods are case-sensitive (RFC 9110 §9.1). */
    static ClaimRule method(String... methods) {
        Set<String> accepted = Set.of(methods);
        return attempt -> accepted.contains(attempt.request().method());
    }

    /**
     * Whether the client's address lies in one of some ranges. An address that is not known lies in none. A container that
     * takes the address from a forwarding field may report one that the client wrote.
     *
     * @param ranges addresses, or ranges such as {@code 192.0.2.0/24} and {@code 2001:db8::/32}
     * @throws io.tokenguard.access.ConfigurationException if one is no range
     */
    static ClaimRule clientAddress(String... ranges) {
        List<AddressRange> accepted =
                List.of(ranges).stream().map(AddressRange::parse).toList();
        return attempt -> accepted.stream()
                .anyMatch(range -> range.holds(attempt.request().clientAddress()));
    }

    /**
     * Whether it is a time of the day.
     *
     * @param from the first moment
     * @param until the first moment after; before {@code from} where midnight lies between them
     * @param zone whose day it is
     */
    static ClaimRule timeOfDay(LocalTime from, LocalTime until, ZoneId zone) {
        return attempt -> {
            LocalTime now = attempt.now().atZone(zone).toLocalTime();
            boolean isAfterStart = !now.isBefore(from);
            boolean isBeforeEnd = now.isBefore(until);
            return from.isAfter(until) ? isAfterStart || isBeforeEnd : isAfterStart && isBeforeEnd;
        };
    }

    private static boolean matches(@Nullable Object value, Set<String> accepted) {
        return value instanceof Collection<?> items
                ? items.stream().anyMatch(item -> item instanceof String text && accepted.contains(text))
                : value instanceof String text && accepted.contains(text);
    }

    private static @Nullable Object valueAt(Map<String, @Nullable Object> claims, List<String> path) {
        @Nullable Object value = claims;
        for (String name : path) {
            value = value instanceof Map<?, ?> object ? object.get(name) : null;
        }
        return value;
    }
}
