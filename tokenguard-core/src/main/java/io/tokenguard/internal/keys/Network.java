package io.tokenguard.internal.keys;

import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
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

/** The connections and threads of one guard, for all its issuers. Thread-safe; never blocks. */
public final class Network implements AutoCloseable {
    private final Set<HttpChannel> channels = ConcurrentHashMap.newKeySet();
    private final ExecutorService workers = Executors.newCachedThreadPool(Network::workerThread);
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final ProxySelector proxies;

    /**
     * A network.
     *
     * @param timer cuts exchanges that take too long
     * @param clock the time, for dates that a server names
     * @param proxies the proxies of the process
     */
    public Network(ScheduledExecutorService timer, Clock clock, ProxySelector proxies) {
        this.timer = timer;
        this.clock = clock;
        this.proxies = proxies;
    }

    /**
     * Opens a channel, which ends with this network.
     *
     * @param connect how long a connection may take to be made
     * @param tls keys and trusted authorities; empty for those of the platform
     * @param proxy the proxy; empty for that of the process
     */
    public HttpChannel channel(Duration connect, Optional<SSLContext> tls, Optional<ProxySelector> proxy) {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connect)
                .proxy(proxy.orElse(proxies))
                .executor(workers);
        tls.ifPresent(client::sslContext);
        HttpChannel channel = new HttpChannel(client.build(), timer, clock);
        channels.add(channel);
        return channel;
    }

    /** The proxy on the way to an address; empty if it is reached directly. */
    Optional<UsedProxy> proxyFor(URI address, Reach reach) {
        return UsedProxy.of(
                reach.proxy().orElse(proxies),
                address,
                reach.proxy().isPresent() ? reach.set().key("jwks.proxy") : "the ProxySelector of the process");
    }

    private static Thread workerThread(Runnable work) {
        Thread thread = new Thread(work, "tokenguard-fetch");
        thread.setDaemon(true);
        return thread;
    }

    /** Runs work that may block; rejects it once the network is closed. */
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

    /** Cancels what is under way and ends the threads, without waiting for them. */
    @Override
    public void close() {
        channels.forEach(channel -> channel.end(workers));
        workers.shutdown();
    }
}
