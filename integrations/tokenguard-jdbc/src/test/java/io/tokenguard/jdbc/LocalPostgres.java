package io.tokenguard.jdbc;

import static org.awaitility.Awaitility.await;

import io.tokenguard.spi.SharedState.Location;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL server that can be killed, frozen and started again. */
final class LocalPostgres implements TestDatabase {
    private final Path folder;
    private final int port;
    private final List<String> command = new ArrayList<>();

    LocalPostgres() {
        try {
            folder = Files.createTempDirectory("tokenguard-postgres");
            try (ServerSocket free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
            EmbeddedPostgres unused = EmbeddedPostgres.builder()
                    .setDataDirectory(folder.resolve("data"))
                    .setCleanDataDirectory(false)
                    .setServerConfig("fsync", "off")
                    .setServerConfig("max_connections", "60")
                    .setPort(port)
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        ProcessHandle.Info postmaster = processes().get(0).info();
        if ("root".equals(System.getProperty("user.name"))) {
            // The server refuses to run as root.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(postmaster.command().orElseThrow());
        command.addAll(List.of(postmaster.arguments().orElseThrow()));
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    /** Starts it again after it was killed. */
    void start() {
        try {
            Process unused = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> number("SELECT 1") == 1);
    }

    /** Ends all of its processes at once. */
    void kill() {
        List<ProcessHandle> processes = processes();
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }

    void restart() {
        kill();
        start();
    }

    void freeze() {
        signal("-STOP");
    }

    void thaw() {
        signal("-CONT");
    }

    private void signal(String name) {
        for (ProcessHandle process : processes()) {
            try {
                new ProcessBuilder("kill", name, Long.toString(process.pid()))
                        .start()
                        .onExit()
                        .join();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private List<ProcessHandle> processes() {
        Path file = folder.resolve("data/postmaster.pid");
        if (Files.notExists(file)) {
            return List.of();
        }
        try {
            long pid = Long.parseLong(Files.readAllLines(file).get(0));
            return ProcessHandle.of(pid).stream()
                    .flatMap(postmaster -> Stream.concat(Stream.of(postmaster), postmaster.descendants()))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public DataSource dataSource() {
        return dataSource("postgres", "");
    }

    DataSource dataSource(String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName("postgres");
        source.setUser(user);
        source.setPassword(password);
        source.setConnectTimeout(2);
        source.setSocketTimeout(3);
        return source;
    }

    @Override
    public Location location() {
        return Location.of(URI.create("jdbc:postgresql://localhost:" + port + "/postgres"))
                .user("postgres");
    }

    @Override
    public String toString() {
        return "PostgreSQL";
    }
}
