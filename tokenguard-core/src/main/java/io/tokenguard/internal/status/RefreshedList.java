package io.tokenguard.internal.status;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.internal.audit.LineLimit;
import io.tokenguard.internal.keys.Clocks;
import io.tokenguard.internal.keys.FetchException;
import io.tokenguard.internal.keys.FetchedDocument;
import io.tokenguard.internal.keys.HostPolicy;
import io.tokenguard.internal.keys.IssuerMetadata;
import io.tokenguard.internal.keys.LoadSchedule;
import io.tokenguard.internal.waiting.WouldWaitException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One status list, refreshed before it becomes stale. At most one load runs at a time, without a lock. A request waits only
 * if no list was loaded yet: at most a second, at most 64 requests at once. A failed load keeps the last list.
 */
final class RefreshedList {
    private static final Logger LOG = LoggerFactory.getLogger(RefreshedList.class);
    private static final String MEDIA_TYPE = "application/statuslist+jwt";
    private static final String EXPECTED = "a status list that can be loaded";
    private static final int[] RETRY_SECONDS = {5, 10, 20, 40, 60};
    private static final long LONGEST_WAIT_MILLIS = 1_000;
    private static final int MOST_WAITING = 64;

    private final ListSupplies supplies;
    private final String issuer;
    private final URI address;
    private final LineLimit lines;
    private final Clocks clocks;
    private final LoadSchedule schedule;
    private final Semaphore places = new Semaphore(MOST_WAITING);
    private final AtomicReference<@Nullable CompletableFuture<Void>> underWay = new AtomicReference<>();
    private volatile @Nullable Generation generation;

    /** The list whose key was banned, and that was therefore loaded again. */
    private volatile @Nullable Generation withdrawn;

    private volatile int failures;
    private volatile @Nullable Throwable lastProblem;
    private volatile boolean closed;

    RefreshedList(ListSupplies supplies, String issuer, URI address, LineLimit lines) {
        this.supplies = supplies;
        this.issuer = issuer;
        this.address = address;
        this.lines = lines;
        this.clocks = supplies.clocks();
        this.schedule = new LoadSchedule(supplies.timer(), clocks, this::refresh);
    }

    /**
     * The result of one successful load.
     *
     * @param loaded the list
     * @param servesUntil when it stops to serve though there is no newer one, by {@link Clocks#moment}; it also ends with its own
     *     expiry
     */
    private record Generation(LoadedList loaded, Instant servesUntil) {
        boolean serves(Clocks clocks) {
            return clocks.moment().isBefore(servesUntil)
                    && loaded.expiresAt().map(clocks.wall().instant()::isBefore).orElse(true);
        }
    }

    /**
     * The list; refused if there is none that is still usable.
     *
     * @param mayWait whether to wait for the first load; else {@link WouldWaitException} is thrown
     */
    StatusList require(boolean mayWait) throws RefusedException {
        if (schedule.isOverdue()) {
            refresh();
        }
        StatusList list = current();
        if (list == null) {
            refreshIfKeyIsBanned();
            awaitFirst(mayWait);
            list = current();
        }
        if (list == null) {
            throw new RefusedException(RefusalReason.REVOCATION_UNKNOWN, "status list", this::missing);
        }
        return list;
    }

    private Finding missing() {
        Throwable problem = lastProblem;
        return problem instanceof FetchException fetched
                ? fetched.finding("no status list", EXPECTED)
                : Finding.of("no status list" + (problem == null ? "" : ": " + describe(problem)), EXPECTED);
    }

    private @Nullable StatusList current() {
        Generation last = generation;
        return last != null && last.serves(clocks) && !isKeyBanned(last)
                ? last.loaded().list()
                : null;
    }

    private boolean isKeyBanned(Generation loaded) {
        return supplies.verifier().isBanned(issuer, loaded.loaded().key());
    }

    /**
     * The issuer may publish a list that another key signed. At most one load per list; if it fails, the schedule continues.
     */
    private void refreshIfKeyIsBanned() {
        Generation last = generation;
        if (last != null && !last.equals(withdrawn) && isKeyBanned(last)) {
            withdrawn = last;
            refresh();
        }
    }

