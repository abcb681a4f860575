package io.tokenguard.internal.limits;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Route;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The limits of requests that match methods and a path pattern.
 *
 * @param methods the methods; GET covers HEAD. Empty for all methods, except CORS preflights
 * @param pattern the paths, as in {@link Route}
 * @param charges the limits, and what a request costs of each
 */
public record LimitRule(Set<String> methods, String pattern, List<Charge> charges) {
    private static final String FORM =
            "write '[METHODS] /path limit 100/1m per subject', such as 'GET /orders/** limit 100/1m per subject burst 20'";

    /** Copies the charges. */
    public LimitRule {
        methods = Set.copyOf(methods);
        charges = List.copyOf(charges);
    }

    /**
     * Whether it limits a method.
     *
     * @param isPreflight whether the request is a CORS preflight: it has no token, and the browser of any user sends it, so
     *     that it is limited only by rules that name OPTIONS
     */
    public boolean covers(String method, boolean isPreflight) {
        return methods.isEmpty()
                ? !isPreflight
                : methods.contains(method) || (method.equals("HEAD") && methods.contains("GET"));
    }

    /** The same, set by a property. */
    public LimitRule setBy(String property) {
        return new LimitRule(
                methods,
                pattern,
                charges.stream().map(charge -> charge.setBy(property)).toList());
    }

    /**
     * Reads a rule such as {@code GET /orders/** limit 100/1m per subject burst 20 limit 1000/1m per issuer}.
     *
     * @throws ConfigurationException if it is malformed
     */
    public static LimitRule parse(String text) {
        List<String> words = Arrays.stream(text.strip().split("\\s+", -1)).toList();
        int at = words.get(0).startsWith("/") ? 0 : 1;
        if (words.size() < at + 2 || !words.get(at).startsWith("/")) {
            throw ConfigurationException.of("limit", text, FORM);
        }
        AccessRequirement unused = AccessRequirement.open();
        Route place = at == 0 ? Route.of(words.get(0), unused) : Route.of(words.get(0), words.get(1), unused);
        return new LimitRule(
                at == 0 ? Set.of() : place.methods(),
                place.pattern(),
                LimitReader.read(words.subList(at + 1, words.size())));
    }
}
