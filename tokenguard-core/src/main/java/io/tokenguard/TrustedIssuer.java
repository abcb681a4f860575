package io.tokenguard;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.Introspection;
import io.tokenguard.internal.settings.IssuerSettings;
import io.tokenguard.internal.settings.IssuerSettingsBuilder;

/**
 * An issuer whose access tokens are accepted, and how they are validated. Immutable.
 *
 * @see #builder(String)
 */
public final class TrustedIssuer {
    private final IssuerSettings settings;

    TrustedIssuer(IssuerSettings settings) {
        this.settings = settings;
    }

    /**
     * Starts the configuration of an issuer.
     *
     * @param issuer its identifier, exactly as in {@code iss}; for discovery an https address (RFC 8414 §2)
     */
    public static TrustedIssuerBuilder builder(String issuer) {
        return new TrustedIssuerBuilder(IssuerSettingsBuilder.of(issuer));
    }

    /**
     * Starts the configuration of an issuer of which only the introspection endpoint is known: for an API of opaque tokens
     * only (RFC 7662). The endpoint may answer for any issuer; the {@code iss} of its answers is passed on.
     *
     * @param introspection with the address of the endpoint
     * @throws ConfigurationException if it has none
     */
    public static TrustedIssuerBuilder opaque(Introspection introspection) {
        return new TrustedIssuerBuilder(IssuerSettingsBuilder.opaque(introspection));
    }

    /** Its identifier, or the template of its tenants' identifiers. */
    public String issuer() {
        return settings.issuer();
    }

    IssuerSettings settings() {
        return settings;
    }

    /** Contains the identifier only. */
    @Override
    public String toString() {
        return "TrustedIssuer[" + issuer() + "]";
    }
}
