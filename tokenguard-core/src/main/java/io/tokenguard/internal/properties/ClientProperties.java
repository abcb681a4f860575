package io.tokenguard.internal.properties;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.internal.jose.AssertionSigner;
import io.tokenguard.internal.jose.KeyFileForm;
import io.tokenguard.internal.jose.MalformedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Collects, from properties, how this API authenticates to an endpoint of an issuer. Not thread-safe. */
final class ClientProperties {
    /** The possible settings, by the last part of their property. */
    enum Part {
        ID("client-id"),
        SECRET("client-secret"),
        AUTH("client-auth"),
        KEY("client-key-file"),
        KEY_STORE("client-key-store"),
        KEY_STORE_PASSWORD("client-key-store-password"),
        BEARER("bearer-token");

        private final String key;

        Part(String key) {
            this.key = key;
        }
    }

    private final Map<Part, String> parts = new EnumMap<>(Part.class);

    void set(Part part, String text) {
        parts.put(part, text);
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /**
     * The settings.
     *
     * @param start the beginning of the keys
     * @throws ConfigurationException if one is missing, malformed, or contradicts another
     */
    ClientAuthentication build(String start) {
        String method = parts.getOrDefault(Part.AUTH, likely());
        requireOneCredential(start, method);
        return switch (method) {
            case "client_secret_basic" -> ClientAuthentication.basic(part(Part.ID, start), part(Part.SECRET, start));
            case "client_secret_post" -> ClientAuthentication.post(part(Part.ID, start), part(Part.SECRET, start));
            case "private_key_jwt" -> signed(start);
            case "tls_client_auth" -> ClientAuthentication.certificate(part(Part.ID, start), tls(start));
            case "bearer" -> ClientAuthentication.bearer(part(Part.BEARER, start));
            case "none" -> ClientAuthentication.none();
            default ->
                throw ConfigurationException.of(
                        start + Part.AUTH.key,
                        method,
                        "name one of client_secret_basic, client_secret_post, private_key_jwt, tls_client_auth, bearer, none");
        };
    }

    private String likely() {
        if (parts.containsKey(Part.KEY)) {
            return "private_key_jwt";
        }
        if (parts.containsKey(Part.KEY_STORE)) {
            return "tls_client_auth";
        }
        return parts.containsKey(Part.BEARER) ? "bearer" : "client_secret_basic";
    }

    private static Optional<Part> credentialOf(String method) {
        return switch (method) {
            case "client_secret_basic", "client_secret_post" -> Optional.of(Part.SECRET);
            case "private_key_jwt" -> Optional.of(Part.KEY);
            case "tls_client_auth" -> Optional.of(Part.KEY_STORE);
            case "bearer" -> Optional.of(Part.BEARER);
            default -> Optional.empty();
        };
    }

    private void requireOneCredential(String start, String method) {
        for (Part credential : new Part[] {Part.SECRET, Part.KEY, Part.KEY_STORE, Part.BEARER}) {
            if (parts.containsKey(credential) && !credentialOf(method).equals(Optional.of(credential))) {
                throw ConfigurationException.of(
                        start + credential.key,
                        "(not shown)",
                        "it is not used with " + method + ", which " + start + Part.AUTH.key
                                + " or the other settings select; leave one out");
            }
        }
    }

    private String part(Part part, String start) {
        return Optional.ofNullable(parts.get(part))
                .orElseThrow(() -> ConfigurationException.missing(
                        start + part.key, "this API is a client there; set it, or " + start + Part.AUTH.key));
    }

    private ClientAuthentication signed(String start) {
        String file = part(Part.KEY, start);
        try {
            byte[] content = Files.readAllBytes(Path.of(file));
            Optional<String> mistake = KeyFileForm.mistake(content);
            if (mistake.isPresent()) {
                throw ConfigurationException.of(
                        start + Part.KEY.key, file, mistake.get() + "; name a file with one private JWK");
            }
            AssertionSigner signer = AssertionSigner.read(content);
            return ClientAuthentication.privateKeyJwt(
                    part(Part.ID, start), signer.key(), signer.algorithm(), signer.keyId());
        } catch (IOException | MalformedException unusable) {
            throw ConfigurationException.of(
                    start + Part.KEY.key, file, "name a readable file with one private JWK that has alg and kid");
        }
    }

    private SSLContext tls(String start) {
        String file = part(Part.KEY_STORE, start);
        char[] password = parts.getOrDefault(Part.KEY_STORE_PASSWORD, "").toCharArray();
        try (InputStream stream = Files.newInputStream(Path.of(file))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(stream, password);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(keys.getKeyManagers(), null, null);
            return tls;
        } catch (IOException | GeneralSecurityException unusable) {
            throw ConfigurationException.of(
                    start + Part.KEY_STORE.key,
                    file,
                    "name a PKCS #12 file, and its password in " + start + Part.KEY_STORE_PASSWORD.key);
        }
    }
}
