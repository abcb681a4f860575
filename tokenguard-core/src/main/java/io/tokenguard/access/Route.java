package io.tokenguard.access;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * A rule: the requirement of requests that match its methods and its path pattern.
 *
 * <p>A pattern is a path in which {@code *} stands for one segment, {@code {name}} for one whose value conditions can compare
 * by {@code path:name}, and a last {@code /**} for any number of them, including
 * none. Trailing slashes are ignored, in patterns and requests. Patterns are case-sensitive. The most specific matching rule
 * decides, and a request that matches none is denied. A path that differs from one in a more specific rule only in case, in
 * suffixes such as {@code .json} or in trailing spaces has to satisfy that rule too: some frameworks serve the same resource
 * for it.
 *
 * @param methods the methods, by default {@link #EVERY_METHOD}; GET covers HEAD
 * @param pattern the paths, relative to the application's own prefix; stored in the form of {@link #normalPath}
 * @param requirement the requirement
 */
public record Route(Set<String> methods, String pattern, AccessRequirement requirement) {
    /** The default methods of a rule. Other methods must be named explicitly; TRACE is always refused. */
    public static final Set<String> EVERY_METHOD = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /** The methods in IANA's HTTP method registry (RFC 9110 §16.1.1). A rule may name others; a warning at start lists them. */
    public static final Set<String> REGISTERED_METHODS = Set.of(
            "ACL",
            "BASELINE-CONTROL",
            "BIND",
            "CHECKIN",
            "CHECKOUT",
            "CONNECT",
            "COPY",
            "DELETE",
            "GET",
            "HEAD",
            "LABEL",
            "LINK",
            "LOCK",
            "MERGE",
            "MKACTIVITY",
            "MKCALENDAR",
            "MKCOL",
            "MKREDIRECTREF",
            "MKWORKSPACE",
            "MOVE",
            "OPTIONS",
            "ORDERPATCH",
            "PATCH",
            "POST",
            "PRI",
            "PROPFIND",
            "PROPPATCH",
            "PUT",
            "QUERY",
            "REBIND",
            "REPORT",
            "SEARCH",
            "TRACE",
            "UNBIND",
            "UNCHECKOUT",
            "UNLINK",
            "UNLOCK",
            "UPDATE",
            "UPDATEREDIRECTREF",
            "VERSION-CONTROL");

    /**
     * Checks methods and pattern, and binds the requirement's path variables.
     *
     * @throws ConfigurationException if one of them is wrong, if the pattern lacks a variable that the requirement names, or if a method is not registered and differs from a registered
     *     one by a single typing error, such as {@code GTE}
     */
    public Route {
        methods = Set.copyOf(methods);
        methods.forEach(Route::checkMethod);
        checkPattern(pattern);
        pattern = normalPath(pattern);
        requirement = PathVariables.bind(pattern, requirement);
    }

    /**
     * Normalizes a path for matching: removes trailing slashes; a path of slashes only becomes {@code /}.
     *
     * @param path a decoded path that starts with a slash, or a pattern
     */
    public static String normalPath(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    /**
     * A rule for every usual method.
     *
     * @param pattern the paths
     * @param requirement the requirement
     * @throws ConfigurationException if the pattern is wrong
     */
    public static Route of(String pattern, AccessRequirement requirement) {
        return new Route(EVERY_METHOD, pattern, requirement);
    }

    /**
     * A rule for some methods.
     *
     * @param methods the methods, separated by commas
     * @param pattern the paths
     * @param requirement the requirement
     * @throws ConfigurationException if a method or the pattern is wrong
     */
    public static Route of(String methods, String pattern, AccessRequirement requirement) {
        return new Route(new LinkedHashSet<>(Arrays.asList(methods.split(",", -1))), pattern, requirement);
    }

    /**
     * Reads a rule such as {@code GET,HEAD /api/orders/** scope orders:read}: methods unless it is for all, a pattern, and a
     * requirement in the notation of {@link AccessRequirement#parse}.
     *
     * @param text the rule
     * @throws ConfigurationException if it is malformed; the message names the position
     */
    public static Route parse(String text) {
        RuleScanner words = new RuleScanner(text, 0, null);
        String first = words.next();
        String pattern = first.startsWith("/") ? first : words.next();
        if (pattern.isEmpty() || !words.hasMore()) {
            throw ConfigurationException.of(
                    "route", text, "write '[METHODS] /path requirement', such as 'GET /orders/** scope orders:read'");
        }
        if (!pattern.startsWith("/")) {
            throw ConfigurationException.of(
                    "route",
                    pattern,
                    "write methods without spaces, such as GET,POST, and then a decoded path that starts with '/'");
        }
        checkPattern(pattern);
        AccessRequirement requirement = RequirementParser.parse(text, words.end(), PathVariables.names(pattern));
        return first.startsWith("/") ? of(pattern, requirement) : of(first, pattern, requirement);
    }

    /** The rule without its requirement, such as {@code GET /orders/**}: the methods unless it is for all, and the pattern. */
    public String name() {
        return methods.equals(EVERY_METHOD) ? pattern : String.join(",", new TreeSet<>(methods)) + " " + pattern;
    }

    /**
     * Whether another rule for the same paths and as many methods has a different requirement for a request that both match.
     *
     * @param other the other rule
     */
    public boolean contradicts(Route other) {
        return PathVariables.shape(pattern).equals(PathVariables.shape(other.pattern))
                && methods.size() == other.methods.size()
                && methods.stream().anyMatch(other.methods::contains)
                && !requirement.equals(other.requirement);
    }

    private static void checkMethod(String method) {
        boolean isToken = !method.isEmpty() && method.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || c == '-');
        if (!isToken || method.equals("TRACE") || method.equals("CONNECT")) {
            throw ConfigurationException.of(
                    "route",
                    method,
                    "name methods in capitals, separated by commas; TRACE and CONNECT are never served");
        }
        MethodName.nearest(method).ifPresent(nearest -> {
            throw ConfigurationException.of(
                    "route", method, "'" + method + "' is not a registered method; did you mean " + nearest + "?");
        });
    }

    private static void checkPattern(String pattern) {
        boolean isPath =
                pattern.startsWith("/") && pattern.chars().noneMatch(c -> c <= 0x20 || "\\%;?#".indexOf(c) >= 0);
        if (!isPath || !segmentsAreClear(pattern)) {
            throw ConfigurationException.of(
                    "route",
                    pattern,
                    "write a decoded path that starts with '/', where a segment is a name, '*' or a variable such as"
                            + " '{tenant}', and the last may be '**'");
        }
        if (!PathVariables.areDistinct(pattern)) {
            throw ConfigurationException.of("route", pattern, "give each variable of the path a name of its own");
        }
    }

    private static boolean segmentsAreClear(String pattern) {
        String[] segments = pattern.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean isLast = i == segments.length - 1;
            if ((segments[i].isEmpty() && !isLast) || segments[i].equals(".") || segments[i].equals("..")) {
                return false;
            }
            if (isSpecial(segments[i]) && !isOneOfAny(segments[i]) && !(segments[i].equals("**") && isLast)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSpecial(String segment) {
        return segment.chars().anyMatch(c -> "*{}".indexOf(c) >= 0);
    }

    private static boolean isOneOfAny(String segment) {
        return segment.equals("*") || PathVariables.isVariable(segment);
    }
}
