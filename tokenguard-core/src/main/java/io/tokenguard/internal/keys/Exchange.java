package io.tokenguard.internal.keys;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One exchange, with the redirects that it follows; one deadline for all. Thread-safe. */
final class Exchange {
    private static final int MOST_REDIRECTS = 3;

    private final CompletableFuture<HttpResponse<byte[]>> result = new CompletableFuture<>();
    private final HttpClient client;
    private final HttpResponse.BodyHandler<byte[]> bodies;
    private volatile @Nullable CompletableFuture<HttpResponse<byte[]>> underWay;

    Exchange(HttpClient client, HttpResponse.BodyHandler<byte[]> bodies) {
        this.client = client;
        this.bodies = bodies;
    }

    CompletableFuture<HttpResponse<byte[]>> result() {
        return result;
    }

    Exchange start(HttpRequest request) {
        send(request, request.method().equals("GET") ? MOST_REDIRECTS : 0);
        return this;
    }

    private void send(HttpRequest request, int redirectsLeft) {
        CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(request, bodies);
        underWay = sent;
        if (result.isDone()) {
            sent.cancel(true);
        }
        CompletableFuture<Void> unused = sent.handle((response, failure) -> {
            settle(request, response, failure, redirectsLeft);
            return null;
        });
    }

    private void settle(
            HttpRequest request, @Nullable HttpResponse<byte[]> response, @Nullable Throwable failure, int left) {
        if (response != null && (Object) response.body() != null) {
            result.complete(response);
            return;
        }
        Throwable problem = failure == null ? withoutBody(response) : failure;
        Optional<URI> next = left == 0 || result.isDone()
                ? Optional.empty()
                : FetchException.of(problem).redirectFrom(request.uri());
        if (next.isEmpty()) {
            result.completeExceptionally(problem);
            return;
        }
        try {
            send(
                    HttpRequest.newBuilder(request, (name, value) -> true)
                            .uri(next.get())
                            .build(),
                    left - 1);
        } catch (RuntimeException notSent) {
            result.completeExceptionally(notSent);
        }
    }

    /** The platform's client hands over no body if a proxy demands credentials for a tunnel. */
    private static FetchException withoutBody(@Nullable HttpResponse<byte[]> response) {
        return response == null
                ? new FetchException("no answer")
                : FetchException.ofStatus(response.statusCode(), Duration.ZERO);
    }

    void cancel() {
        result.cancel(true);
        CompletableFuture<HttpResponse<byte[]>> sent = underWay;
        if (sent != null) {
            sent.cancel(true);
        }
    }
}
