package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.servlet.ExchangedRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** Undertow's ProxyPeerAddressHandler writes what a client sent into the request, and not into its connection. */
class UndertowConnectionTest {
    private static final String FORGED = "10.1.2.3";

    private static ExchangedRequest request(InetSocketAddress peer) {
        return new ExchangedRequest(FORGED, new ExchangedRequest.Exchange(new ExchangedRequest.Connection(peer)));
    }

    @Test
    void namesThePeerWhateverTheRequestSays() {
        ExchangedRequest request = request(new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711));
        assertThat(UndertowConnection.isOf(request)).isTrue();
        assertThat(UndertowConnection.peerAddress(request)).isEqualTo("127.0.0.1");
    }

    @Test
    void namesNobodyIfThePeerHasNoAddress() {
        assertThat(UndertowConnection.peerAddress(request(null))).isEmpty();
        assertThat(UndertowConnection.peerAddress(request(InetSocketAddress.createUnresolved("peer.example", 1))))
                .isEmpty();
    }

    /** Quarkus's fork. */
    @Test
    void believesAnExchangeWithoutAConnection() {
        assertThat(UndertowConnection.peerAddress(new ExchangedRequest(FORGED, "no connection")))
                .isEqualTo(FORGED);
    }
}
