package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collections;
import java.util.Locale;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The application never sees the token among the subprotocols of a WebSocket, and so can't send it back. */
@OnEveryContainer
class HiddenProtocolTokenTest {
    private static final String FIELD = "Sec-WebSocket-Protocol";

    private static Site site;

    @Parameter
    Container container;

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        site = new Application("/me authenticated")
                .built(settings -> settings.acceptTokenInWebSocketProtocol())
                .servlet(
                        (request, response) -> response.getWriter()
                                .print(request.getHeader(FIELD) + " "
                                        + Collections.list(request.getHeaders(FIELD.toUpperCase(Locale.ROOT)))
                                        + " "
                                        + Collections.list(request.getHeaderNames()).stream()
                                                .anyMatch(FIELD::equalsIgnoreCase)
                                        + " " + request.getHeader("X-Other") + " " + request.getRemoteUser()),
                        "/me")
                .on(container);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TOKEN | null [] false x alice",
                "v1, TOKEN | v1 [v1] true x alice",
                "TOKEN,v1 , v2 | v1, v2 [v1, v2] true x alice"
            })
    void showsTheOtherProtocols(String protocols, String seen) throws IOException {
        String offered = protocols.replace("TOKEN", "bearer." + site.tokenOf("alice"));
        String handshake = "GET /me HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + FIELD + ": " + offered + "\r\nX-Other: x\r\n\r\n";
        assertThat(site.exchange(handshake).body()).isEqualTo(seen);
    }
}
