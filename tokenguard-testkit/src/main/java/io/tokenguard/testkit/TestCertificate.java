package io.tokenguard.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * An X.509 certificate with its key on P-256, for clients and servers of TLS; a server can show it as {@code localhost} and
 * as 127.0.0.1. Valid until 2049, and each of them may issue others. Immutable and safe for use by any thread.
 *
 * <p>A client shows it with {@link #sslContext}, and {@link TokenBuilder#boundTo(X509Certificate)} binds a token to it.
 */
public final class TestCertificate {
    private static final char[] PASSWORD = "of-a-test".toCharArray();

    private final String commonName;
    private final TestKey key;
    private final List<X509Certificate> chain;

    private TestCertificate(String commonName, TestKey key, List<X509Certificate> chain) {
        this.commonName = commonName;
        this.key = key;
        this.chain = List.copyOf(chain);
    }

    /**
     * A certificate that its own key has signed.
     *
     * @param commonName any text; certificates may share one
     * @return another one with each call
     */
    public static TestCertificate selfSigned(String commonName) {
        TestKey key = TestKey.generate(TestAlgorithm.ES256);
        return new TestCertificate(
                commonName,
                key,
                List.of(parse(CertificateText.write(commonName, key, commonName, key, CertificateText.USUAL_END))));
    }

    /**
     * A certificate that this one has signed.
     *
     * @param subject any text; certificates may share one. A host name with a dot is also a name of the server
     * @return another one with each call; its chain ends in this one's
     */
    public TestCertificate issue(String subject) {
        return issue(subject, CertificateText.USUAL_END);
    }

    /**
     * A certificate that this one has signed, with an end: for a server whose certificate has expired.
     *
     * @param subject as for {@link #issue(String)}
     * @param end the end, in whole seconds, before 2050; all certificates begin on 2025-01-01
     * @return another one with each call; its chain ends in this one's
     */
    public TestCertificate issue(String subject, Instant end) {
        TestKey own = TestKey.generate(TestAlgorithm.ES256);
        X509Certificate leaf = parse(CertificateText.write(subject, own, commonName, key, end));
        return new TestCertificate(
                subject, own, Stream.concat(Stream.of(leaf), chain.stream()).toList());
    }

    /**
     * The certificate itself.
     *
     * @return the first of the chain
     */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /**
     * The certificate and those of its issuers, itself first.
     *
     * @return at least one
     */
    public List<X509Certificate> chain() {
        return chain;
    }

    /**
     * The bytes of the certificate.
     *
     * @return the exact DER, in a new array
     */
    public byte[] der() {
        return der(certificate());
    }

    /**
     * The certificate between its delimiters, in lines of 64 characters (RFC 7468 §5.1).
     *
     * @return the text, with a line end behind it
     */
    public String pem() {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der());
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }

    /**
     * The confirmation value of bound tokens, {@code x5t#S256} (RFC 8705 §3.1).
     *
     * @return the SHA-256 of the DER in base64url
     */
    public String thumbprint() {
        return thumbprint(certificate());
    }

    static String thumbprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(der(certificate));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    /** The key pair of the certificate, on P-256; its key ID is its thumbprint. */
    public TestKey key() {
        return key;
    }

    /**
     * TLS with this certificate, for a client or a server.
     *
     * @param trusted the only trusted certificates; none to trust no one
     * @return the context
     */
    public SSLContext sslContext(X509Certificate... trusted) {
        try {
            KeyStore own = emptyStore();
            own.setKeyEntry("own", key.privateKey(), PASSWORD, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trusting(trusted).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("Every Java platform has TLS and PKCS #12", impossible);
        }
    }

    /**
     * TLS without a certificate, for a client.
     *
     * @param trusted the only trusted certificates
     * @return the context
     */
    public static SSLContext anonymousContext(X509Certificate... trusted) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trusting(trusted).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("Every Java platform has TLS and PKCS #12", impossible);
        }
    }

    /**
     * The certificate, its chain and its private key, as a PKCS #12 file holds them.
     *
     * @param password of the file and of the key
     * @return the bytes of the file, in a new array
     */
    public byte[] pkcs12(String password) {
        try {
            KeyStore own = emptyStore();
            own.setKeyEntry("own", key.privateKey(), password.toCharArray(), chain.toArray(X509Certificate[]::new));
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            own.store(file, password.toCharArray());
            return file.toByteArray();
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("Every Java platform has PKCS #12", impossible);
        }
    }

    private static TrustManagerFactory trusting(X509Certificate... trusted)
            throws GeneralSecurityException, IOException {
        KeyStore others = emptyStore();
        for (int i = 0; i < trusted.length; i++) {
            others.setCertificateEntry("trusted-" + i, trusted[i]);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(others);
        return trust;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateException e) {
            throw new IllegalArgumentException("The certificate has no DER", e);
        }
    }

    private static X509Certificate parse(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new IllegalStateException("Not the DER of a certificate", e);
        }
    }

    /** Shows the name of the certificate, not its key. */
    @Override
    public String toString() {
        return "TestCertificate[" + commonName + "]";
    }
}
