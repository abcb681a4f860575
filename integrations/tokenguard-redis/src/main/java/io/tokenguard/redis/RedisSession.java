package io.tokenguard.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.net.SocketAddress;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one server, or to the masters of one cluster, after they identified themselves. Ends as soon as one of
 * them breaks or reconnects: another server may then answer, which lacks written data. Thread-safe, without locks.
 */
final class RedisSession implements RedisConnectionStateListener {
    private final AbstractRedisClient client;
    private final Runnable onEnd;
    private @Nullable Wires wires;
    private volatile boolean isSettled;
    private volatile boolean isOver;

    /**
     * The connections.
     *
     * @param commands for everything but reading the stream
     * @param tail for reading the stream, which blocks
     * @param facts identifies each server
     */
    record Wires(
            RedisClusterAsyncCommands<String, String> commands,
            RedisClusterAsyncCommands<String, String> tail,
            Supplier<Collection<? extends CompletionStage<String>>> facts) {}

    RedisSession(AbstractRedisClient client, Runnable onEnd) {
        this.client = client;
        this.onEnd = onEnd;
        client.addListener(this);
    }

    /** Sets the connections, before any other thread sees the session. */
    RedisSession over(Wires connected) {
        wires = connected;
        return this;
    }

    private Wires wires() {
        Wires connected = wires;
        if (connected == null) {
            throw new IllegalStateException("not connected");
        }
        return connected;
    }

    RedisClusterAsyncCommands<String, String> commands() {
        return wires().commands;
    }

    RedisClusterAsyncCommands<String, String> tail() {
        return wires().tail;
    }

    Collection<? extends CompletionStage<String>> facts() {
        return wires().facts.get();
    }

    /** All connections are made, and their servers are identified. */
    void settle() {
        isSettled = true;
    }

    boolean isOver() {
        return isOver;
    }

    @Override
    public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
        if (isSettled) {
            end();
        }
    }

    /** Connections that Lettuce itself closes served to discover the nodes of a cluster. */
    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
        if (!connection.isClosed()) {
            end();
        }
    }

    private void end() {
        isOver = true;
        onEnd.run();
    }

    /** Closes the connections; completes when that is done. */
    CompletableFuture<Void> close() {
        isOver = true;
        return client.shutdownAsync(0, 1, TimeUnit.SECONDS);
    }
}
