package io.tokenguard.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AddressRange;
import io.tokenguard.access.IncomingRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Why the client's address is not certain. */
class UncertainAddressTest {
    private static final List<AddressRange> PROXIES = List.of(AddressRange.parse("10.0.0.0/8"));

    private static String uncertainty(IncomingRequest.Builder request) {
        IncomingRequest built = request.build();
        assertThat(ClientNetwork.certainAddress(built, PROXIES)).isEmpty();
        return ClientNetwork.uncertainty(built, PROXIES);
    }

    private static IncomingRequest.Builder request() {
        return IncomingRequest.builder("GET", "/");
    }

    @Test
    void theAdapterNamedNone() {
        assertThat(uncertainty(request())).startsWith("the adapter named no client address");
    }

    @Test
    void anUndeclaredProxyForwarded() {
        assertThat(uncertainty(request().header("X-Forwarded-For", "203.0.113.7")))
                .endsWith("set tokenguard.trusted-proxies");
        assertThat(uncertainty(request().clientAddress("192.0.2.1").header("Forwarded", "for=203.0.113.7")))
                .endsWith("set tokenguard.trusted-proxies");
    }

    @Test
    void aTrustedProxyNamedNone() {
        assertThat(uncertainty(request().clientAddress("10.0.0.1")))
                .startsWith("the peer is a trusted proxy that named no client address");
    }
}
