package io.tokenguard.cli;

import io.tokenguard.internal.assembly.IssuerTls;
import io.tokenguard.internal.keys.ProcessProxies;
import io.tokenguard.internal.settings.ConnectionSettings;
import io.tokenguard.internal.settings.IssuerSettings;
import io.tokenguard.internal.settings.KeyLocation;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * How the guard reaches an issuer: the same proxy, authorities and header fields.
 *
 * @param keyPrefix the prefix of the issuer's properties
 * @param addressedBy the setting that names the address, without the prefix
 * @param how its settings
 * @param timeout the longest time of one step
 * @param largest the greatest number of bytes of a document
 */
record IssuerReach(String keyPrefix, String addressedBy, ConnectionSettings how, Duration timeout, int largest) {
    private static final String KEYS = "jwks-uri";

    static IssuerReach of(IssuerSettings issuer) {
        return new IssuerReach(
                issuer.keyPrefix(),
                issuer.keys().location() instanceof KeyLocation.At ? KEYS : "issuer-uri",
                issuer.keys().connection(),
                issuer.keys().loads().timeout(),
                issuer.keys().loads().maxSize());
    }

    /** The same for the key set that the metadata names. */
    IssuerReach toKeys() {
        return new IssuerReach(keyPrefix, KEYS, how, timeout, largest);
    }

    /** The key of the setting that names the address. */
    String address() {
        return key(addressedBy);
    }

    ProxySelector proxies() {
        return how.proxy()
                .map(proxy ->
                        proxy.equals(ConnectionSettings.NO_PROXY) ? ProcessProxies.none() : ProcessProxies.only(proxy))
                .orElseGet(() -> new ProcessProxies(System.getenv()));
    }

    Proxy proxyFor(URI address) {
        return proxies().select(address).stream().findFirst().orElse(Proxy.NO_PROXY);
    }

    /** The TLS context of the guard's connections. */
    SSLContext tls() {
        return IssuerTls.of(keyPrefix, how.tls()).orElseGet(() -> {
            try {
                return SSLContext.getDefault();
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("Every Java platform has TLS", impossible);
            }
        });
    }

    /** Where the trusted authorities come from. */
    String authorities() {
        if (how.tls().caFile().isPresent()) {
            return key("jwks.ca-file");
        }
        return how.tls().trustStore().isPresent() ? key("jwks.trust-store") : "the JVM's trust store";
    }

    String key(String name) {
        return keyPrefix + name;
    }

    /** Shows nothing: header fields may be secret. */
    @Override
    public String toString() {
        return "IssuerReach[not shown]";
    }
}
