package io.tokenguard.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessToken;
import io.tokenguard.internal.limits.BrakeSettings;
import io.tokenguard.internal.limits.Charge;
import io.tokenguard.internal.limits.LimitRule;
import io.tokenguard.internal.limits.Limiter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Requests that several limits count, one of which they share with other senders. */
class BucketLimiterTest {
    private final AtomicLong time = new AtomicLong();
    private final List<Charge> charges = LimitRule.parse(
                    "/x limit 2/1h per issuer as all limit 1/1h per subject as own limit 1/1h per issuer as trial report-only")
            .charges();
    private final BucketLimiter limiter = BucketLimiter.of(new Limiter.Terms(
            BrakeSettings.OFF, charges.stream().map(Charge::limit).toList(), 1_000, Limiter.Sharing.NONE, time::get));

    private static AccessToken tokenOf(String subject) {
        return AccessToken.builder("https://issuer.example.com")
                .subject(subject)
                .build();
    }

    private boolean isGranted(String subject) {
        return limiter.count(charges, SenderKeyCase.sender(tokenOf(subject)))
                .enforced()
                .isEmpty();
    }

    /** Whenever Eve's token is read, Bob's request could arrive. */
    @Test
    void aSenderBeyondItsOwnLimitUsesUpNothingOfAnotherNotEvenForAMoment() {
        assertThat(isGranted("eve")).isTrue();
        for (int moment = 1; moment <= 2; moment++) {
            BucketLimiterTest fresh = new BucketLimiterTest();
            assertThat(fresh.isGranted("eve")).isTrue();
            assertThat(fresh.isBobServedDuringRequestOfEve(moment))
                    .as("moment %s", moment)
                    .isTrue();
        }
    }

    private boolean isBobServedDuringRequestOfEve(int moment) {
        boolean[] isServed = {false};
        Limiter.Sender eve = new Limiter.Sender() {
            private int reads;

            @Override
            public String address() {
                return GuardedApi.HOME;
            }

            @Override
            public Optional<AccessToken> token() {
                reads++;
                if (reads == moment) {
                    isServed[0] = isGranted("bob");
                }
                return Optional.of(tokenOf("eve"));
            }
        };
        assertThat(limiter.count(charges, eve).enforced()).isPresent();
        return isServed[0];
    }

    @Test
    void aRefusedRequestShowsTheLimitsBeforeAndIsNotReported() {
        isGranted("eve");
        Limiter.Count refused = limiter.count(charges, SenderKeyCase.sender(tokenOf("eve")));
        assertThat(refused.fields())
                .containsEntry("RateLimit", "\"all\";r=1;t=1800, \"own\";r=0;t=3600")
                .containsEntry("Retry-After", "3600");
        assertThat(refused.reported()).isEmpty();
    }

    @Test
    void aGrantedRequestBeyondALimitThatOnlyReportsIsReported() {
        isGranted("eve");
        assertThat(limiter.count(charges, SenderKeyCase.sender(tokenOf("bob"))).reported())
                .singleElement()
                .satisfies(excess -> assertThat(excess.limit().name()).isEqualTo("trial"));
    }
}
