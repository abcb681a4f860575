package io.tokenguard.access;

import java.util.Optional;

/** Finds misspelt HTTP methods. */
final class MethodName {
    private MethodName() {}

    /**
     * The registered method that a name misspells.
     *
     * @param name a method in capitals
     * @return empty if the name is registered, or if it differs from every registered one by more than one letter that is
     *     wrong, missing, added or swapped with the next
     */
    static Optional<String> nearest(String name) {
        return Route.REGISTERED_METHODS.contains(name)
                ? Optional.empty()
                : Route.REGISTERED_METHODS.stream()
                        .filter(known -> isOneSlipApart(name, known))
                        .sorted()
                        .findFirst();
    }

    private static boolean isOneSlipApart(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        int start = 0;
        while (start < shorter && one.charAt(start) == other.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && fromEnd(one, end) == fromEnd(other, end)) {
            end++;
        }
        String left = one.substring(start, one.length() - end);
        String right = other.substring(start, other.length() - end);
        return (left.length() <= 1 && right.length() <= 1) || isSwapped(left, right);
    }

    private static char fromEnd(String text, int index) {
        return text.charAt(text.length() - 1 - index);
    }

    private static boolean isSwapped(String left, String right) {
        return left.length() == 2
                && right.length() == 2
                && left.charAt(0) == right.charAt(1)
                && left.charAt(1) == right.charAt(0);
    }
}
