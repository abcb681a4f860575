package io.tokenguard.internal.keys;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches JSON documents, each with a deadline over the whole exchange, body included, and a limit on its size. Redirects
 * are not followed and compressed bodies are refused. One for a guard, for all its issuers. Thread-safe; never blocks.
 */
public final class DocumentFetcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DocumentFetcher.class);
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(1);
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    private final Set<Future<?>> underWay = ConcurrentHashMap.newKeySet();
    private final ExecutorService workers = Executors.newCachedThreadPool(DocumentFetcher::workerThread);
    private volatile @Nullable HttpClient client;
    private final ScheduledExecutorService timer;
    private final Clock clock;

    /**
     * A fetcher.
     *
     * @param timer cuts exchanges that take too long
     * @param clock tells how far away a date is that a server names
     */
    public DocumentFetcher(ScheduledExecutorService timer, Clock clock) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(LONGEST_CONNECT)
                .executor(workers)
                .build();
        this.timer = timer;
        this.clock = clock;
    }

    private static Thread workerThread(Runnable work) {
        Thread thread = new Thread(work, "tokenguard-fetch");
        thread.setDaemon(true);
        return thread;
    }

    /** Where work may block without keeping anybody waiting; rejects work once the fetcher is closed. */
    public Executor workers() {
        return workers;
    }

    /** Does work that may block, and fails where it takes longer than a fetch may. */
    <T> CompletableFuture<T> inTime(Supplier<T> work, FetchLimits limits) {
        CompletableFuture<T> result = CompletableFuture.supplyAsync(work, workers);
        Future<?> deadline =
                timer.schedule(() -> result.cancel(false), limits.timeout().toMillis(), TimeUnit.MILLISECONDS);
        return result.whenComplete((value, failure) -> deadline.cancel(false));
    }

    /**
     * Starts to fetch a JSON document; fails where it can't be had in time and within the limits.
     *
     * @param entityTag the tag of a copy that is held already; empty where there is none
     */
    CompletableFuture<FetchedDocument> fetch(URI address, String entityTag, FetchLimits limits) {
        return fetch(address, "application/json, application/jwk-set+json", entityTag, limits);
    }

    /**
     * Starts to fetch a document; fails with a {@link FetchException} where it can't be had in time and within the limits.
     *
     * @param mediaTypes which ones are asked for (RFC 9110 §12.5.1)
     * @param entityTag the tag of a copy that is held already; empty where there is none
     */
    @SuppressWarnings("CollectionUndefinedEquality") // The very same exchange is meant.
    public CompletableFuture<FetchedDocument> fetch(
            URI address, String mediaTypes, String entityTag, FetchLimits limits) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Accept", mediaTypes);
        if (!entityTag.isEmpty()) {
            request.header("If-None-Match", entityTag);
        }
        HttpClient open = client;
        if (open == null) {
            return CompletableFuture.failedFuture(new FetchException("closed"));
        }
        boolean mayBeUnchanged = !entityTag.isEmpty();
        CompletableFuture<HttpResponse<byte[]>> exchange =
                open.sendAsync(request.GET().build(), response -> bodyOf(response, mayBeUnchanged, limits));
        // HttpRequest.timeout ends with the response headers; only cancelling the exchange cuts a slow body.
        Future<?> deadline =
                timer.schedule(() -> exchange.cancel(true), limits.timeout().toMillis(), TimeUnit.MILLISECONDS);
        underWay.add(exchange);
        return exchange.whenComplete((response, failure) -> {
                    underWay.remove(exchange);
                    deadline.cancel(false);
                })
                .thenApply(DocumentFetcher::document);
    }

    private HttpResponse.BodySubscriber<byte[]> bodyOf(
            HttpResponse.ResponseInfo response, boolean mayBeUnchanged, FetchLimits limits) {
        HttpHeaders headers = response.headers();
        boolean isUnchanged = response.statusCode() == NOT_MODIFIED && mayBeUnchanged;
        if (response.statusCode() != OK && !isUnchanged) {
            return BoundedBody.refused(
                    FetchException.ofStatus(response.statusCode(), ResponseFields.retryAfter(headers, clock)));
        }
        if (headers.firstValue("Content-Encoding").isPresent()) {
            return BoundedBody.refused(new FetchException("body is encoded"));
        }
        return BoundedBody.upTo(limits.largest());
    }

    private static FetchedDocument document(HttpResponse<byte[]> response) {
        return new FetchedDocument(
                response.body(),
                response.statusCode() == NOT_MODIFIED,
                ResponseFields.entityTag(response.headers()),
                ResponseFields.maxAge(response.headers()));
    }

    /**
     * Gives up what is under way and ends its threads, without waiting for them. The client of JDK 17 can't be closed: its
     * one thread ends once the client is collected.
     */
    @Override
    public void close() {
        underWay.forEach(exchange -> exchange.cancel(true));
        HttpClient last = client;
        client = null;
        if ((Object) last instanceof AutoCloseable closeable) {
            workers.execute(() -> closeQuietly(closeable));
        }
        workers.shutdown();
    }

    private static void closeQuietly(AutoCloseable client) {
        try {
            client.close();
        } catch (Exception failure) {
            LOG.debug("The client failed to close with {}", failure.getClass().getName());
        }
    }
}
