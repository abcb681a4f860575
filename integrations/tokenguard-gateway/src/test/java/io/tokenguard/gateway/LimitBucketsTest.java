package io.tokenguard.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessToken;
import io.tokenguard.internal.limits.BrakeSettings;
import io.tokenguard.internal.limits.Limit;
import io.tokenguard.internal.limits.LimitKey;
import io.tokenguard.internal.limits.Limiter;
import io.tokenguard.internal.limits.Rate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LimitBucketsTest {
    private static final int MOST = 1_000;
    private final AtomicLong time = new AtomicLong();
    private final Limit limit =
            new Limit("n", new Rate(10, Duration.ofMinutes(1), 10), LimitKey.of(LimitKey.Kind.NETWORK), false);
    private final LimitBuckets buckets = LimitBuckets.of(
            limit, new Limiter.Terms(BrakeSettings.OFF, List.of(limit), MOST, Limiter.Sharing.NONE, time::get));

    private boolean consume(String address) {
        return buckets.consume(
                        new Limiter.Sender() {
                            @Override
                            public String address() {
                                return address;
                            }

                            @Override
                            public Optional<AccessToken> token() {
                                return Optional.empty();
                            }
                        },
                        1)
                .isConsumed();
    }

    @Test
    void areNeverMoreThanConfigured() {
        for (int i = 0; i < 50_000; i++) {
            consume("2001:db8:" + Integer.toHexString(i) + "::1");
        }
        buckets.buckets().cleanUp();
        assertThat(buckets.buckets().estimatedSize()).isLessThanOrEqualTo(MOST);
    }

    @Test
    void ofABusySenderSurviveAFloodOfNewOnes() {
        for (int i = 0; i < 50; i++) {
            consume("192.0.2.1");
        }
        for (int i = 0; i < 50_000; i++) {
            consume("2001:db8:" + Integer.toHexString(i) + "::1");
            if (i % 500 == 0) {
                assertThat(consume("192.0.2.1")).isFalse();
            }
        }
    }

    @Test
    void areForgottenOnceTheyWouldBeFull() {
        consume("192.0.2.1");
        time.addAndGet(Duration.ofMinutes(1).toNanos() + 1);
        buckets.buckets().cleanUp();
        assertThat(buckets.buckets().estimatedSize()).isZero();
    }

    @Test
    void shareTheirTokensAmongThreads() throws InterruptedException {
        AtomicLong granted = new AtomicLong();
        Thread[] threads = new Thread[8];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> {
                for (int n = 0; n < 100; n++) {
                    granted.addAndGet(consume("192.0.2.1") ? 1 : 0);
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(granted).hasValue(10);
    }
}
