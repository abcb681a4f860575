package io.tokenguard.internal.response;

import io.tokenguard.access.ConfigurationException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What answers tell callers.
 *
 * @param realm the protection space in challenges (RFC 9110 §11.5)
 * @param isUniform whether every bad token gets the same answer, byte by byte
 * @param tellsScope whether every 401 names the scope, and not only those to requests without credentials
 * @param acrOrder values of {@code acr}, the weakest first
 * @param dpop what is stated about proofs
 * @param metadata the address of the API's metadata (RFC 9728 §5.1); empty if there is none
 */
public record ChallengePolicy(
        String realm,
        boolean isUniform,
        boolean tellsScope,
        List<String> acrOrder,
        DpopOffer dpop,
        Optional<URI> metadata) {
    /**
     * Checks the realm and copies the order.
     *
     * @throws ConfigurationException if the realm contains a quote, a backslash or anything but printable ASCII
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
