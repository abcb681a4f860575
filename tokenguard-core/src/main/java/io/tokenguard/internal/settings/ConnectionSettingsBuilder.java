package io.tokenguard.internal.settings;

import io.tokenguard.access.AddressRange;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.bounds.Bounds;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects how one issuer is reached. Not thread-safe. */
public final class ConnectionSettingsBuilder {
    /** Fields that the connection, the fetch or another setting writes. */
    private static final Set<String> OWN_FIELDS = Set.of(
            "accept",
            "accept-encoding",
            "authorization",
            "connection",
            "content-length",
            "content-type",
            "expect",
            "host",
            "if-none-match",
            "proxy-authorization",
            "transfer-encoding",
            "upgrade");

    private static final String HEADERS = "tokenguard.jwks.headers";
    private static final int MOST_PORT = 65_535;

    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private Optional<Path> caFile = Optional.empty();
    private @Nullable Path trustStore;
    private String trustStorePassword = "";
    private @Nullable Path clientKeyStore;
    private String clientKeyStorePassword = "";
    private Optional<Path> bearerTokenFile = Optional.empty();
    private Optional<String> proxy = Optional.empty();
    private List<AddressRange> httpRanges = List.of();
    private Optional<URI> metadataUri = Optional.empty();
    private Optional<String> metadataIssuer = Optional.empty();

    /** Certificates of the only authorities that are trusted. */
    public void caFile(Path file) {
        caFile = Optional.of(file);
    }

    /** The same in a key store. */
    public void trustStore(Path file) {
        trustStore = file;
    }

    /** Its password. */
    public void trustStorePassword(String password) {
        trustStorePassword = password;
    }

    /** Certificate and key of this API. */
    public void clientKeyStore(Path file) {
        clientKeyStore = file;
    }

    /** Its password. */
    public void clientKeyStorePassword(String password) {
        clientKeyStorePassword = password;
    }

    /** The file with a bearer token. */
    public void bearerTokenFile(Path file) {
        bearerTokenFile = Optional.of(file);
    }

    /** Further header fields, each as {@code Name: value}. */
    public void headers(String... fields) {
        for (String field : fields) {
            int colon = field.indexOf(':');
            header(
                    field.substring(0, Math.max(colon, 0)).strip(),
                    field.substring(colon + 1).strip());
        }
    }

    /** A further header field (RFC 9110 §5). */
    public void header(String name, String value) {
        boolean isName = !name.isEmpty() && name.chars().allMatch(ConnectionSettingsBuilder::isNameCharacter);
        boolean isValue = !value.isEmpty() && value.chars().allMatch(c -> c >= ' ' && c < 0x7F);
        if (!isName || !isValue) {
            throw ConfigurationException.because(
                    HEADERS, "has a malformed field (not shown)", "write Name: value, separated by commas, in ASCII");
        }
        if (OWN_FIELDS.contains(name.toLowerCase(Locale.ROOT))) {
            throw ConfigurationException.because(
                    HEADERS,
                    "sets " + name,
                    "leave it out; tokenguard.jwks.bearer-token-file sets Authorization, and the others belong to the"
                            + " connection");
        }
        headers.put(name, value);
    }

    /** RFC 9110 §5.6.2. */
    private static boolean isNameCharacter(int c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    /** {@code host:port} of an HTTP proxy, or {@code none}. */
    public void proxy(String address) {
        int colon = address.lastIndexOf(':');
        boolean isNone = address.equals(ConnectionSettings.NO_PROXY);
        boolean isHost = colon > 0 && address.chars().noneMatch(c -> c == '/' || c == '@' || c <= ' ');
        if (!isNone && !(isHost && isPort(address.substring(colon + 1)))) {
            throw ConfigurationException.of(
                    "tokenguard.jwks.proxy",
                    address,
                    "write host:port of an HTTP proxy, without a scheme, user name or password, or write none");
        }
        proxy = Optional.of(address);
    }

    private static boolean isPort(String digits) {
        return !digits.isEmpty()
                && digits.length() <= 5
                && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(digits) > 0
                && Integer.parseInt(digits) <= MOST_PORT;
    }

    /** Addresses from which keys may come over plain http. */
    public void allowHttpFor(String... ranges) {
        httpRanges = Bounds.texts("tokenguard.jwks.allow-http-for", ranges).stream()
                .map(ConnectionSettingsBuilder::range)
                .toList();
    }

    private static AddressRange range(String text) {
        try {
            return AddressRange.parse(text);
        } catch (ConfigurationException wrong) {
            throw ConfigurationException.of("tokenguard.jwks.allow-http-for", text, wrong.remedy());
        }
    }

    /** The address of the metadata. */
    public void metadataUri(URI address) {
        metadataUri = Optional.of(address);
    }

    /** What the metadata names as issuer. */
    public void metadataIssuer(String identifier) {
        metadataIssuer = Optional.of(Bounds.text("tokenguard.metadata-issuer", identifier));
    }

    ConnectionSettings build(String keyPrefix) {
        requireOneTrust(keyPrefix);
        requireStore(keyPrefix + "jwks.trust-store", trustStore, trustStorePassword);
        requireStore(keyPrefix + "jwks.client-key-store", clientKeyStore, clientKeyStorePassword);
        return isUsual() ? ConnectionSettings.USUAL : settings();
    }

    private boolean isUsual() {
        return trustStore == null
                && clientKeyStore == null
                && headers.isEmpty()
                && httpRanges.isEmpty()
                && Stream.of(caFile, bearerTokenFile, proxy, metadataUri, metadataIssuer)
                        .allMatch(Optional::isEmpty);
    }

    private ConnectionSettings settings() {
        return new ConnectionSettings(
                new ConnectionSettings.TlsFiles(
                        caFile, store(trustStore, trustStorePassword), store(clientKeyStore, clientKeyStorePassword)),
                bearerTokenFile,
                headers,
                proxy,
                httpRanges,
                new ConnectionSettings.MetadataSettings(metadataUri, metadataIssuer));
    }

    private void requireOneTrust(String keyPrefix) {
        if (caFile.isPresent() && trustStore != null) {
            throw ConfigurationException.of(
                    keyPrefix + "jwks.ca-file",
                    caFile.get(),
                    keyPrefix + "jwks.trust-store is set too; both name the trusted authorities, leave one out");
        }
    }

    private static void requireStore(String key, @Nullable Path file, String password) {
        if (file == null && !password.isEmpty()) {
            throw ConfigurationException.missing(key, "its password is set; name the key store, or leave both out");
        }
    }

    private static Optional<ConnectionSettings.StoreFile> store(@Nullable Path file, String password) {
        return Stream.ofNullable(file)
                .map(path -> new ConnectionSettings.StoreFile(path, password))
                .findFirst();
    }
}
