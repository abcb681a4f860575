package io.tokenguard.internal.assembly;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.Preset;
import io.tokenguard.internal.response.ResourceDescription;
import io.tokenguard.internal.settings.GuardSettings;
import io.tokenguard.internal.settings.IssuerSettings;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks {@link Preset#MCP} against the other settings. */
final class McpPreset {
    private static final Logger LOG = LoggerFactory.getLogger("io.tokenguard.TokenGuard");
    private static final String OF_PRESET = "; tokenguard.preset is 'mcp'";

    private McpPreset() {}

    /**
     * Checks that no setting contradicts the preset, and logs what it changes.
     *
     * @param resource the API's metadata
     * @throws ConfigurationException if one does
     */
    static void apply(GuardSettings settings, Optional<ResourceDescription> resource) {
        if (settings.api().requests().allowsInsecureHttp()) {
            throw ConfigurationException.of(
                    "tokenguard.allow-insecure-http", true, "it requires TLS for tokens; leave it out" + OF_PRESET);
        }
        if (!settings.hidesCredentials()) {
            throw ConfigurationException.of(
                    "tokenguard.hide-credentials",
                    false,
                    "it requires that tokens are not passed on; leave it out" + OF_PRESET);
        }
        ResourceDescription described = resource.orElseThrow(() -> ConfigurationException.missing(
                "tokenguard.resource.uri", "set the server's own address, which clients use to find it" + OF_PRESET));
        settings.issuers()
                .forEach(issuer ->
                        requireOwnAudience(issuer, described.identifier().toString()));
        if (described.authorizationServers().isEmpty()) {
            throw ConfigurationException.missing(
                    "tokenguard.issuer-uri", "set an issuer with an address that clients can look up" + OF_PRESET);
        }
        LOG.info(
                "preset mcp: credentials are hidden from the application; every 401 names the scope; the API describes"
                        + " itself at {}",
                described.metadataAddress());
    }

    /** RFC 8707 §2: a token for this server has the server's address as audience. */
    private static void requireOwnAudience(IssuerSettings issuer, String own) {
        if (issuer.tokens().audience().mayBeMissing()) {
            throw ConfigurationException.of(
                    issuer.keyPrefix() + "accept-tokens-without-audience",
                    true,
                    "it requires tokens for this server; leave it out" + OF_PRESET);
        }
        if (!issuer.tokens().audiences().equals(Set.of(own))) {
            throw ConfigurationException.of(
                    issuer.keyPrefix() + "audiences",
                    String.join(",", issuer.tokens().audiences()),
                    "set " + own + ", which is tokenguard.resource.uri, and nothing else" + OF_PRESET);
        }
    }
}
