package io.tokenguard.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.limits.BrakeSettings;
import io.tokenguard.internal.limits.Charge;
import io.tokenguard.internal.limits.LimitRule;
import io.tokenguard.internal.limits.Limiter;
import io.tokenguard.spi.SharedState.RequestCountStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a limiter asks a shared store, and what it makes of the answers. */
class SharedLimiterTest {
    private final AtomicLong time = new AtomicLong();
    private final List<Charge> charges = LimitRule.parse(
                    "/x limit 10/1m per issuer as all limit 5/1m per subject as own cost 2 limit 1/1m per issuer as trial report-only")
            .charges();
    private final List<RequestCountStore.Bucket> asked = new ArrayList<>();
    private Optional<List<Double>> answer = Optional.empty();

    private Limiter limiter(boolean failsOpen, int most) {
        Limiter.Sharing sharing = new Limiter.Sharing(
                Optional.of((buckets, limit) -> {
                    asked.addAll(buckets);
                    return answer;
                }),
                failsOpen,
                Duration.ofMillis(250));
        return new BucketLimiterProvider()
                .open(new Limiter.Terms(
                        BrakeSettings.OFF, charges.stream().map(Charge::limit).toList(), most, sharing, time::get));
    }

    private Limiter.Count count(Limiter limiter, String subject) throws RefusedException {
        return limiter.count(
                charges,
                SenderKeyCase.sender(AccessToken.builder("https://issuer.example.com")
                        .subject(subject)
                        .build()));
    }

    @Test
    void namesBucketsByHashes() throws RefusedException {
        answer = Optional.of(List.of(0.0, 0.0, 0.0));
        count(limiter(true, 1_000), "alice");
        assertThat(asked)
                .hasSize(3)
                .allSatisfy(bucket ->
                        assertThat(bucket.name()).matches("[A-Za-z0-9_-]{43}").doesNotContain("alice"));
        assertThat(asked.stream().map(RequestCountStore.Bucket::isRequired)).containsExactly(true, true, false);
        assertThat(asked.stream().map(RequestCountStore.Bucket::name)).doesNotHaveDuplicates();
    }

    @Test
    void showsWhatIsLeftAfterTheRequest() throws RefusedException {
        answer = Optional.of(List.of(3.0, 1.5, 1.0));
        Limiter.Count count = count(limiter(true, 1_000), "alice");
        assertThat(count.fields()).containsEntry("RateLimit", "\"all\";r=6;t=24, \"own\";r=1;t=42");
        assertThat(count.enforced()).isEmpty();
        assertThat(count.reported())
                .singleElement()
                .satisfies(excess -> assertThat(excess.limit().name()).isEqualTo("trial"));
    }

    @Test
    void refusesARequestThatHasNoRoom() throws RefusedException {
        answer = Optional.of(List.of(3.0, 3.5, 0.0));
        Limiter.Count count = count(limiter(true, 1_000), "alice");
        assertThat(count.fields())
                .containsEntry("RateLimit", "\"all\";r=7;t=18, \"own\";r=1;t=6")
                .containsEntry("Retry-After", "6");
        assertThat(count.enforced())
                .get()
                .satisfies(excess -> assertThat(excess.retryAfter()).isEqualTo(Duration.ofSeconds(6)));
        assertThat(count.reported()).isEmpty();
    }

    @Test
    void countsAloneWithoutAnAnswerIfItFailsOpen() throws RefusedException {
        Limiter limiter = limiter(true, 1_000);
        assertThat(count(limiter, "alice").enforced()).isEmpty();
        assertThat(count(limiter, "alice").enforced()).isEmpty();
        assertThat(count(limiter, "alice").enforced()).isPresent();
    }

    @Test
    void refusesWithoutAnAnswerIfItFailsClosed() {
        Limiter limiter = limiter(false, 1_000);
        assertThatThrownBy(() -> count(limiter, "alice"))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.LIMIT_STORE_UNAVAILABLE));
    }

    @Test
    void countsNewSendersAloneIfTheStoreHasTooManyOfThisNode() throws RefusedException {
        answer = Optional.of(List.of(0.0, 0.0, 0.0));
        Limiter limiter = limiter(false, 2);
        count(limiter, "alice");
        count(limiter, "bob");
        asked.clear();
        assertThat(count(limiter, "carol").enforced()).isEmpty();
        assertThat(asked).isEmpty();
        count(limiter, "bob");
        assertThat(asked).hasSize(3);
        time.addAndGet(Duration.ofMinutes(2).toNanos());
        asked.clear();
        count(limiter, "carol");
        assertThat(asked).hasSize(3);
    }
}
