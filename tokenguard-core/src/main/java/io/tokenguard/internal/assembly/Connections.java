package io.tokenguard.internal.assembly;

import io.tokenguard.internal.issuers.IssuerTemplate;
import io.tokenguard.internal.keys.DocumentFetcher;
import io.tokenguard.internal.keys.Network;
import io.tokenguard.internal.keys.ProcessProxies;
import io.tokenguard.internal.keys.Reach;
import io.tokenguard.internal.keys.ReachSettings;
import io.tokenguard.internal.settings.ConnectionSettings;
import io.tokenguard.internal.settings.IssuerSettings;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * How each issuer is reached; issuers without settings of their own share connections. Thread-safe. Settings are compared by
 * identity: what a platform generates to compare records keeps hold of their class loader.
 */
final class Connections {
    private final Map<ConnectionSettings, DocumentFetcher> fetchers =
            Collections.synchronizedMap(new IdentityHashMap<>());
    private final Network network;

    Connections(Network network) {
        this.network = network;
    }

    Network network() {
        return network;
    }

    /**
     * Fetches the documents of an issuer.
     *
     * @throws io.tokenguard.access.ConfigurationException if a file that its settings name can't be used
     */
    DocumentFetcher of(IssuerSettings issuer) {
        return fetchers.computeIfAbsent(
                issuer.keys().connection(), how -> new DocumentFetcher(network, reach(issuer.keyPrefix(), how)));
    }

    /** The same by an issuer's name, which may be one of a template's; as the platform connects if it is of neither. */
    DocumentFetcher of(List<IssuerSettings> issuers, String name) {
        return issuers.stream()
                .filter(issuer -> issuer.issuer().equals(name))
                .findFirst()
                .or(() -> issuers.stream()
                        .filter(issuer -> issuer.isTemplate() && isOf(issuer, name))
                        .findFirst())
                .map(this::of)
                .orElseGet(() -> fetchers.computeIfAbsent(
                        ConnectionSettings.USUAL, usual -> new DocumentFetcher(network, Reach.USUAL)));
    }

    private static boolean isOf(IssuerSettings template, String name) {
        return IssuerTemplate.of(template.keyPrefix() + "issuer-uri", template.issuer())
                .matches(name);
    }

    private static Reach reach(String keyPrefix, ConnectionSettings how) {
        return new Reach(
                IssuerTls.of(keyPrefix, how.tls()),
                how.proxy()
                        .map(proxy -> proxy.equals(ConnectionSettings.NO_PROXY)
                                ? ProcessProxies.none()
                                : ProcessProxies.only(proxy)),
                how.bearerTokenFile(),
                how.headers(),
                new ReachSettings(
                        keyPrefix, trust(how.tls()), how.tls().clientKeyStore().isPresent()));
    }

    private static String trust(ConnectionSettings.TlsFiles files) {
        String store = files.trustStore().isPresent() ? "jwks.trust-store" : "";
        return files.caFile().isPresent() ? "jwks.ca-file" : store;
    }
}
