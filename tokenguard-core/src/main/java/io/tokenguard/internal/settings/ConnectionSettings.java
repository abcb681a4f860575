package io.tokenguard.internal.settings;

import io.tokenguard.access.AddressRange;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one issuer is reached.
 *
 * @param tls files with certificates and keys for TLS
 * @param bearerTokenFile the file with a bearer token for the keys and the metadata; empty if they need none
 * @param headers further header fields of each request, by their names
 * @param proxy {@code host:port} of an HTTP proxy, or {@code none}; empty for that of the process
 * @param httpRanges addresses from which keys may come over plain http
 * @param metadata where the metadata is
 */
public record ConnectionSettings(
        TlsFiles tls,
        Optional<Path> bearerTokenFile,
        Map<String, String> headers,
        Optional<String> proxy,
        List<AddressRange> httpRanges,
        MetadataSettings metadata) {
    /** Connections as the platform makes them. */
    public static final ConnectionSettings USUAL = new ConnectionSettings(
            TlsFiles.NONE,
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            List.of(),
            new MetadataSettings(Optional.empty(), Optional.empty()));

    /** The value of {@link #proxy} that uses no proxy at all. */
    public static final String NO_PROXY = "none";

    /** Copies the collections. */
    public ConnectionSettings {
        headers = Map.copyOf(headers);
        httpRanges = List.copyOf(httpRanges);
    }

    /**
     * Files for TLS.
     *
     * @param caFile PEM certificates of the only authorities that are trusted; empty for those of the platform
     * @param trustStore the same in a key store
     * @param clientKeyStore certificate and key of this API
     */
    public record TlsFiles(Optional<Path> caFile, Optional<StoreFile> trustStore, Optional<StoreFile> clientKeyStore) {
        /** What the platform has. */
        public static final TlsFiles NONE = new TlsFiles(Optional.empty(), Optional.empty(), Optional.empty());

        /** Whether any file is named. */
        public boolean areNamed() {
            return caFile.isPresent() || trustStore.isPresent() || clientKeyStore.isPresent();
        }
    }

    /** A key store in a file. */
    public record StoreFile(Path file, String password) {
        /** Shows no password. */
        @Override
        public String toString() {
            return "StoreFile[" + file + "]";
        }
    }

    /**
     * Where the metadata is.
     *
     * @param uri its address; empty for the well-known ones of the issuer
     * @param issuer what it names as issuer; empty if that is the issuer's identifier
     */
    public record MetadataSettings(Optional<URI> uri, Optional<String> issuer) {
        boolean isSet() {
            return uri.isPresent() || issuer.isPresent();
        }
    }

    /** Shows nothing: header fields may hold secrets. */
    @Override
    public String toString() {
        return "ConnectionSettings[not shown]";
    }
}
