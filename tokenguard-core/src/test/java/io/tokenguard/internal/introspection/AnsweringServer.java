package io.tokenguard.internal.introspection;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tokenguard.internal.keys.AddressPolicy;
import io.tokenguard.internal.keys.DocumentFetcher;
import io.tokenguard.internal.keys.FetchException;
import io.tokenguard.internal.keys.FetchLimits;
import io.tokenguard.internal.keys.HostPolicy;
import io.tokenguard.internal.keys.HttpChannel;
import io.tokenguard.internal.keys.IssuerMetadata;
import io.tokenguard.internal.keys.Network;
import io.tokenguard.internal.keys.Reach;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** An introspection endpoint that answers what it is set to, and keeps what it was asked. */
final class AnsweringServer implements AutoCloseable {
    static final Duration TIMEOUT = Duration.ofSeconds(10);
    static final String ISSUER = "https://issuer.example";

    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor();
    private final Network network;
    private final HttpServer server;
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String type = "application/json";
    private volatile String answer = "";
    private volatile String retryAfter = "";

    AnsweringServer(Clock clock) throws IOException {
        network = new Network(deadlines, clock, ProxySelector.of(null));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/introspect", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            headers.add(Map.copyOf(exchange.getRequestHeaders()));
            if (!type.isEmpty()) {
                exchange.getResponseHeaders().set("Content-Type", type);
            }
            if (!retryAfter.isEmpty()) {
                exchange.getResponseHeaders().set("Retry-After", retryAfter);
            }
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    AnsweringServer with(int code, String mediaType, String body) {
        status = code;
        type = mediaType;
        answer = body;
        retryAfter = "";
        return this;
    }

    void withRetryAfter(String seconds) {
        retryAfter = seconds;
    }

    /** What it answers, read as the metadata of an issuer that is configured. */
    IssuerMetadata metadata() {
        return metadata(new HostPolicy(new AddressPolicy(false), host -> InetAddress.getAllByName("127.0.0.1")));
    }

    /** The same for an issuer at an address outside that leads to names of addresses inside. */
    IssuerMetadata metadataOfOutsider() {
        return metadata(new HostPolicy(
                new AddressPolicy(false),
                host -> InetAddress.getAllByName(host.equals("127.0.0.1") ? "192.0.2.1" : "10.0.0.1")));
    }

    private IssuerMetadata metadata(HostPolicy hosts) {
        return new IssuerMetadata(
                IssuerMetadata.Place.at(address(), ISSUER),
                new DocumentFetcher(network, Reach.USUAL),
                new FetchLimits(TIMEOUT, 10_000),
                hosts);
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/introspect");
    }

    AnswerFetcher fetcher(boolean asksForSignature) {
        HttpChannel channel = network.channel(TIMEOUT, Optional.empty(), Optional.empty());
        return new AnswerFetcher(
                channel,
                EndpointAddress.at(address()),
                ClientAuthenticator.post("api", "secret"),
                TIMEOUT,
                asksForSignature,
                new Unexplained());
    }

    /** Sends one more header field to this server. */
    private static final class Unexplained implements AnswerFetcher.Connection {
        @Override
        public Map<String, String> headers(URI address) {
            return Map.of("X-Tenant", address.getHost());
        }

        @Override
        public FetchException explained(FetchException failure, URI address) {
            return failure;
        }
    }

    int calls() {
        return bodies.size();
    }

    String lastBody() {
        return bodies.get(bodies.size() - 1);
    }

    String lastHeader(String name) {
        return headers.get(headers.size() - 1)
                .getOrDefault(name, List.of("none"))
                .get(0);
    }

    @Override
    public void close() {
        network.close();
        server.stop(0);
        deadlines.shutdownNow();
    }
}
