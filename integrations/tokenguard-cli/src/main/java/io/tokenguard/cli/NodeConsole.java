package io.tokenguard.cli;

import io.tokenguard.internal.audit.SafeText;
import io.tokenguard.internal.jose.JsonLimits;
import io.tokenguard.internal.jose.JsonReader;
import io.tokenguard.internal.jose.MalformedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The console of a running node. Follows no redirect: it would take the token elsewhere.
 *
 * @param address its address, with a slash at the end
 * @param token the access token
 */
record NodeConsole(URI address, String token) {
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final int LONGEST_ANSWER = 1 << 20;
    private static final JsonLimits LIMITS = JsonLimits.DOCUMENT;

    /** Reads a document. */
    Map<String, @Nullable Object> read(String path) {
        return send(to(path));
    }

    /** Does something. */
    Map<String, @Nullable Object> act(String path, Map<String, String> body) {
        return send(to(path).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JsonText.of(body))));
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(address.resolve("api/" + path))
                .timeout(LONGEST)
                .header("Authorization", "Bearer " + token);
    }

    private static Map<String, @Nullable Object> send(HttpRequest.Builder request) {
        try {
            HttpResponse<InputStream> answer = HttpClient.newBuilder()
                    .connectTimeout(LONGEST)
                    .build()
                    .send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                return read(answer.statusCode(), body.readNBytes(LONGEST_ANSWER));
            }
        } catch (IOException unreachable) {
            throw new UsageException("The node can't be reached: check the address of --node, and that the node runs");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UsageException("Interrupted");
        }
    }

    private static Map<String, @Nullable Object> read(int status, byte[] body) {
        switch (status) {
            case 401 ->
                throw new UsageException("The node does not accept the token of --token-file: it may have expired;"
                        + " the node's audit log has the reason");
            case 403 -> throw new UsageException("The token of --token-file has not the scope or role of the console");
            case 404 ->
                throw new UsageException("There is no console at the address of --node: it is where"
                        + " tokenguard.console.path says, below the application's own path");
            default -> {
                Map<String, @Nullable Object> document = parsed(body, status);
                if (status != 200) {
                    throw new UsageException("The node answered with " + status + ": "
                            + SafeText.sentence(String.valueOf(document.get("error"))));
                }
                return document;
            }
        }
    }

    private static Map<String, @Nullable Object> parsed(byte[] body, int status) {
        try {
            return JsonReader.readObject(body, LIMITS);
        } catch (MalformedException malformed) {
            throw new UsageException("The answer with status " + status + " is not from a console: check --node");
        }
    }

    /** The objects in a member. */
    static List<Map<?, ?>> objects(Map<?, ?> document, String member) {
        return document.get(member) instanceof List<?> items
                ? items.stream()
                        .<Map<?, ?>>map(item -> item instanceof Map<?, ?> map ? map : Map.of())
                        .toList()
                : List.of();
    }

    /** A member as text that is safe to show; empty if it is missing. */
    static String text(Map<?, ?> document, String member) {
        Object value = document.get(member);
        return value == null ? "" : SafeText.sentence(value.toString());
    }

    /** Shows nothing of the token. */
    @Override
    public String toString() {
        return "NodeConsole[" + address + "]";
    }
}
