package io.tokenguard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tokenguard.access.Decision;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.config.Introspection;
import io.tokenguard.testkit.TestClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * An introspection endpoint and an API that uses it. Calls about tokens that start with {@code held} wait until they are
 * released. Other tokens are active unless an answer was set for their prefix, up to the first {@code -}.
 */
final class GatedEndpoint implements AutoCloseable {
    static final String ACTIVE = "{\"active\":true,\"aud\":\"api\",\"sub\":\"alice\",\"exp\":1893459600}";

    final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));
    final TokenGuard guard;
    private final AtomicLong nanoTime = new AtomicLong(1);
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger concurrent = new AtomicInteger();
    private final AtomicInteger mostConcurrent = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    record Answer(int status, String body) {}

    GatedEndpoint(UnaryOperator<Introspection> settings) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setExecutor(threads);
        server.createContext("/introspect", this::handle);
        server.start();
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/introspect");
        Introspection introspection = Introspection.at(uri, IntrospectionDrill.CLIENT)
                .acceptAnswersWithout("iss")
                .timeout(Duration.ofSeconds(10));
        guard = TokenGuard.builder()
                .issuer(TrustedIssuer.opaque(settings.apply(introspection))
                        .audience("api")
                        .build())
                .clock(clock)
                .nanoTime(nanoTime::get)
                .route("/orders authenticated")
                .build();
    }

    static GatedEndpoint usual() {
        return new GatedEndpoint(UnaryOperator.identity());
    }

    private void handle(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        mostConcurrent.accumulateAndGet(concurrent.incrementAndGet(), Math::max);
        try (exchange) {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String token = form.replaceAll("^token=([^&]*).*", "$1");
            if (token.startsWith("held")) {
                gate.await();
            }
            Answer answer = answers.getOrDefault(token.replaceAll("-.*", ""), new Answer(200, ACTIVE));
            byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            concurrent.decrementAndGet();
            exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on, calls about tokens with this prefix are answered so. */
    void answer(String prefix, int status, String body) {
        answers.put(prefix, new Answer(status, body));
    }

    void heal() {
        answers.clear();
    }

    void release() {
        gate.countDown();
    }

    int calls() {
        return calls.get();
    }

    int mostConcurrent() {
        return mostConcurrent.get();
    }

    /** Corrects the time of day; no time passes. */
    void jump(Duration correction) {
        clock.set(clock.instant().plus(correction));
    }

    /** Moves the clock, and the time source that never jumps. */
    void advance(Duration time) {
        clock.advance(time);
        advanceWithoutClock(time);
    }

    void advanceWithoutClock(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    Decision decide(String token) {
        return guard.decide(GuardedIssuer.bearing(token));
    }

    RefusalReason judge(String token) {
        return GuardedIssuer.reasonOf(decide(token));
    }

    @Override
    public void close() {
        release();
        guard.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
