package io.tokenguard.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.audit.LineLimit;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which load settles whether an issuer has a key, with loads that end when the test says so. */
class RemoteKeySourceTest {
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256, "first");
    private static final TestKey OTHER = TestKey.generate(TestAlgorithm.ES256, "other");

    private final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Deque<CompletableFuture<LoadedKeys>> loads = new ArrayDeque<>();
    private final RemoteKeySource source = RemoteKeySource.started(
            "origin",
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
                    Runnable::run,
                    () -> 0.5,
                    Optional.empty()),
            this::load);

    private CompletableFuture<LoadedKeys> load() {
        loads.addLast(new CompletableFuture<>());
        return loads.getLast();
    }

    @AfterEach
    void stop() {
        source.close();
        timer.shutdownNow();
    }

    private void endLoad(TestKey... keys) throws FetchException {
        String set = Stream.of(keys).map(TestKey::publicJwk).collect(Collectors.joining(",", "{\"keys\":[", "]}"));
        loads.removeFirst().complete(KeySetLoader.read(set.getBytes(StandardCharsets.UTF_8), Optional.empty(), 100));
    }

    private void assertRefused(String keyId, RefusalReason reason) {
        // Nobody ends a load while the request waits for it: as if it took longer than a request waits.
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> source.find(keyId, SignatureAlgorithm.ES256))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
        assertThat(Thread.interrupted()).isIn(true, false);
    }

    @Test
    void aLoadThatBeganBeforeAKeyIdWasSeenDoesNotSettleIt() throws FetchException {
        endLoad(KEY);
        assertRefused("stranger", RefusalReason.KEYS_UNAVAILABLE);
        assertRefused("other", RefusalReason.KEYS_UNAVAILABLE);
        endLoad(KEY);
        assertRefused("stranger", RefusalReason.KEY_UNKNOWN);
        assertRefused("other", RefusalReason.KEYS_UNAVAILABLE);
        clock.advance(Duration.ofSeconds(5));
        assertRefused("other", RefusalReason.KEYS_UNAVAILABLE);
        endLoad(KEY);
        assertRefused("other", RefusalReason.KEY_UNKNOWN);
    }

    @Test
    void aLoadThatBeganBeforeMayBringTheKey() throws FetchException, RefusedException {
        endLoad(KEY);
        assertRefused("stranger", RefusalReason.KEYS_UNAVAILABLE);
        assertRefused("other", RefusalReason.KEYS_UNAVAILABLE);
        endLoad(KEY, OTHER);
        assertThat(source.find("other", SignatureAlgorithm.ES256).keyId()).isEqualTo("other");
    }

    @Test
    void aLoadThatFailedSettlesNothing() throws FetchException {
        endLoad(KEY);
        assertRefused("stranger", RefusalReason.KEYS_UNAVAILABLE);
        loads.removeFirst().completeExceptionally(new FetchException("status 500"));
        assertRefused("stranger", RefusalReason.KEYS_UNAVAILABLE);
    }
}
