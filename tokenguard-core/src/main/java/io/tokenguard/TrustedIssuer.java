package io.tokenguard;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.Dialect;
import io.tokenguard.config.Introspection;
import io.tokenguard.internal.assembly.DialectDescription;
import io.tokenguard.internal.settings.IssuerSettings;
import io.tokenguard.internal.settings.IssuerSettingsBuilder;
import java.util.Map;

/**
 * An issuer whose access tokens are accepted, and on which terms. Immutable.
 *
 * @see #builder(String)
 */
public final class TrustedIssuer {
    private final IssuerSettings settings;

    TrustedIssuer(IssuerSettings settings) {
        this.settings = settings;
    }

    /**
     * Starts to describe an issuer.
     *
     * @param issuer its identifier, to the letter as it stands in {@code iss}; for discovery an https address (RFC 8414 §2)
     */
    public static TrustedIssuerBuilder builder(String issuer) {
        return new TrustedIssuerBuilder(IssuerSettingsBuilder.of(issuer));
    }

    /**
     * Starts to describe an issuer of which nothing is known but its introspection endpoint: for an API of opaque tokens only
     * (RFC 7662). The endpoint may answer for any issuer; what it names as {@code iss} is passed on.
     *
     * @param introspection with the address of the endpoint
     * @throws ConfigurationException if it has none
     */
    public static TrustedIssuerBuilder opaque(Introspection introspection) {
        return new TrustedIssuerBuilder(IssuerSettingsBuilder.opaque(introspection));
    }

    /**
     * The settings that a dialect stands for, as properties such as {@code tokenguard.token-types}, in a fixed order. Empty for
     * {@link Dialect#AUTO}.
     */
    public static Map<String, String> settingsOf(Dialect dialect) {
        return DialectDescription.of(dialect);
    }

    /** Its identifier, or the template of its tenants' identifiers. */
    public String issuer() {
        return settings.issuer();
    }

    IssuerSettings settings() {
        return settings;
    }

    /** Shows the identifier only. */
    @Override
    public String toString() {
        return "TrustedIssuer[" + issuer() + "]";
    }
}
