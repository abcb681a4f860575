package io.tokenguard.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/** A client as plain as can be; it gives up after ten seconds, so that no test hangs. */
final class Web {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return send("GET", uri);
    }

    HttpResponse<String> send(String method, URI uri) throws IOException, InterruptedException {
        return client.send(request(method, uri).build(), BodyHandlers.ofString());
    }

    Map<String, Object> json(URI uri) throws IOException, InterruptedException, JoseException {
        return JsonUtil.parseJson(get(uri).body());
    }

    HttpClient client() {
        return client;
    }

    static HttpRequest.Builder request(String method, URI uri) {
        return HttpRequest.newBuilder(uri).timeout(PATIENCE).method(method, BodyPublishers.noBody());
    }
}
