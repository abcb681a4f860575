package io.tokenguard.internal.issuers;

import io.tokenguard.access.RefusedException.Finding;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the trusted issuer that an unknown one was probably meant to be, and says how they differ. */
final class NearestIssuer {
    /** So that the cost of a refusal is bounded. */
    private static final int MOST_COMPARED = 64;

    private static final int MOST_SHOWN = 4;
    private static final int LONGEST = 512;
    private static final String ENTRA_V1 = "https://sts.windows.net/";
    private static final String VERSION =
            "this is a token of version 1.0 of Microsoft Entra ID: set requestedAccessTokenVersion"
                    + " (formerly accessTokenAcceptedVersion) to 2 in the manifest of this API's app registration";

    private NearestIssuer() {}

    static Finding explain(String issuer, Collection<String> trusted) {
        String found = issuer.substring(0, Math.min(LONGEST, issuer.length()));
        List<String> compared = trusted.stream().sorted().limit(MOST_COMPARED).toList();
        for (Difference difference : Difference.values()) {
            Optional<String> near = compared.stream()
                    .filter(name -> difference.isTheOnlyOne(found, name))
                    .findFirst();
            if (near.isPresent()) {
                return Finding.of(found, near.get())
                        .hint("it differs from the trusted issuer " + near.get() + " in " + difference.words
                                + "; issuers are compared to the letter");
            }
        }
        if (found.startsWith(ENTRA_V1) && compared.stream().anyMatch(NearestIssuer::isEntraV2)) {
            return Finding.of(found, compared.stream().limit(MOST_SHOWN).toList())
                    .hint(VERSION);
        }
        String others = trusted.size() > MOST_SHOWN ? ", and " + (trusted.size() - MOST_SHOWN) + " more" : "";
        return Finding.of(found, compared.stream().limit(MOST_SHOWN).toList() + others);
    }

    private static boolean isEntraV2(String name) {
        return name.startsWith("https://login.microsoftonline.com/") && name.contains("/v2.0");
    }

    /** How two addresses may differ, the smallest difference first. */
    private enum Difference {
        SLASH("the slash at its end"),
        CASE("upper and lower case"),
        SCHEME("its scheme"),
        HOST("its host"),
        PATH("its path");

        private final String words;

        Difference(String words) {
            this.words = words;
        }

        boolean isTheOnlyOne(String one, String other) {
            return switch (this) {
                case SLASH -> withoutSlash(one).equals(withoutSlash(other));
                case CASE -> one.equalsIgnoreCase(other);
                case SCHEME -> isAddress(one) && isAddress(other) && rest(one).equals(rest(other));
                case HOST -> path(one).length() > 1 && path(one).equals(path(other));
                case PATH -> isAddress(one) && host(one).equals(host(other));
            };
        }

        private static String withoutSlash(String address) {
            return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        }

        private static boolean isAddress(String text) {
            return text.contains("://");
        }

        private static String rest(String address) {
            return address.substring(address.indexOf("://") + 3);
        }

        private static String host(String address) {
            String rest = isAddress(address) ? rest(address) : "";
            int slash = rest.indexOf('/');
            return (slash < 0 ? rest : rest.substring(0, slash)).toLowerCase(Locale.ROOT);
        }

        private static String path(String address) {
            String rest = isAddress(address) ? rest(address) : "";
            int slash = rest.indexOf('/');
            return slash < 0 ? "" : rest.substring(slash);
        }
    }
}
