package io.tokenguard.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisAdvancedClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Transports;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Makes connections. By default, Lettuce would wait for a minute, queue commands while disconnected, and reconnect by itself;
 * all of that is turned off.
 */
final class Connector {
    /** The timeout to connect, and again to log in. */
    private static final Duration LIMIT = Duration.ofMillis(500);

    private static final int LONGEST_QUEUE = 20_000;
    private static final int THREADS = 2;

    private final RedisAddress address;
    private final List<RedisURI> servers;
    private final ClientResources resources = DefaultClientResources.builder()
            .ioThreadPoolSize(THREADS)
            .computationThreadPoolSize(THREADS)
            .build();

    private final Map<RedisSession, CompletableFuture<Void>> closings = new ConcurrentHashMap<>();

    Connector(RedisAddress address) {
        this.address = address;
        // Each client would otherwise end its threads, while timers of failed attempts still use them.
        EventLoopGroup unused = resources.eventLoopGroupProvider().allocate(Transports.eventLoopGroupClass());
        this.servers = address.servers().stream().map(Connector::bounded).toList();
    }

    private static RedisURI bounded(RedisURI server) {
        RedisURI.Builder copy = RedisURI.builder(server).withTimeout(LIMIT);
        server.getSentinels().forEach(sentinel -> copy.withSentinel(bounded(sentinel)));
        if (server.getSentinelMasterId() != null) {
            copy.withSentinelMasterId(server.getSentinelMasterId());
        }
        return copy.build();
    }

    /**
     * Makes the connections of a session.
     *
     * @param onEnd called when one of them breaks; must be quick
     * @throws io.lettuce.core.RedisException if they can't be made
     */
    RedisSession dial(Runnable onEnd) {
        return address.isCluster() ? dialCluster(onEnd) : dialServer(onEnd);
    }

    private RedisSession dialServer(Runnable onEnd) {
        RedisClient client = RedisClient.create(resources, servers.get(0));
        client.setOptions(harden(ClientOptions.builder()).build());
        RedisSession session = new RedisSession(client, onEnd);
        try {
            StatefulRedisConnection<String, String> commands = client.connect(new ShortTextCodec());
            StatefulRedisConnection<String, String> tail = client.connect(new ShortTextCodec());
            return session.over(new RedisSession.Wires(
                    commands.async(),
                    tail.async(),
                    () -> List.of(
                            commands.async().info("server"), commands.async().info("replication"))));
        } catch (RuntimeException failure) {
            hangUp(session);
            throw failure;
        }
    }

    private RedisSession dialCluster(Runnable onEnd) {
        RedisClusterClient client = RedisClusterClient.create(resources, servers);
        client.setOptions(harden(ClusterClientOptions.builder()).build());
        RedisSession session = new RedisSession(client, onEnd);
        try {
            StatefulRedisClusterConnection<String, String> commands = client.connect(new ShortTextCodec());
            StatefulRedisClusterConnection<String, String> tail = client.connect(new ShortTextCodec());
            return session.over(new RedisSession.Wires(commands.async(), tail.async(), () -> facts(commands.async())));
        } catch (RuntimeException failure) {
            hangUp(session);
            throw failure;
        }
    }

    private static List<CompletableFuture<String>> facts(RedisAdvancedClusterAsyncCommands<String, String> commands) {
        var masters = commands.nodes(Connector::serves).commands();
        return Stream.of(masters.info("server"), masters.info("replication"))
                .flatMap(answers -> answers.asMap().values().stream())
                .toList();
    }

    /** A replaced master is still listed, without slots. */
    private static boolean serves(RedisClusterNode node) {
        return node.is(RedisClusterNode.NodeFlag.UPSTREAM) && !node.hasNoSlots();
    }

    private <B extends ClientOptions.Builder> B harden(B options) {
        options.autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(LONGEST_QUEUE)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(LIMIT)
                        .keepAlive(true)
                        .build())
                .sslOptions(address.tls());
        return options;
    }

    /** Closes the connections of a session, in the background. */
    void hangUp(RedisSession session) {
        CompletableFuture<Void> closing = session.close().exceptionally(failure -> null);
        closings.put(session, closing);
        CompletableFuture<Void> unused = closing.thenRun(() -> closings.remove(session));
    }

    /** Ends the threads, after the connections that use them are closed. */
    void close() {
        CompletableFuture<Void> unused = CompletableFuture.allOf(
                        closings.values().toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, 1, TimeUnit.SECONDS);
        unused.join();
        // First: it has the timers of failed attempts, which would use the threads of the connections.
        resources
                .eventExecutorGroup()
                .shutdownGracefully(0, 1, TimeUnit.SECONDS)
                .awaitUninterruptibly(1, TimeUnit.SECONDS);
        resources.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
