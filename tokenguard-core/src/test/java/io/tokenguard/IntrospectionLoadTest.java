package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenguard.access.RefusalReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Introspection while more requests come than calls may be made at once. */
class IntrospectionLoadTest {
    private static final RefusalReason UNAVAILABLE = RefusalReason.INTROSPECTION_UNAVAILABLE;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private List<Future<RefusalReason>> judgeAtOnce(GatedEndpoint endpoint, String prefix, int count) {
        List<Future<RefusalReason>> reasons = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String token = prefix + "-" + i;
            reasons.add(threads.submit(() -> endpoint.judge(token)));
        }
        return reasons;
    }

    private static List<RefusalReason> all(List<Future<RefusalReason>> futures) throws Exception {
        List<RefusalReason> reasons = new ArrayList<>();
        for (Future<RefusalReason> future : futures) {
            reasons.add(future.get());
        }
        return reasons;
    }

    @Test
    void sixtyConcurrentDifferentTokensAreServedByThirtyTwoCallsAtMost() throws Exception {
        try (GatedEndpoint endpoint = GatedEndpoint.usual()) {
            List<Future<RefusalReason>> requests = judgeAtOnce(endpoint, "held", 60);
            await().until(() -> endpoint.calls() == 24);
            endpoint.release();
            assertThat(all(requests)).hasSize(60).containsOnlyNulls();
            assertThat(endpoint.calls()).isEqualTo(60);
            assertThat(endpoint.mostConcurrent()).isLessThanOrEqualTo(32);
        }
    }

    @Test
    void requestsWithOneTokenWaitForOneCallThoughItHasNoPlaceYet() throws Exception {
        try (GatedEndpoint endpoint = new GatedEndpoint(settings -> settings.maxCalls(2))) {
            List<Future<RefusalReason>> first = judgeAtOnce(endpoint, "held", 1);
            await().until(() -> endpoint.calls() == 1);
            List<Future<RefusalReason>> same = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                same.add(threads.submit(() -> endpoint.judge("heldToo")));
            }
            endpoint.release();
            assertThat(all(first)).containsOnlyNulls();
            assertThat(all(same)).hasSize(20).containsOnlyNulls();
            assertThat(endpoint.calls()).isEqualTo(2);
        }
    }

    @Test
    void aRequestThatFindsNoPlaceInItsTimeGets503AndItsCallIsNotMade() {
        try (GatedEndpoint endpoint = new GatedEndpoint(
                settings -> settings.maxCalls(2).timeout(Duration.ofMillis(300)).cacheTtl(Duration.ZERO))) {
            List<Future<RefusalReason>> requests = judgeAtOnce(endpoint, "held", 5);
            await().until(() -> requests.stream().allMatch(Future::isDone));
            assertThat(requests).allSatisfy(request -> assertThat(request.get()).isEqualTo(UNAVAILABLE));
            assertThat(endpoint.calls()).isLessThan(5);
        }
    }

    @Test
    void requestsBeyondThoseThatMayWaitGet503AtOnce() throws Exception {
        try (GatedEndpoint endpoint =
                new GatedEndpoint(settings -> settings.maxCalls(2).maxWaiting(8))) {
            List<Future<RefusalReason>> requests = judgeAtOnce(endpoint, "held", 30);
            await().until(() -> requests.stream().filter(Future::isDone).count() == 24);
            endpoint.release();
            assertThat(all(requests)).filteredOn(reason -> reason == null).hasSize(6);
            assertThat(all(requests))
                    .filteredOn(reason -> reason == UNAVAILABLE)
                    .hasSize(24);
        }
    }

    @Test
    void strangersThatFillAllPlacesDenyNoneOfTwoHundredUsersThatWereActive() throws Exception {
        try (GatedEndpoint endpoint =
                new GatedEndpoint(settings -> settings.maxCalls(8).maxWaiting(40))) {
            for (int user = 0; user < 200; user++) {
                assertThat(endpoint.judge("user-" + user)).isNull();
            }
            endpoint.advance(Duration.ofMinutes(4));
            List<Future<RefusalReason>> strangers = judgeAtOnce(endpoint, "held", 60);
            await().until(() -> strangers.stream().filter(Future::isDone).count() == 30);
            assertThat(endpoint.judge("new-1")).isEqualTo(UNAVAILABLE);
            for (int user = 0; user < 200; user++) {
                assertThat(endpoint.judge("user-" + user)).isNull();
            }
            assertThat(endpoint.calls()).as("each user was introspected again").isGreaterThanOrEqualTo(406);
        }
    }
}
