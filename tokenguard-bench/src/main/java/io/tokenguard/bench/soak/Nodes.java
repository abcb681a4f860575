package io.tokenguard.bench.soak;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Introspection;
import io.tokenguard.config.TokenCache;
import io.tokenguard.testkit.TestIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import redis.embedded.RedisServer;

/** Three guards, as on three machines, with one issuer, one Redis and one clock. */
final class Nodes implements AutoCloseable {
    private static final String AUDIENCE = "https://api.example.com";
    private static final int CACHED_TOKENS = 5_000;
    private static final Duration LONGEST_START = Duration.ofSeconds(30);

    private final JumpingClock clock = new JumpingClock();
    private final TestIssuer issuer =
            TestIssuer.builder().clock(clock).audience(AUDIENCE).start();
    private final int redisPort = freePort();
    private RedisServer redis = startedRedis();
    private final List<TokenGuard> guards =
            Stream.generate(this::guard).limit(3).toList();

    Nodes() {
        for (TokenGuard guard : guards) {
            if (!guard.awaitReady(LONGEST_START)) {
                throw new IllegalStateException("A guard has no keys " + LONGEST_START + " after its start");
            }
        }
    }

    private TokenGuard guard() {
        return TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience(AUDIENCE)
                        .introspection(Introspection.at(issuer.introspectionUri(), ClientAuthentication.none()))
                        .build())
                .resourceHosts("api.example.com")
                .clock(clock)
                .tokenCache(TokenCache.on().maxEntries(CACHED_TOKENS))
                .route("/orders scope orders:read")
                .sharedState(URI.create("redis://127.0.0.1:" + redisPort))
                .build();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    private RedisServer startedRedis() {
        try {
            RedisServer server = RedisServer.newRedisServer()
                    .port(redisPort)
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .build();
            server.start();
            return server;
        } catch (IOException unstartable) {
            throw new UncheckedIOException(unstartable);
        }
    }

    /** Redis ends and forgets all that it held; {@link #startRedis} starts an empty one at the same port. */
    void stopRedis() {
        try {
            redis.stop();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void startRedis() {
        redis = startedRedis();
    }

    JumpingClock clock() {
        return clock;
    }

    TestIssuer issuer() {
        return issuer;
    }

    List<TokenGuard> guards() {
        return guards;
    }

    @Override
    public void close() {
        guards.forEach(TokenGuard::close);
        stopRedis();
        issuer.close();
    }
}
