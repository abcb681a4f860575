package io.tokenguard.internal.assembly;

import io.tokenguard.access.Revocation;
import io.tokenguard.internal.audit.SafeText;
import io.tokenguard.internal.issuers.IssuerRegistry;
import io.tokenguard.internal.settings.IssuerSettings;
import java.util.List;

/**
 * The issuers whose tokens an application can revoke. A revocation for another issuer matches no token that is accepted; it is
 * a mistake in the name, such as a missing slash, and would be taken for a success.
 *
 * @param issuers those that are trusted by a name or by a template
 * @param acceptsAny whether introspected tokens may name any issuer
 * @param names the names and templates, for the message
 */
record RevocableIssuers(IssuerRegistry issuers, boolean acceptsAny, List<String> names) {
    private static final int MOST_SHOWN = 8;

    static RevocableIssuers of(AssembledGuard guard) {
        List<IssuerSettings> trusted = guard.settings().issuers();
        return new RevocableIssuers(
                guard.parts().issuers(),
                trusted.stream().anyMatch(IssuerSettings::isUnnamed),
                trusted.stream().map(IssuerSettings::issuer).limit(MOST_SHOWN).toList());
    }

    void require(Revocation revocation) {
        revocation.origin().issuer().ifPresent(issuer -> {
            if (!acceptsAny && !issuers.isTrusted(issuer)) {
                throw new IllegalArgumentException("The revocation names the issuer " + SafeText.issuer(issuer)
                        + ", which is not trusted here: it would revoke nothing. Name an issuer exactly as its tokens do (iss);"
                        + " trusted are " + names);
            }
        });
    }
}
