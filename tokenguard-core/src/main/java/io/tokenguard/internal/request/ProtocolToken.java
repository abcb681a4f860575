package io.tokenguard.internal.request;

import io.tokenguard.access.IncomingRequest;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tokens among the subprotocols that a WebSocket client offers (RFC 6455 §11.3.4): {@code bearer.TOKEN}. Scripts in browsers can
 * set no other field of a handshake.
 */
final class ProtocolToken {
    static final String FIELD = "Sec-WebSocket-Protocol";

    private static final String PREFIX = "bearer.";

    private ProtocolToken() {}

    /** Each token as a field of credentials; none unless the request asks for a WebSocket (RFC 6455 §4.1). */
    static List<String> sent(IncomingRequest request) {
        return asksForWebSocket(request)
                ? elements(request, FIELD)
                        .filter(element -> element.startsWith(PREFIX))
                        .map(element -> "Bearer " + element.substring(PREFIX.length()))
                        .toList()
                : List.of();
    }

    private static boolean asksForWebSocket(IncomingRequest request) {
        return request.method().equals("GET")
                && elements(request, "Upgrade").anyMatch(protocol -> protocol.equalsIgnoreCase("websocket"));
    }

    private static Stream<String> elements(IncomingRequest request, String field) {
        return request.headers().valuesOf(field).stream()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .map(String::strip);
    }
}
