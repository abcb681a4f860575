package io.tokenguard.internal.assembly;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Destination;
import io.tokenguard.config.Destination.TokenRequest;
import io.tokenguard.internal.introspection.EndpointAddress;
import io.tokenguard.internal.introspection.TokenCall;
import io.tokenguard.internal.keys.DocumentFetcher;
import io.tokenguard.internal.keys.HttpChannel;
import io.tokenguard.internal.keys.Reach;
import io.tokenguard.internal.settings.GuardSettings;
import io.tokenguard.internal.settings.IssuerSettings;
import io.tokenguard.spi.TokenEndpoint;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Wires the token endpoints of destinations.
 *
 * @param settings the configuration
 * @param sources reaches issuers, and knows which hosts are allowed
 * @param nanoTime measures durations
 */
record TokenEndpoints(GuardSettings settings, KeySources sources, LongSupplier nanoTime) {
    private static final Duration LONGEST_CONNECT = Duration.ofMillis(300);
    private static final String MEMBER = "token_endpoint";

    /** The endpoints, by the names of their destinations. */
    Map<String, TokenEndpoint> assemble() {
        Map<String, TokenEndpoint> endpoints = new HashMap<>();
        for (Destination destination : destinations(settings)) {
            requireAllowed(destination);
            destination
                    .tokenRequest()
                    .ifPresent(request -> endpoints.put(destination.id(), endpoint(destination, request)));
        }
        return Map.copyOf(endpoints);
    }

    static List<Destination> destinations(GuardSettings settings) {
        return settings.operation().application().destinations();
    }

    /**
     * The issuer that a destination's tokens are requested from.
     *
     * @throws ConfigurationException if it is not clear, or has no address of its own
     */
    private IssuerSettings issuer(Destination destination, TokenRequest request) {
        String key = key(destination, "issuer");
        Optional<String> named = request.server().issuer();
        if (named.isEmpty() && settings.issuers().size() > 1) {
            throw ConfigurationException.missing(
                    key, "several issuers are trusted; name the one that gives tokens for " + destination.address());
        }
        IssuerSettings issuer = named.isEmpty()
                ? settings.issuers().get(0)
                : settings.issuers().stream()
                        .filter(known -> known.issuer().equals(named.get()))
                        .findFirst()
                        .orElseThrow(() -> ConfigurationException.of(
                                key, named.get(), "it is not trusted; name one of the trusted issuers"));
        if (issuer.isTemplate() || issuer.isUnnamed()) {
            throw ConfigurationException.of(
                    key,
                    issuer.issuer(),
                    "tokens are requested from an issuer with one name; configure it by its issuer-uri, without"
                            + " placeholders");
        }
        return issuer;
    }

    private void requireAllowed(Destination destination) {
        if (!SettingsCheck.addresses(settings).allows(destination.address())) {
            throw ConfigurationException.of(
                    key(destination, "uri"),
                    destination.address(),
                    "write an https address; plain http is allowed on this machine only, unless you set"
                            + " tokenguard.allow-insecure-http");
        }
    }

    private TokenEndpoint endpoint(Destination destination, TokenRequest request) {
        IssuerSettings issuer = issuer(destination, request);
        DocumentFetcher documents = sources.connections().of(issuer);
        Reach reach = documents.reach();
        ClientAuthentication client = request.client();
        Duration timeout = request.server().timeout();
        HttpChannel channel = sources.connections()
                .network()
                .channel(
                        timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT,
                        ClientAuthenticators.tls(client).or(reach::tls),
                        reach.proxy());
        EndpointAddress address = request.server()
                .uri()
                .map(uri -> EndpointAddress.at(checked(destination, uri)))
                .orElseGet(() -> EndpointAddress.of(sources.metadata(issuer, timeout), MEMBER, nanoTime));
        URI named = request.server()
                .uri()
                .orElseGet(() -> sources.metadata(issuer, timeout).place().base());
        return new TokenCall(
                channel,
                new TokenCall.Terms(
                        issuer.issuer(),
                        address,
                        ClientAuthenticators.of(
                                client, issuer.issuer(), sources.clocks().wall()),
                        timeout,
                        found -> documents.from(named, found).reach().headers()),
                nanoTime);
    }

    private URI checked(Destination destination, URI uri) {
        if (!sources.hosts().allows(uri)) {
            throw ConfigurationException.of(
                    key(destination, "token-uri"),
                    uri,
                    "set an https address with a host and without user info or fragment; plain http is allowed on this machine"
                            + " only, unless you set tokenguard.allow-insecure-http");
        }
        return uri;
    }

    private static String key(Destination destination, String part) {
        return "tokenguard.downstream." + destination.id() + "." + part;
    }
}