    /** After a failure no request waits: the next load is planned. */
    private void awaitFirst(boolean mayWait) {
        if (failures == 0 && generation == null) {
            refresh();
        }
        CompletableFuture<Void> load = underWay.get();
        if (load != null && !mayWait) {
            throw new WouldWaitException(true);
        }
        if (load == null || !places.tryAcquire()) {
            return;
        }
        try {
            load.get(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException notInTime) {
            // What is known by then decides.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    private void refresh() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        if (closed || !underWay.compareAndSet(null, end)) {
            return;
        }
        CompletableFuture<Void> unused = startLoad()
                .thenApplyAsync(this::read, supplies.workers())
                .handle((loaded, problem) -> {
                    try {
                        settle(loaded, problem);
                    } finally {
                        end(end);
                    }
                    return null;
                });
    }

    private CompletableFuture<FetchedDocument> startLoad() {
        try {
            return requireAllowedHost()
                    .thenCompose(unused -> supplies.fetchers()
                            .apply(issuer)
                            .from(own(), address)
                            .fetchStatusList(
                                    address, MEDIA_TYPE, supplies.policy().limits()));
        } catch (RuntimeException | Error problem) {
            return CompletableFuture.failedFuture(problem);
        }
    }

    /** The issuer's address; that of the list if the issuer has none. */
    private URI own() {
        try {
            URI own = URI.create(issuer);
            return own.getHost() == null ? address : own;
        } catch (IllegalArgumentException noAddress) {
            return address;
        }
    }

    /** The addresses of a name may change: resolved before each load. */
    private CompletableFuture<Void> requireAllowedHost() {
        StatusPolicy policy = supplies.policy();
        if (policy.isConfigured(address) || !supplies.verifier().isHostNamedByToken(issuer)) {
            return CompletableFuture.completedFuture(null);
        }
        HostPolicy hosts = policy.hosts().ofNamedIssuers();
        IssuerMetadata.Place place = IssuerMetadata.Place.at(URI.create(issuer), issuer);
        return new IssuerMetadata(place, supplies.fetchers().apply(issuer), policy.limits(), hosts)
                .requireOuter("status list", address);
    }

    private void end(CompletableFuture<Void> load) {
        underWay.compareAndSet(load, null);
        load.complete(null);
    }

    private LoadedList read(FetchedDocument document) {
        try {
            String token = new String(document.body(), StandardCharsets.ISO_8859_1).strip();
            LoadedList loaded = LoadedList.read(
                    supplies.verifier().verify(issuer, token),
                    issuer,
                    address.toString(),
                    clocks.wall().instant(),
                    supplies.policy().largest());
            Generation last = generation;
            if (last != null && !isKeyBanned(last) && loaded.issuedAt().isBefore(last.loaded.issuedAt())) {
                throw new RefusedException(RefusalReason.EXPIRED, "list is older than the one that is known");
            }
            return loaded;
        } catch (RefusedException refused) {
            throw new CompletionException(refused);
        }
    }

    private void settle(@Nullable LoadedList loaded, @Nullable Throwable problem) {
        if (loaded == null) {
            fail(problem);
        } else {
            succeed(loaded);
        }
    }

    private void succeed(LoadedList loaded) {
        StatusPolicy policy = supplies.policy();
        generation = new Generation(loaded, clocks.moment().plus(policy.outageTime()));
        failures = 0;
        // A fifth of its lifetime before it becomes stale.
        plan(policy.freshTime(loaded).multipliedBy(4).dividedBy(5));
    }

    private void fail(@Nullable Throwable problem) {
        int before = failures;
        failures = before + 1;
        lastProblem = FetchException.unwrapped(problem);
        int seconds = RETRY_SECONDS[Math.min(before, RETRY_SECONDS.length - 1)];
        plan(Duration.ofSeconds(seconds));
        if (Integer.bitCount(failures) == 1) {
            lines.write("", () -> log(problem));
        }
    }

    private void log(@Nullable Throwable problem) {
        LOG.warn(
                "A status list of issuer {} could not be loaded, {} times in a row: {}; {}",
                issuer,
                failures,
                describe(problem),
                current() != null ? "the last good one stays in use" : "requests with its tokens get 503");
    }

    /** Text from outside is in it only as the address of the list, escaped and cut. */
    private static String describe(@Nullable Throwable problem) {
        return FetchException.unwrapped(problem) instanceof RefusedException refused
                ? String.valueOf(refused.getMessage())
                : FetchException.of(problem).getMessage();
    }

    private void plan(Duration delay) {
        if (!closed) {
            schedule.planIn(supplies.jittered(delay));
        }
    }

    /** Uses the list of an older configuration until its own is loaded. */
    void inherit(RefreshedList older) {
        Generation theirs = older.generation;
        if (theirs != null) {
            Duration left = Duration.between(older.clocks.moment(), theirs.servesUntil);
            generation = new Generation(theirs.loaded, clocks.moment().plus(left));
            plan(Duration.ofSeconds(RETRY_SECONDS[0]));
        }
    }

    void close() {
        closed = true;
        schedule.cancel();
    }
}
