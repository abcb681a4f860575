package io.tokenguard.downstream;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/** Sends requests with their tokens by the JDK's client. Thread-safe. Does not follow redirects. */
public final class RelayHttpClient {
    private final TokenRelay relay;
    private final HttpClient client;

    private RelayHttpClient(TokenRelay relay, HttpClient client) {
        this.relay = relay;
        this.client = client;
    }

    /**
     * A client.
     *
     * @param client the client that sends; it must not follow redirects, because it would carry the token to another origin
     * @throws IllegalArgumentException if it follows redirects
     */
    public static RelayHttpClient of(TokenRelay relay, HttpClient client) {
        if (client.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException(
                    "the client follows redirects, and would carry tokens to other origins; build it"
                            + " with followRedirects(HttpClient.Redirect.NEVER)");
        }
        return new RelayHttpClient(relay, client);
    }

    /**
     * Sends a request; its {@code Authorization} field is replaced if its destination gets a token.
     *
     * @param caller whose request is being served; empty if the API acts for nobody
     * @throws RelayException if there is no token for it; then it was not sent
     * @throws IOException if the client fails
     * @throws InterruptedException if the thread is interrupted while the client sends
     */
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> bodies, Optional<Caller> caller)
            throws IOException, InterruptedException {
        Optional<String> token = relay.tokenFor(request.uri(), caller);
        return client.send(token.map(text -> with(request, text)).orElse(request), bodies);
    }

    private static HttpRequest with(HttpRequest request, String token) {
        return HttpRequest.newBuilder(request, (name, value) -> true)
                .setHeader("Authorization", "Bearer " + token)
                .build();
    }
}
