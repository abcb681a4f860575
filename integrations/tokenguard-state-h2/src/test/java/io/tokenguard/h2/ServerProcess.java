package io.tokenguard.h2;

import io.tokenguard.testkit.TestIssuer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process of {@link GuardedServer}. */
final class ServerProcess implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final String firstLine;

    ServerProcess(TestIssuer issuer, Path folder) throws IOException {
        Path keys = Files.writeString(Files.createTempFile("keys", ".json"), issuer.jwksJson());
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        GuardedServer.class.getName(),
                        issuer.issuer(),
                        folder.toString(),
                        keys.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        firstLine = String.valueOf(output.readLine());
    }

    /** What it says first: its port, or why it does not start. */
    String firstLine() {
        return firstLine;
    }

    int get(String token) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri("/orders")).header("Authorization", "Bearer " + token));
    }

    int revoke(String id) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri("/revoke?id=" + id)).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private int send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + firstLine + path);
    }

    /** Kills it, as {@code kill -9} does. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
