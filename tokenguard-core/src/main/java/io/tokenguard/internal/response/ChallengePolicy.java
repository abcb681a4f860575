package io.tokenguard.internal.response;

import io.tokenguard.access.ConfigurationException;
import java.util.List;

/**
 * What answers say and leave unsaid.
 *
 * @param realm the protection space that challenges name (RFC 9110 §11.5)
 * @param isUniform whether every bad token is answered with the same bytes
 * @param acrOrder values of {@code acr}, the weakest first
 */
public record ChallengePolicy(String realm, boolean isUniform, List<String> acrOrder) {
    /**
     * Checks the realm and copies the order.
     *
     * @throws ConfigurationException if the realm holds a quote, a backslash or anything but printable ASCII
     */
    public ChallengePolicy {
        boolean isQuotable = realm.chars().allMatch(c -> c >= 0x20 && c < 0x7F && c != '"' && c != '\\');
        if (realm.isEmpty() || !isQuotable) {
            throw ConfigurationException.of(
                    "tokenguard.realm", realm, "use printable ASCII without quotes and backslashes");
        }
        acrOrder = List.copyOf(acrOrder);
    }
}
