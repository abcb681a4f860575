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
 * Connections of one kind, on which exchanges have a deadline, body included, and a limit on the size of what comes back.
 * A GET follows up to three redirects within its origin. Thread-safe; never blocks.
 */
public final class HttpChannel {
    private static final Logger LOG = LoggerFactory.getLogger(HttpChannel.class);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final Set<Exchange> underWay = ConcurrentHashMap.newKeySet();
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
    public CompletableFuture<HttpResponse<byte[]>> send(
            HttpRequest request, Set<Integer> expected, FetchLimits limits) {
        HttpClient open = client;
        if (open == null) {
            return CompletableFuture.failedFuture(new FetchException("closed"));
        }
        Exchange exchange = new Exchange(open, response -> bodyOf(response, expected, limits)).start(request);
        // HttpRequest.timeout ends with the response headers; only cancelling the exchange cuts a slow body.
        Future<?> deadline = timer.schedule(exchange::cancel, limits.timeout().toMillis(), TimeUnit.MILLISECONDS);
        underWay.add(exchange);
        return exchange.result().whenComplete((response, failure) -> {
            underWay.remove(exchange);
            deadline.cancel(false);
        });
    }

    private HttpResponse.BodySubscriber<byte[]> bodyOf(
            HttpResponse.ResponseInfo response, Set<Integer> expected, FetchLimits limits) {
        if (!expected.contains(response.statusCode())) {
            return BoundedBody.refused(FetchException.ofAnswer(
                    response.statusCode(),
                    ResponseFields.mediaType(response.headers()),
                    ResponseFields.retryAfter(response.headers(), clock),
                    location(response)));
        }
        ContentCoding coding = ContentCoding.of(response.headers());
        return coding == ContentCoding.OTHER
                ? BoundedBody.refused(new FetchException("body is encoded other than by gzip"))
                : BoundedBody.upTo(limits.largest(), coding);
    }

    private static String location(HttpResponse.ResponseInfo response) {
        boolean isRedirect = REDIRECTS.contains(response.statusCode());
        return isRedirect ? response.headers().firstValue("Location").orElse("") : "";
    }

    /** Cancels what is under way. The client of JDK 17 can't be closed: its one thread ends once it is collected. */
    void end(Executor workers) {
        underWay.forEach(Exchange::cancel);
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
