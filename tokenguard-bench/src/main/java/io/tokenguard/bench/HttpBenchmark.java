package io.tokenguard.bench;

import io.tokenguard.bench.http.Guarding;
import io.tokenguard.bench.http.LoopbackClient;
import io.tokenguard.bench.http.OrdersServer;
import io.tokenguard.bench.peer.GuardSettings;
import io.tokenguard.bench.token.BadToken;
import io.tokenguard.bench.token.SigningAlgorithm;
import io.tokenguard.bench.token.TokenMint;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a guard add to a whole request over loopback? The same servlet in the same Jetty, behind nothing, behind
 * TokenGuard's filter and behind Spring Security's; a thousand tokens come in turn over connections that are kept open. Client
 * and server share the machine, so that the request without a guard costs more than it would on a server of its own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class HttpBenchmark {
    private static final int TOKENS = 1_000;

    private LoopbackClient client;
    private int turn;

    /** The server, and the requests that it will get. */
    @State(Scope.Benchmark)
    public static class Site {
        /** Who guards. */
        @Param
        public Guarding guarding;

        private OrdersServer server;
        private byte[][] requests;

        /** Starts the server, and makes sure that it is guarded. */
        @Setup
        public void open() throws Exception {
            TokenMint mint = TokenMint.of(SigningAlgorithm.RS256);
            server = new OrdersServer(guarding, mint.trust());
            requests = mint.tokens(TOKENS).stream().map(Site::request).toArray(byte[][]::new);
            requireAnswers(mint);
        }

        private static byte[] request(String token) {
            return LoopbackClient.request(GuardSettings.PATH, "Bearer " + token);
        }

        private void requireAnswers(TokenMint mint) throws IOException {
            requireStatus(requests[0], 200);
            int refused = guarding.isGuarded() ? 401 : 200;
            requireStatus(LoopbackClient.request(GuardSettings.PATH, ""), refused);
            for (BadToken bad : mint.badTokens()) {
                requireStatus(request(bad.text()), refused);
            }
        }

        private void requireStatus(byte[] request, int expected) throws IOException {
            try (LoopbackClient single = new LoopbackClient(server.port())) {
                int status = single.send(request);
                if (status != expected) {
                    throw new IllegalStateException(guarding + " answers " + status + ", not " + expected);
                }
            }
        }

        /** Ends the server. */
        @TearDown
        public void close() {
            server.close();
        }
    }

    /** Connects. */
    @Setup
    public void connect(Site site) throws IOException {
        client = new LoopbackClient(site.server.port());
    }

    /** Hangs up. */
    @TearDown
    public void hangUp() throws IOException {
        client.close();
    }

    /** One request and its answer. */
    @Benchmark
    public int request(Site site) throws IOException {
        int status = client.send(site.requests[turn++ % TOKENS]);
        if (status != 200) {
            throw new IllegalStateException("A request was answered by " + status);
        }
        return status;
    }
}
