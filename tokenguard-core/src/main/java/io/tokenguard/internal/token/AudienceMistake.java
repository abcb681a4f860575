package io.tokenguard.internal.token;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Guesses why a token names other audiences than the configured ones. For hints to the operator only. */
final class AudienceMistake {
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
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
                && audiences.stream()
                        .anyMatch(audience -> UUID.matcher(audience).matches())) {
            return "tokens of version 2.0 name an API by its application (client) ID: if it is this API's, set "
                    + keyPrefix + "audiences to it";
        }
        return UUID.matcher(expected).find() && audiences.stream().anyMatch(audience -> audience.startsWith(ID_URI))
                ? "tokens of version 1.0 name an API by its application ID URI: if it is this API's, set " + keyPrefix
                        + "audiences to it"
                : "";
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
