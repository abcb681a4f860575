package io.tokenguard;

import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.limits.Charge;
import io.tokenguard.internal.limits.Limiter;
import io.tokenguard.internal.limits.TooMany;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Refuses the tokens of one address, and the requests beyond one limit. Records what it is asked. The limiter of the tests of
 * core, which have no module that counts.
 */
public final class DrilledLimiter implements Limiter.Provider, Limiter {
    static final String BRAKED = "203.0.113.9";
    static final String SPENT = "spent";
    static final String UNCOUNTABLE = "uncountable";
    /** Where counting waits for a store. */
    static final String SHARED = "shared";

    static final List<String> ATTEMPTS = new ArrayList<>();
    static final List<String> FAILURES = new ArrayList<>();
    /** The threads that counted requests. */
    static final List<String> COUNTED = new CopyOnWriteArrayList<>();

    private boolean isShared;

    @Override
    public Limiter open(Terms terms) {
        isShared = terms.limits().stream().anyMatch(limit -> limit.name().equals(SHARED));
        return this;
    }

    @Override
    public Attempt attempt(Sender sender, String token) {
        ATTEMPTS.add(token);
        boolean isBraked = sender.address().equals(BRAKED);
        return new Attempt() {
            @Override
            public Optional<RefusedException> refusal() {
                return isBraked ? Optional.of(TooMany.badTokens("drill", Duration.ofSeconds(7))) : Optional.empty();
            }

            @Override
            public void failed(RefusedException refused, boolean isByTokenAlone) {
                FAILURES.add(refused.reason().name());
            }
        };
    }

    @Override
    public Count count(List<Charge> charges, Sender sender) throws RefusedException {
        Charge charge = charges.get(0);
        if (charge.limit().name().equals(UNCOUNTABLE)) {
            throw TooMany.unknown();
        }
        COUNTED.add(Thread.currentThread().getName());
        Map<String, String> fields = Map.of("RateLimit", '"' + charge.limit().name() + "\";r=0;t=300");
        return charge.limit().name().equals(SPENT)
                ? new Count(
                        Map.of("RateLimit", "\"spent\";r=0;t=300", "Retry-After", "300"),
                        Optional.of(new Excess(charge, Duration.ofMinutes(5))),
                        List.of())
                : new Count(fields, Optional.empty(), List.of());
    }

    @Override
    public boolean mayWait() {
        return isShared;
    }
}
