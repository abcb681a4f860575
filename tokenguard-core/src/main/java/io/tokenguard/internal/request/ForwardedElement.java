package io.tokenguard.internal.request;

import io.tokenguard.access.AddressRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the element of {@code Forwarded} that the outermost declared proxy added (RFC 7239 §4, §7.4). */
final class ForwardedElement {
    private ForwardedElement() {}

    /**
     * The pairs of that element: the last one, or the one before it while {@code for} names a declared proxy.
     *
     * @param field all elements, separated by commas
     * @return empty if one of those from it on is malformed
     */
    static Optional<Map<String, String>> outermost(String field, List<AddressRange> proxies) {
        List<String> elements = split(field);
        for (int at = elements.size() - 1; at >= 0; at--) {
            Optional<Map<String, String>> pairs = ForwardedField.read(elements.get(at));
            if (pairs.isEmpty() || at == 0 || !isFromProxy(pairs.get(), proxies)) {
                return pairs;
            }
        }
        return Optional.empty();
    }

    private static boolean isFromProxy(Map<String, String> pairs, List<AddressRange> proxies) {
        return ForwardedChain.isDeclared(ForwardedChain.address(pairs.getOrDefault("for", "")), proxies);
    }

    /** Elements by commas that are not quoted; empty ones are left out (RFC 9110 §5.6.1.2). */
    private static List<String> split(String field) {
        List<String> elements = new ArrayList<>();
        boolean isQuoted = false;
        int start = 0;
        for (int at = 0; at <= field.length(); at++) {
            boolean isEnd = at == field.length();
            isQuoted ^= !isEnd && field.charAt(at) == '"';
            if (isEnd || (!isQuoted && field.charAt(at) == ',')) {
                String element = field.substring(start, at).strip();
                if (!element.isEmpty()) {
                    elements.add(element);
                }
                start = at + 1;
            }
        }
        return elements;
    }
}
