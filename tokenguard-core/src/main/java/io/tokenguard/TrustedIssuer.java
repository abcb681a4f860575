package io.tokenguard;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.Dialect;
import io.tokenguard.config.Introspection;
import io.tokenguard.internal.assembly.DialectDescription;
import io.tokenguard.internal.settings.ConnectionSettingsBuilder;
import io.tokenguard.internal.settings.IssuerSettings;
import io.tokenguard.internal.settings.IssuerSettingsBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

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
     * Starts the configuration of an issuer with only an introspection endpoint, for APIs that accept only opaque tokens (RFC
     * 7662). The endpoint may answer for any issuer; the {@code iss} of its answers is passed on.
     *
     * @param introspection with the address of the endpoint
     * @throws ConfigurationException if it has none
     */
    public static TrustedIssuerBuilder opaque(Introspection introspection) {
        return new TrustedIssuerBuilder(IssuerSettingsBuilder.opaque(introspection));
    }

    /**
     * The settings of a dialect, as properties such as {@code tokenguard.token-types}, in a fixed order. Empty for
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

    /** Contains only the identifier. */
    @Override
    public String toString() {
        return "TrustedIssuer[" + issuer() + "]";
    }

    /**
     * The connection to an issuer: for its keys, its metadata and its status lists, and (without bearer token and plain http)
     * for its introspection endpoint. Not thread-safe; do not change it after passing it to
     * {@link TrustedIssuerBuilder#connection}.
     */
    public static final class Connection {
        private final List<Consumer<ConnectionSettingsBuilder>> changes = new ArrayList<>();

        private Connection() {}

        /** The platform's defaults: its trusted authorities, and the proxy of the process. */
        public static Connection usual() {
            return new Connection();
        }

        /** Trusts the authorities in a PEM file, and no others. Default: those of the platform. */
        public Connection caFile(Path pem) {
            return with(settings -> settings.caFile(pem));
        }

        /** Trusts the authorities in a key store (PKCS #12 or JKS), and no others. Default: those of the platform. */
        public Connection trustStore(Path file, String password) {
            return with(settings -> {
                settings.trustStore(file);
                settings.trustStorePassword(password);
            });
        }

        /** Authenticates with the certificate in a key store (mutual TLS; PKCS #12 or JKS). Default: none. */
        public Connection clientKeyStore(Path file, String password) {
            return with(settings -> {
                settings.clientKeyStore(file);
                settings.clientKeyStorePassword(password);
            });
        }

        /**
         * Authenticates with the bearer token in a file, which is read before each request. It is sent for keys and metadata,
         * over https or on this machine only. Default: none.
         */
        public Connection bearerTokenFile(Path file) {
            return with(settings -> settings.bearerTokenFile(file));
        }

        /**
         * Adds a header field to each request (RFC 9110 §5).
         *
         * @throws ConfigurationException if it is malformed, or belongs to the connection
         */
        public Connection header(String name, String value) {
            return with(settings -> settings.header(name, value));
        }

        /**
         * Connects through an HTTP proxy, {@code host:port}, or through none, {@code none}. Default: that of the system
         * properties, else that of the environment variables {@code https_proxy}, {@code http_proxy} and {@code no_proxy}.
         */
        public Connection proxy(String address) {
            return with(settings -> settings.proxy(address));
        }

        /**
         * Accepts keys over plain http from these addresses, such as {@code 10.0.0.0/8}. Anyone who can alter traffic there
         * can make keys trusted. Default: from this machine only.
         */
        public Connection allowHttpFor(String... ranges) {
            return with(settings -> settings.allowHttpFor(ranges));
        }

        /** Reads the metadata from this address. Default: the issuer's well-known addresses (RFC 8414 §3). */
        public Connection metadataUri(URI address) {
            return with(settings -> settings.metadataUri(address));
        }

        /** The expected {@code issuer} in the metadata. Default: the issuer's identifier (RFC 8414 §3.3). */
        public Connection metadataIssuer(String identifier) {
            return with(settings -> settings.metadataIssuer(identifier));
        }

        private Connection with(Consumer<ConnectionSettingsBuilder> change) {
            change.accept(new ConnectionSettingsBuilder());
            changes.add(change);
            return this;
        }

        void apply(ConnectionSettingsBuilder settings) {
            changes.forEach(change -> change.accept(settings));
        }

        /** Shows nothing: it may contain secrets. */
        @Override
        public String toString() {
            return "Connection[not shown]";
        }
    }
}
