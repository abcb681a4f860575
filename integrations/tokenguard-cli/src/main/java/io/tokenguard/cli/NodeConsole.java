package io.tokenguard.cli;

import io.tokenguard.internal.audit.SafeText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The console of a running node. Follows no redirect: it would take the token elsewhere.
 *
 * @param address its address, with a slash at the end
 * @param token the access token
 */
record NodeConsole(URI address, String token) {
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final String JSON = "200 with the JSON of a console";

    /** Reads a document. */
    Map<String, @Nullable Object> read(String path) {
        return document(send(to(path)));
    }

    /** Does something. */
    Map<String, @Nullable Object> act(String path, Map<String, String> body) {
        return document(send(to(path).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JsonText.of(body)))));
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(address.resolve("api/" + path))
                .timeout(LONGEST)
                .header("Authorization", "Bearer " + token);
    }

    private static NodeAnswer send(HttpRequest.Builder request) {
        try {
            return NodeAnswer.of(HttpClient.newBuilder()
                    .connectTimeout(LONGEST)
                    .build()
                    .send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
        } catch (IOException unreachable) {
            throw new UsageException("The node can't be reached: check the address of --node, and that the node runs");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UsageException("Interrupted");
        }
    }

    private Map<String, @Nullable Object> document(NodeAnswer answer) {
        Optional<Map<String, @Nullable Object>> document = answer.document();
        if (answer.status() == 200 && document.isPresent()) {
            return document.get();
        }
        NodeAnswer page = send(HttpRequest.newBuilder(address).timeout(LONGEST));
        if (!page.isPage()) {
            throw new UsageException(answer.inWords(JSON) + page.inWords("the page of a console")
                    + "So there is no console at the address of --node. Write the address of tokenguard.console.path, with the"
                    + " application's own path before it, and check that the node's filter serves it");
        }
        throw new UsageException(answer.inWords(JSON) + advice(answer));
    }

    private static String advice(NodeAnswer answer) {
        return switch (answer.status()) {
            case 401 ->
                "The node does not accept the token of --token-file: it may have expired; the node's audit log has the reason"
                        + (answer.refusal().isEmpty() ? "" : " under this identifier");
            case 403 ->
                "The token of --token-file has not the scope or role of the console (tokenguard.console.scope,"
                        + " tokenguard.console.role)";
            default ->
                answer.document()
                        .map(document -> document.get("error"))
                        .map(error -> "The node says: " + SafeText.sentence(error.toString()))
                        .orElse("Look for a proxy between this machine and the node, and at the node's log");
        };
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
