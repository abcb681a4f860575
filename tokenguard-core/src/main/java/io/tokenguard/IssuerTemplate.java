package io.tokenguard;

import io.tokenguard.access.ConfigurationException;
import java.util.List;
import java.util.Set;

/**
 * Issuers that are named alike: {@code *} stands for a name of letters, digits, {@code -} and {@code _}, such as a tenant's.
 *
 * @param literals the texts before, between and after the names
 */
record IssuerTemplate(List<String> literals) {
    private static final int LONGEST_NAME = 64;

    static boolean isTemplate(String issuer) {
        return issuer.indexOf('*') >= 0;
    }

    /**
     * Requires tenants where an issuer has a place for them, and only there.
     *
     * @param key what the tenants are called in messages
     * @throws ConfigurationException if they are missing, or belong to nothing
     */
    static void requireTenants(String key, String issuer, Set<String> tenants, Dialect dialect) {
        boolean isTemplate = issuer.contains(TrustedIssuer.TENANT);
        if (isTemplate && tenants.isEmpty()) {
            throw ConfigurationException.missing(
                    key, "name the tenants that " + TrustedIssuer.TENANT + " in the issuer stands for");
        }
        if (!tenants.isEmpty() && (!isTemplate || dialect != Dialect.ENTRA_ID)) {
            throw ConfigurationException.of(
                    key,
                    String.join(",", tenants),
                    "they belong to dialect entra-id and to an issuer with " + TrustedIssuer.TENANT + " in it");
        }
    }

    /**
     * Reads a template.
     *
     * @throws ConfigurationException if it is not an https address with names in their places
     */
    static IssuerTemplate of(String key, String issuer) {
        IssuerTemplate template = new IssuerTemplate(List.of(issuer.split("\\*", -1)));
        boolean isClear = issuer.startsWith("https://") || issuer.startsWith("http://");
        for (int i = 1; i < template.literals.size(); i++) {
            String before = template.literals.get(i - 1);
            String after = template.literals.get(i);
            isClear &= !before.isEmpty() && !isNameCharacter(before.charAt(before.length() - 1));
            isClear &= after.isEmpty() ? i == template.literals.size() - 1 : !isNameCharacter(after.charAt(0));
        }
        if (!isClear || issuer.startsWith("https://*/") || issuer.endsWith("://*")) {
            throw ConfigurationException.of(
                    key, issuer, "let each * stand alone between dots or slashes, beside a host that you trust");
        }
        return template;
    }

    /** Whether an issuer is one of those that are meant. Takes time in proportion to its length, whatever it is. */
    boolean matches(String issuer) {
        int at = 0;
        for (int i = 0; i < literals.size(); i++) {
            String literal = literals.get(i);
            if (!issuer.startsWith(literal, at)) {
                return false;
            }
            at += literal.length();
            if (i < literals.size() - 1) {
                int end = endOfName(issuer, at);
                if (end == at || end - at > LONGEST_NAME) {
                    return false;
                }
                at = end;
            }
        }
        return at == issuer.length();
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
