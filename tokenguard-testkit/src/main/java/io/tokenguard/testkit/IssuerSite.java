package io.tokenguard.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The endpoints of one issuer, found by their exact paths. */
final class IssuerSite implements HttpHandler {
    private final Map<TestEndpoint, Station> stations = new EnumMap<>(TestEndpoint.class);
    private final Map<String, Station> byPath = new HashMap<>();

    IssuerSite(IssuerAddress address, Documents documents, TestIntrospection introspection, GrantEndpoints grants) {
        for (TestEndpoint endpoint : TestEndpoint.values()) {
            Station station = new Station(endpoint.methods(), request -> switch (endpoint) {
                case JWKS, OIDC_DISCOVERY, OAUTH_DISCOVERY, STATUS_LIST -> documents.answer(endpoint);
                case INTROSPECTION -> introspection.answer(request);
                case AUTHORIZATION, TOKEN, PUSHED_AUTHORIZATION, REVOCATION -> grants.answer(endpoint, request);
            });
            stations.put(endpoint, station);
            byPath.put(address.pathOf(endpoint), station);
        }
    }

    Station station(TestEndpoint endpoint) {
        return Objects.requireNonNull(stations.get(endpoint), "endpoint");
    }

    Collection<Station> stations() {
        return stations.values();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Station station = byPath.get(exchange.getRequestURI().getRawPath());
        try {
            if (station == null) {
                new Reply(exchange, HonestAnswer.NONE).send(404, new byte[0]);
            } else {
                station.serve(exchange);
            }
        } catch (InterruptedException e) {
            // The port was shut while an answer was held back; the server has closed the connection by now.
            Thread.currentThread().interrupt();
        }
    }
}
