package io.tokenguard.internal.assembly;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.settings.ConnectionSettings.StoreFile;
import io.tokenguard.internal.settings.ConnectionSettings.TlsFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collections;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Turns files with certificates and keys into a TLS context. They are read once, at start.
 *
 * @param keyPrefix the prefix of the issuer's properties, for messages
 * @param files the files
 */
public record IssuerTls(String keyPrefix, TlsFiles files) {
    /**
     * Keys and trusted authorities; empty for those of the platform.
     *
     * @throws ConfigurationException if a file can't be used
     */
    public static Optional<SSLContext> of(String keyPrefix, TlsFiles files) {
        return files.areNamed() ? Optional.of(new IssuerTls(keyPrefix, files).context()) : Optional.empty();
    }

    private SSLContext context() {
        try {
            KeyManagerFactory keys = keys();
            TrustManagerFactory trust = trust();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keys == null ? null : keys.getKeyManagers(), trust == null ? null : trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw ConfigurationException.because(
                    keyPrefix + "jwks.client-key-store",
                    "makes no TLS context (" + unusable.getClass().getSimpleName() + ")",
                    "set a key store with one private key that has the password of the store");
        }
    }

    private @Nullable KeyManagerFactory keys() throws GeneralSecurityException {
        if (files.clientKeyStore().isEmpty()) {
            return null;
        }
        StoreFile file = files.clientKeyStore().get();
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        KeyStore store = store("jwks.client-key-store", file);
        requireEntry(
                store,
                store::isKeyEntry,
                "jwks.client-key-store",
                file,
                "has no private key; put certificate and key in it");
        keys.init(store, file.password().toCharArray());
        return keys;
    }

    private @Nullable TrustManagerFactory trust() throws GeneralSecurityException {
        Optional<KeyStore> authorities = files.caFile()
                .map(this::authorities)
                .or(() -> files.trustStore().map(this::trustStore));
        if (authorities.isEmpty()) {
            return null;
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities.get());
        return trust;
    }

    private KeyStore trustStore(StoreFile file) {
        KeyStore store = store("jwks.trust-store", file);
        requireEntry(
                store,
                store::isCertificateEntry,
                "jwks.trust-store",
                file,
                "has no certificate of an authority, so that no server is trusted; import one as a trusted certificate");
        return store;
    }

    /** Finds an entry of one kind. */
    @FunctionalInterface
    private interface EntryKind {
        boolean isOf(String alias) throws KeyStoreException;
    }

    private void requireEntry(KeyStore store, EntryKind kind, String key, StoreFile file, String problem) {
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (kind.isOf(alias)) {
                    return;
                }
            }
        } catch (KeyStoreException notLoaded) {
            throw new IllegalStateException(notLoaded);
        }
        throw ConfigurationException.of(keyPrefix + key, file.file(), "it " + problem);
    }

    private KeyStore store(String key, StoreFile file) {
        try {
            return KeyStore.getInstance(file.file().toFile(), file.password().toCharArray());
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
            throw ConfigurationException.of(
                    keyPrefix + key,
                    file.file(),
                    "name a readable key store (PKCS #12 or JKS), and its password in " + keyPrefix + key
                            + "-password");
        }
    }

    private KeyStore authorities(Path pem) {
        try (InputStream stream = Files.newInputStream(pem)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(stream)) {
                store.setCertificateEntry("authority" + store.size(), authority);
            }
            if (store.size() == 0) {
                throw new IOException("no certificate");
            }
            return store;
        } catch (IOException | GeneralSecurityException unusable) {
            throw ConfigurationException.of(
                    keyPrefix + "jwks.ca-file",
                    pem,
                    "name a readable PEM file with the certificates of the authorities to trust");
        }
    }
}
