package io.tokenguard.internal.keys;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP connections with a timeout for the whole exchange, body included, and a limit on the size of the answer. Follows no
 * redirects and rejects compressed bodies. Thread-safe; never blocks.
 */
public final class HttpChannel {
    private static final Logger LOG = LoggerFactory.getLogger(HttpChannel.class);

    private final Set<Future<?>> underWay = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private volatile @Nullable HttpClient client;

    HttpChannel(HttpClient client, ScheduledExecutorService timer, Clock clock) {
        this.client = client;
        this.timer = timer;
        this.clock = clock;
    }

    /**
     * Starts an exchange; fails with a {@link FetchException} if no answer of an expected status arrives in time and within
     * the limits, or with the network's exception.
     *
     * @param expected the statuses whose body is returned
     */
    @SuppressWarnings("CollectionUndefinedEquality") // identity is meant
    public CompletableFuture<HttpResponse<byte[]>> send(
            HttpRequest request, Set<Integer> expected, FetchLimits limits) {
        HttpClient open = client;
        if (open == null) {
            return CompletableFuture.failedFuture(new FetchException("closed"));
        }
        CompletableFuture<HttpResponse<byte[]>> exchange =
                open.sendAsync(request, response -> bodyOf(response, expected, limits));
        // HttpRequest.timeout ends with the response headers; only cancelling the exchange ends a slow body.
        Future<?> deadline =
                timer.schedule(() -> exchange.cancel(true), limits.timeout().toMillis(), TimeUnit.MILLISECONDS);
        underWay.add(exchange);
        return exchange.whenComplete((response, failure) -> {
            underWay.remove(exchange);
            deadline.cancel(false);
        });
    }

    private HttpResponse.BodySubscriber<byte[]> bodyOf(
            HttpResponse.ResponseInfo response, Set<Integer> expected, FetchLimits limits) {
        if (!expected.contains(response.statusCode())) {
            return BoundedBody.refused(FetchException.ofStatus(
                    response.statusCode(), ResponseFields.retryAfter(response.headers(), clock)));
        }
        if (response.headers().firstValue("Content-Encoding").isPresent()) {
            return BoundedBody.refused(new FetchException("body is encoded"));
        }
        return BoundedBody.upTo(limits.largest());
    }

    /** Cancels running exchanges. The client of JDK 17 can't be closed: its one thread ends once it is garbage-collected. */
    void end(Executor workers) {
        underWay.forEach(exchange -> exchange.cancel(true));
        HttpClient last = client;
        client = null;
        if ((Object) last instanceof AutoCloseable closeable) {
            workers.execute(() -> closeQuietly(closeable));
        }
    }

    private static void closeQuietly(AutoCloseable client) {
        try {
            client.close();
        } catch (Exception failure) {
            LOG.debug("The client failed to close with {}", failure.getClass().getName());
        }
    }
}
