package io.tokenguard.internal.token;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Guesses why a token names other audiences than the configured ones. For hints to the operator only. */
final class AudienceMistake {
    private static final int ID_LENGTH = 36;
    private static final Set<String> ENTRA = Set.of("entra-id", "entra-id-v1", "azure-b2c");
    private static final String ID_URI = "api://";

    private AudienceMistake() {}

    /**
     * What is probably wrong; empty if nothing is recognized.
     *
     * @param claims the claims of the token
     * @param dialect the name of the dialect in force
     * @param keyPrefix what the keys of the issuer's settings begin with
     * @param expected the configured audiences
     */
    static String hint(Map<String, @Nullable Object> claims, String dialect, String keyPrefix, String expected) {
        List<String> audiences = texts(claims.get("aud"));
        String issuer = String.valueOf(claims.get("iss"));
        if (!audiences.isEmpty()
                && audiences.stream().allMatch(audience -> OthersAudience.includes(audience, dialect, issuer))) {
            return "the token is for another API of the issuer: " + OthersAudience.remedy(dialect);
        } else if (dialect.equals("cognito") && audiences.isEmpty()) {
            return "access tokens of Cognito name the client and no API: set " + keyPrefix
                    + "audiences to the IDs of the clients that may call this API";
        }
        return ENTRA.contains(dialect) ? ofEntra(audiences, keyPrefix, expected) : "";
    }

    private static String ofEntra(List<String> audiences, String keyPrefix, String expected) {
        if (expected.contains(ID_URI)
                && audiences.stream().anyMatch(audience -> audience.length() == ID_LENGTH && hasId(audience))) {
            return "tokens of version 2.0 name an API by its application (client) ID: if it is this API's, set "
                    + keyPrefix + "audiences to it";
        }
        return hasId(expected) && audiences.stream().anyMatch(audience -> audience.startsWith(ID_URI))
                ? "tokens of version 1.0 name an API by its application ID URI: if it is this API's, set " + keyPrefix
                        + "audiences to it"
                : "";
    }

    /** Whether a text has hyphens where a UUID has them (RFC 9562 section 4). */
    private static boolean hasId(String text) {
        for (int start = 0; start + ID_LENGTH <= text.length(); start++) {
            if (text.charAt(start + 8) == '-'
                    && text.charAt(start + 13) == '-'
                    && text.charAt(start + 18) == '-'
                    && text.charAt(start + 23) == '-') {
                return true;
            }
        }
        return false;
    }

    private static List<String> texts(@Nullable Object value) {
        if (value instanceof String text) {
            return List.of(text);
        }
        return value instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }
}
