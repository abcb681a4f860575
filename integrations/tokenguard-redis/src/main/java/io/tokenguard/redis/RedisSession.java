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
 * The connections to one server, or to the masters of one cluster, from the moment at which it was seen who they are. It is
 * over as soon as one of them breaks or another one is made: another server may answer then, one that lacks the data
 * what was written. Thread-safe, without locks.
 */
final class RedisSession implements RedisConnectionStateListener {
    private final AbstractRedisClient client;
    private final Runnable onEnd;
    private @Nullable Wires wires;
    private volatile boolean isSettled;
    private volatile boolean isOver;

    /**
     * What goes over the connections.
     *
     * @param commands for all but the tail
     * @param tail for reading the stream, which waits
     * @param facts asks each server who it is
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

    /** Gives it its connections, before any other thread sees it. */
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

    /** All connections are made, and it is known who is at their other ends. */
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

    /** Connections that Lettuce itself closes have served to learn the nodes of a cluster. */
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

    /** Closes the connections; ends when that is done. */
    CompletableFuture<Void> close() {
        isOver = true;
        return client.shutdownAsync(0, 1, TimeUnit.SECONDS);
    }
}
