package io.tokenguard.internal.keys;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Fetches a JSON document with a deadline over the whole exchange, body included, and a limit on its size. Redirects are
 * not followed and compressed bodies are refused. Thread-safe; never blocks.
 */
public final class DocumentFetcher {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(1);

    private final HttpClient client;
    private final ScheduledExecutorService timer;
    private final Duration timeout;
    private final int largest;

    /**
     * A fetcher with limits.
     *
     * @param timer cuts exchanges that take too long
     * @param timeout for the whole exchange
     * @param largest the greatest number of bytes of a body
     */
    public DocumentFetcher(ScheduledExecutorService timer, Duration timeout, int largest) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT)
                .build();
        this.timer = timer;
        this.timeout = timeout;
        this.largest = largest;
    }

    /** Starts to fetch a document; fails where it can't be had with status 200 in time and within the limit. */
    CompletableFuture<byte[]> fetch(URI address) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Accept", "application/json, application/jwk-set+json")
                .GET()
                .build();
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(request, this::bodyOf);
        // HttpRequest.timeout ends with the response headers; only cancelling the exchange cuts a slow body.
        Future<?> deadline = timer.schedule(() -> exchange.cancel(true), timeout.toMillis(), TimeUnit.MILLISECONDS);
        return exchange.whenComplete((response, failure) -> deadline.cancel(false))
                .thenApply(HttpResponse::body);
    }

    private HttpResponse.BodySubscriber<byte[]> bodyOf(HttpResponse.ResponseInfo response) {
        if (response.statusCode() != 200) {
            return BoundedBody.refused("status " + response.statusCode());
        }
        if (response.headers().firstValue("Content-Encoding").isPresent()) {
            return BoundedBody.refused("body is encoded");
        }
        return BoundedBody.upTo(largest);
    }
}
