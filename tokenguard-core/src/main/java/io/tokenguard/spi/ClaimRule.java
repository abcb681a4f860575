package io.tokenguard.spi;

import io.tokenguard.access.AddressRange;
import io.tokenguard.access.AuthorizationRequest;
import io.tokenguard.access.ConfigurationException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A rule on the claims of a valid token and its request, for {@link io.tokenguard.access.AccessRequirement#rule}. Rules can
 * be joined like any predicate. Must be thread-safe; if it throws, the request is refused.
 */
@FunctionalInterface
public interface ClaimRule extends Predicate<AuthorizationRequest> {
    /**
     * Whether a claim equals one of these values, or is an array that contains one of them.
     *
     * @param claim the claim's name
     * @param values the strings, compared exactly
     */
    static ClaimRule claim(String claim, String... values) {
        return claim(List.of(claim), values);
    }

    /**
     * Whether a nested claim equals one of these values, or is an array that contains one of them.
     *
     * @param path the member names that lead to the claim; at least one
     * @param values the strings, compared exactly
     */
    static ClaimRule claim(List<String> path, String... values) {
        List<String> names = List.copyOf(path);
        Set<String> accepted = Set.of(values);
        return attempt -> matches(valueAt(attempt.token().claims(), names), accepted);
    }

    /**
     * Whether a path parameter equals a claim, so that callers access only their own resources. False if the request has no
     * such parameter.
     *
     * @param parameter the name of the path parameter
     * @param claim the name of a claim that is a string or an array of strings
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
     * Whether the client's address is in one of some ranges. An unknown address is in none. A container that takes the
     * address from a forwarding field may report one that the client wrote.
     *
     * @param ranges addresses, or ranges such as {@code 192.0.2.0/24} and {@code 2001:db8::/32}
     * @throws io.tokenguard.access.ConfigurationException if one is malformed
     */
    static ClaimRule clientAddress(String... ranges) {
        List<AddressRange> accepted =
                List.of(ranges).stream().map(AddressRange::parse).toList();
        return attempt -> accepted.stream()
                .anyMatch(range -> range.holds(attempt.request().clientAddress()));
    }

    /**
     * Whether the request is made within a period of the day.
     *
     * @param from the start, inclusive
     * @param until the end, exclusive; earlier than {@code from} if the period includes midnight
     * @param zone the time zone
     * @throws io.tokenguard.access.ConfigurationException if both are the same, which could mean the whole day or nothing
     */
    static ClaimRule timeOfDay(LocalTime from, LocalTime until, ZoneId zone) {
        if (from.equals(until)) {
            throw ConfigurationException.of(
                    "timeOfDay", from + " to " + until, "name two different times; for the whole day, use no rule");
        }
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
