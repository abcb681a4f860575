package io.tokenguard.internal.assembly;

import io.tokenguard.access.Revocation;
import io.tokenguard.internal.settings.IssuerSettings;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The issuers whose tokens an operator can revoke. A revocation for any other issuer hits no token.
 *
 * @param issuers the trusted issuers
 */
record RevocableIssuers(Collection<IssuerSettings> issuers) {
    private static final Logger LOG = LoggerFactory.getLogger("io.tokenguard.TokenGuard");

    /**
     * Whether the issuer of a revocation is trusted; logs a warning if it is not. A revocation holds its hash only: what a
     * template or an endpoint for opaque tokens stands for is not known by it, so true if one of those is configured.
     */
    boolean include(Revocation revocation) {
        boolean isIncluded = revocation.issuer().isEmpty()
                || issuers.stream()
                        .anyMatch(issuer -> issuer.isTemplate()
                                || issuer.isUnnamed()
                                || Revocation.issuer(issuer.issuer()).issuer().equals(revocation.issuer()));
        if (!isIncluded) {
            LOG.warn(
                    "A revocation names an issuer that is not trusted and revokes no token now; trusted are {}. Revoke again"
                            + " with the issuer exactly as it is written there",
                    issuers.stream().map(IssuerSettings::issuer).toList());
        }
        return isIncluded;
    }
}
