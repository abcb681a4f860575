package io.tokenguard.internal.keys;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
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
import javax.net.ssl.SSLContext;

/**
 * Fetches JSON documents, with a timeout for the whole exchange, body included, and a size limit. Follows no redirects and
 * rejects compressed bodies. One per guard, for all its issuers. Thread-safe; never blocks.
 */
public final class DocumentFetcher implements AutoCloseable {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(1);
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    private final Set<HttpChannel> lines = ConcurrentHashMap.newKeySet();
    private final ExecutorService workers = Executors.newCachedThreadPool(DocumentFetcher::workerThread);
    private final HttpChannel documents;
    private final ScheduledExecutorService timer;
    private final Clock clock;

    /**
     * A fetcher.
     *
     * @param timer cancels exchanges that take too long
     * @param clock the time of day, for dates that servers send
     */
    public DocumentFetcher(ScheduledExecutorService timer, Clock clock) {
        this.timer = timer;
        this.clock = clock;
        this.documents = channel(LONGEST_CONNECT, Optional.empty());
    }

    /**
     * Opens a separate channel, which ends with this fetcher.
     *
     * @param connect the connect timeout
     * @param tls client keys and trusted certificates; empty for those of the platform
     */
    public HttpChannel channel(Duration connect, Optional<SSLContext> tls) {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connect)
                .executor(workers);
        tls.ifPresent(client::sslContext);
        HttpChannel channel = new HttpChannel(client.build(), timer, clock);
        lines.add(channel);
        return channel;
    }

    private static Thread workerThread(Runnable work) {
        Thread thread = new Thread(work, "tokenguard-fetch");
        thread.setDaemon(true);
        return thread;
    }

    /** Runs work that may block; rejects work once the fetcher is closed. */
    public Executor workers() {
        return workers;
    }

    /** Does work that may block, and fails if it takes longer than a fetch may. */
    <T> CompletableFuture<T> inTime(Supplier<T> work, FetchLimits limits) {
        CompletableFuture<T> result = CompletableFuture.supplyAsync(work, workers);
        Future<?> deadline =
                timer.schedule(() -> result.cancel(false), limits.timeout().toMillis(), TimeUnit.MILLISECONDS);
        return result.whenComplete((value, failure) -> deadline.cancel(false));
    }

    /**
     * Starts to fetch a JSON document; fails if it does not arrive in time and within the limits.
     *
     * @param entityTag the tag of a cached copy; empty if there is none
     */
    CompletableFuture<FetchedDocument> fetch(URI address, String entityTag, FetchLimits limits) {
        return fetch(address, "application/json, application/jwk-set+json", entityTag, limits);
    }

    /**
     * Starts to fetch a document; fails with a {@link FetchException} if it does not arrive in time and within the limits.
     *
     * @param mediaTypes the accepted media types (RFC 9110 §12.5.1)
     * @param entityTag the tag of a cached copy; empty if there is none
     */
    @SuppressWarnings("CollectionUndefinedEquality") // identity is meant
    public CompletableFuture<FetchedDocument> fetch(
            URI address, String mediaTypes, String entityTag, FetchLimits limits) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Accept", mediaTypes);
        if (!entityTag.isEmpty()) {
            request.header("If-None-Match", entityTag);
        }
        Set<Integer> expected = entityTag.isEmpty() ? Set.of(OK) : Set.of(OK, NOT_MODIFIED);
        return documents.send(request.GET().build(), expected, limits).thenApply(DocumentFetcher::document);
    }

    private static FetchedDocument document(HttpResponse<byte[]> response) {
        return new FetchedDocument(
                response.body(),
                response.statusCode() == NOT_MODIFIED,
                ResponseFields.entityTag(response.headers()),
                ResponseFields.maxAge(response.headers()));
    }

    /** Cancels running exchanges and ends the threads, without waiting for them. */
    @Override
    public void close() {
        lines.forEach(channel -> channel.end(workers));
        workers.shutdown();
    }
}
