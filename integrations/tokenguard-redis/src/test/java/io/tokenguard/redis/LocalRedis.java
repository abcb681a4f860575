package io.tokenguard.redis;

import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/** A real Redis on a port of this machine, which can be killed, frozen and started again. */
final class LocalRedis implements AutoCloseable {
    private static final File BINARY = binary();

    private final int port;
    private final Path folder;
    private final List<String> command = new ArrayList<>();
    private Process process;

    private LocalRedis(int port, String... options) {
        this.port = port;
        try {
            this.folder = Files.createTempDirectory("tokenguard-redis");
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        command.addAll(List.of(BINARY.getPath()));
        command.addAll(List.of(options));
        command.addAll(List.of("--port", "" + port, "--bind", "127.0.0.1", "--dir", folder.toString()));
    }

    private static File binary() {
        try {
            return ExecutableProvider.newJarResourceProvider().get();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    /** One that forgets all when it is stopped. */
    static LocalRedis launch(String... options) {
        List<String> all = new ArrayList<>(List.of("--save", ""));
        all.addAll(List.of(options));
        LocalRedis redis = new LocalRedis(freePort(), all.toArray(String[]::new));
        redis.run();
        return redis;
    }

    /** One of a cluster, without slots. */
    static LocalRedis clusterNode() {
        int port = freePort();
        while (port > 55_000) {
            port = freePort();
        }
        LocalRedis redis =
                new LocalRedis(port, "--save", "", "--cluster-enabled", "yes", "--cluster-node-timeout", "1000");
        redis.run();
        return redis;
    }

    /** One that watches a master under the name {@code guarded}, and replaces it after half a second. */
    static LocalRedis sentinel(LocalRedis master) throws IOException {
        int port = freePort();
        Path configuration = Files.createTempFile("sentinel", ".conf");
        Files.writeString(configuration, """
                sentinel monitor guarded 127.0.0.1 %d 1
                sentinel down-after-milliseconds guarded 500
                sentinel failover-timeout guarded 3000
                """.formatted(master.port));
        LocalRedis redis = new LocalRedis(port);
        redis.command.add(1, configuration.toString());
        redis.command.add("--sentinel");
        redis.run();
        return redis;
    }

    int port() {
        return port;
    }

    URI address() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    void run() {
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
        } catch (IOException unstartable) {
            throw new UncheckedIOException(unstartable);
        }
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .ignoreExceptions()
                .until(this::answers);
    }

    private boolean answers() throws IOException {
        try (java.net.Socket socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(500);
            socket.getOutputStream().write("PING\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            byte[] head = socket.getInputStream().readNBytes(7);
            String answer = new String(head, java.nio.charset.StandardCharsets.US_ASCII);
            return answer.startsWith("+PONG") || answer.startsWith("-NOAUTH");
        }
    }

    /** As {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void restart() {
        kill();
        run();
    }

    void freeze() {
        signal("-STOP");
    }

    void thaw() {
        signal("-CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", name, "" + process.pid()).start().waitFor();
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Freezes a replica, and cuts it off from its master: what that one acknowledges from now on is lost with it. */
    void leaveBehind(LocalRedis replica) {
        replica.freeze();
        ask(master -> master.clientKill(KillArgs.Builder.typeSlave()));
    }

    /** Speaks to it as its operator would. */
    <T> T ask(Function<RedisCommands<String, String>, T> question) {
        return ask(RedisURI.create(address()), question);
    }

    <T> T ask(RedisURI as, Function<RedisCommands<String, String>, T> question) {
        RedisClient client = RedisClient.create(as);
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            return question.apply(connection.sync());
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    @Override
    public void close() {
        thaw();
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
