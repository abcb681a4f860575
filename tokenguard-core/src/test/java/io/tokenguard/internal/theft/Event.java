package io.tokenguard.internal.theft;

import org.jspecify.annotations.Nullable;

/**
 * A request of the generated population.
 *
 * @param second since 1970
 * @param network the first two numbers of the client's address
 * @param token the token's name, unique for its user
 * @param theft the theft that it belongs to; null if it is the owner's
 */
record Event(
        long second,
        int network,
        String agent,
        int route,
        String token,
        @Nullable Theft theft) implements Comparable<Event> {
    String address() {
        return "11." + (network >> 8 & 0xff) + "." + (network & 0xff) + ".7";
    }

    @Override
    public int compareTo(Event other) {
        return Long.compare(second, other.second);
    }
}
