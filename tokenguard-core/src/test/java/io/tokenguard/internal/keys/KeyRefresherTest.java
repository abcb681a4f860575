package io.tokenguard.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.audit.LineLimit;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How loads end, with loads and tasks that run when the test says so. */
class KeyRefresherTest {
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256, "first");
    private static final TestKey OTHER = TestKey.generate(TestAlgorithm.ES256, "other");

    private final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Deque<CompletableFuture<LoadedKeys>> loads = new ArrayDeque<>();
    private final Deque<Runnable> tasks = new ArrayDeque<>();

    private KeySnapshot snapshot;
    private KeyRefresher refresher;

    @BeforeEach
    void start(@TempDir Path folder) {
        snapshot = new KeySnapshot(
                folder,
                "https://issuer.example.com",
                new FetchLimits(Duration.ofSeconds(3), 1 << 20, 100),
                Optional.empty());
        refresher = new KeyRefresher(
                new KeySupplies(
                        new KeyAlarm(
                                "https://issuer.example.com",
                                "",
                                LineLimit.usual("loads of keys", System::nanoTime),
                                LoadListener.NONE,
                                SignatureAlgorithm.defaults()),
                        new KeyRefreshPolicy(
                                Duration.ofMinutes(5),
                                Duration.ofMinutes(1),
                                Duration.ofSeconds(5),
                                Duration.ofHours(4),
                                Duration.ZERO,
                                4,
                                new WaitPolicy(Duration.ZERO, 1, true)),
                        new Clocks(clock, MonotonicTime.beside(clock)),
                        timer,
                        tasks::addLast,
                        () -> 0.5,
                        Optional.of(snapshot)),
                this::load);
        refresher.start();
        runOne();
    }

    private CompletableFuture<LoadedKeys> load() {
        loads.addLast(new CompletableFuture<>());
        return loads.getLast();
    }

    @AfterEach
    void stop() {
        refresher.close();
        timer.shutdownNow();
    }

    private void runOne() {
        tasks.removeFirst().run();
    }

    private Load underWay() {
        return Objects.requireNonNull(refresher.underWay());
    }

    private static LoadedKeys set(TestKey... keys) throws FetchException {
        String set = Stream.of(keys).map(TestKey::publicJwk).collect(Collectors.joining(",", "{\"keys\":[", "]}"));
        return KeySetLoader.read(set.getBytes(StandardCharsets.UTF_8), Optional.empty(), 100);
    }

    private boolean isSaved(String keyId) throws IOException, FetchException {
        return snapshot.read().orElseThrow().keys().keys().knows(keyId);
    }

    /** Records whether a load counts as under way when its waiters go on. */
    private List<Boolean> statesWhenWaitersGoOn(Load load) {
        List<Boolean> states = new ArrayList<>();
        CompletableFuture<Void> unused = load.end().thenAccept(end -> states.add(load.equals(refresher.underWay())));
        return states;
    }

    private static boolean knows(@Nullable KeySet keys, TestKey key) {
        return keys != null && keys.knows(key.kid());
    }

    @Test
    void keysServeOnlyAfterWhatRestrictsThemWasDerived() throws FetchException {
        List<Boolean> serving = new ArrayList<>();
        refresher.whenLoaded(keys -> serving.add(knows(refresher.current(), KEY)));
        loads.removeFirst().complete(set(KEY));
        runOne();
        assertThat(serving).containsExactly(false, true);
    }

    @Test
    void keysServeThoughTheObserverFails() throws FetchException {
        refresher.whenLoaded(keys -> {
            throw new IllegalStateException();
        });
        loads.removeFirst().complete(set(KEY));
        runOne();
        assertThat(knows(refresher.current(), KEY)).isTrue();
    }

    @Test
    void aLoadIsNoLongerUnderWayWhenItsWaitersGoOn() throws FetchException {
        List<Boolean> states = statesWhenWaitersGoOn(underWay());
        loads.removeFirst().complete(set(KEY));
        runOne();
        assertThat(states).containsExactly(false);
    }

    @Test
    void aFailedLoadIsNoLongerUnderWayWhenItsWaitersGoOn() {
        List<Boolean> states = statesWhenWaitersGoOn(underWay());
        loads.removeFirst().completeExceptionally(new FetchException("status 500"));
        runOne();
        assertThat(states).containsExactly(false);
    }

    @Test
    void aLoadThatIsClosedIsNoLongerUnderWayWhenItsWaitersGoOn() {
        List<Boolean> states = statesWhenWaitersGoOn(underWay());
        refresher.close();
        assertThat(states).containsExactly(false);
    }

    @Test
    void neitherWaitersNorTheNextLoadWaitUntilTheKeysAreSaved() throws IOException, FetchException {
        Load first = underWay();
        loads.removeFirst().complete(set(KEY));
        runOne();
        assertThat(first.end()).isDone();
        assertThat(snapshot.read()).isEmpty();
        refresher.refresh();
        assertThat(underWay().number()).isEqualTo(2);
        runOne();
        assertThat(isSaved("first")).isTrue();
    }

    @Test
    void anOlderSaveNeverOverwritesANewerOne() throws IOException, FetchException {
        loads.removeFirst().complete(set(KEY));
        runOne();
        Runnable save = tasks.removeFirst();
        refresher.refresh();
        runOne();
        loads.removeFirst().complete(set(OTHER));
        runOne();
        assertThat(tasks).as("a second task for saves").isEmpty();
        save.run();
        assertThat(isSaved("other")).isTrue();
    }

    @Test
    void aSaveDoesNotOverwriteTheNewerOneOfAnotherConfiguration() throws IOException, FetchException {
        loads.removeFirst().complete(set(KEY));
        runOne();
        clock.advance(Duration.ofSeconds(1));
        snapshot.save(set(OTHER).document(), clock.instant(), clock);
        runOne();
        assertThat(isSaved("other")).isTrue();
    }

    @Test
    void aSaveOverwritesOneFromTheFuture() throws IOException, FetchException {
        loads.removeFirst().complete(set(KEY));
        runOne();
        snapshot.save(set(OTHER).document(), clock.instant().plusSeconds(1), clock);
        runOne();
        assertThat(isSaved("first")).isTrue();
    }
}
