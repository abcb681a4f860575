package io.tokenguard.internal.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenguard.testkit.TestClock;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RFC 8414 §2: {@code introspection_endpoint}. */
class EndpointAddressTest {
    private static final String HERE = "http://127.0.0.1:1/introspect";
    private static final Duration HOUR = Duration.ofHours(1);

    private final AnsweringServer server = new AnsweringServer(TestClock.startingAt(Instant.EPOCH));
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - HOUR.toNanos() / 2);
    private final EndpointAddress endpoint =
            EndpointAddress.of(server.metadata(), "introspection_endpoint", nanoTime::get);

    EndpointAddressTest() throws IOException {}

    @AfterEach
    void stop() {
        server.close();
    }

    private void publish(String address) {
        server.with(
                200,
                "application/json",
                "{\"issuer\":\"" + AnsweringServer.ISSUER + "\",\"introspection_endpoint\":\"" + address + "\"}");
    }

    @Test
    void isTheConfiguredOne() {
        assertThat(EndpointAddress.at(URI.create(HERE)).find()).isCompletedWithValue(URI.create(HERE));
    }

    @Test
    void isInTheMetadata() {
        publish(HERE);
        assertThat(endpoint.find().join()).isEqualTo(URI.create(HERE));
    }

    @Test
    void isKeptForAnHour() {
        publish(HERE);
        endpoint.find().join();
        nanoTime.addAndGet(HOUR.toNanos() - 1);
        publish("http://127.0.0.1:2/introspect");
        assertThat(endpoint.find().join()).isEqualTo(URI.create(HERE));
        assertThat(server.calls()).isEqualTo(1);
        nanoTime.addAndGet(1);
        assertThat(endpoint.find().join()).isEqualTo(URI.create("http://127.0.0.1:2/introspect"));
    }

    @Test
    void isLookedUpAgainAfterAFailure() {
        server.with(500, "text/plain", "");
        assertThatThrownBy(() -> endpoint.find().join()).hasMessageContaining("status 500");
        publish(HERE);
        assertThat(endpoint.find().join()).isEqualTo(URI.create(HERE));
    }

    /** The metadata may name any host, and names may come to mean other addresses. */
    @Test
    void doesNotLeadInside() {
        publish("https://inner.example/introspect");
        EndpointAddress ofATenant =
                EndpointAddress.of(server.metadataOfOutsider(), "introspection_endpoint", nanoTime::get);
        assertThatThrownBy(() -> ofATenant.find().join())
                .hasMessageContaining("introspection_endpoint leads to an internal address");
    }
}
