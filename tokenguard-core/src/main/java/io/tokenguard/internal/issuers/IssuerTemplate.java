package io.tokenguard.internal.issuers;

import io.tokenguard.access.ConfigurationException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A pattern of issuer identifiers: {@code *} matches a name of letters, digits, {@code -} and {@code _}, such as a tenant's.
 * In a host it matches a label of lower-case letters, digits and {@code -} (RFC 1123 §2.1).
 *
 * @param literals the texts before, between and after the names
 * @param isNamedInHost whether the first name is a label of the host
 */
public record IssuerTemplate(List<String> literals, boolean isNamedInHost) {
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_LABEL = 63;

    /** A host with {@code *} at most as its first label before two or more; or an IPv6 address; and a port. */
    private static final Pattern HOST =
            Pattern.compile("(\\*(\\.[a-z0-9-]+)+\\.[a-z][a-z0-9-]*|[A-Za-z0-9.-]+|\\[[0-9a-fA-F:.]+])(:\\d{1,5})?");

    /**
     * Reads a template. {@code *} stands for a whole path segment, or for the left-most label of a host that has at least two
     * more labels.
     *
     * @throws ConfigurationException if {@code *} is anywhere else, or the address has user info, a query or a fragment
     */
    public static IssuerTemplate of(String key, String issuer) {
        boolean isWeb = issuer.startsWith("https://") || issuer.startsWith("http://");
        String rest = isWeb ? issuer.substring(issuer.indexOf("://") + 3) : "";
        int slash = rest.indexOf('/') < 0 ? rest.length() : rest.indexOf('/');
        boolean isPlain = isWeb && rest.chars().noneMatch(c -> "?#@\\%".indexOf(c) >= 0);
        if (!isPlain || !isHost(rest.substring(0, slash)) || !areSegments(rest.substring(slash))) {
            throw ConfigurationException.of(
                    key,
                    issuer,
                    "write * as a whole path segment (https://login.example.com/tenants/*), or as the first label before"
                            + " at least two fixed labels of the host (https://*.login.example.com), without user info,"
                            + " query and fragment");
        }
        return new IssuerTemplate(List.of(issuer.split("\\*", -1)), isNamedInHost(issuer));
    }

    private static boolean isNamedInHost(String issuer) {
        return issuer.startsWith("https://*") || issuer.startsWith("http://*");
    }

    private static boolean isHost(String authority) {
        return HOST.matcher(authority).matches();
    }

    private static boolean areSegments(String path) {
        return Arrays.stream(path.split("/", -1)).allMatch(segment -> segment.equals("*") || segment.indexOf('*') < 0);
    }

    /** An example of a matching issuer, to check what all of them have in common. */
    public String sample() {
        return String.join("x", literals);
    }

    /** The host of one of the issuers, with its port, if it has one. */
    String host() {
        String rest = sample().substring(sample().indexOf("://") + 3);
        int slash = rest.indexOf('/');
        return slash < 0 ? rest : rest.substring(0, slash);
    }

    /** Whether an issuer is one of those that are meant. Takes time in proportion to its length, whatever it is. */
    public boolean matches(String issuer) {
        int at = 0;
        for (int i = 0; i < literals.size(); i++) {
            String literal = literals.get(i);
            if (!issuer.startsWith(literal, at)) {
                return false;
            }
            at += literal.length();
            if (i < literals.size() - 1) {
                int end = endOfName(issuer, at);
                if (end == at || end - at > LONGEST_NAME || (isInHost(i) && !isLabel(issuer.substring(at, end)))) {
                    return false;
                }
                at = end;
            }
        }
        return at == issuer.length();
    }

    private boolean isInHost(int name) {
        return isNamedInHost && name == 0;
    }

    private static boolean isLabel(String name) {
        return name.length() <= LONGEST_LABEL
                && name.charAt(0) != '-'
                && name.charAt(name.length() - 1) != '-'
                && name.chars().noneMatch(c -> c == '_' || (c >= 'A' && c <= 'Z'));
    }

    private static int endOfName(String issuer, int start) {
        int end = start;
        while (end < issuer.length() && isNameCharacter(issuer.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isNameCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
}
