package io.tokenguard.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tokenguard.TokenGuard;

/**
 * Binds everything that a guard counts to a meter registry. {@code docs/observability.md} lists the meters.
 *
 * <p>Tags are configured texts and constants: never a token, subject, client or path of a request. The meters read {@link
 * TokenGuard#stats()} and {@link TokenGuard#health()} at most once a second, and cost decisions nothing. If the guard is
 * reconfigured, meters of new routes and issuers are added within a second of the next time that a meter is read. Bind one
 * guard to a registry only once, or bind several with a tag each. Thread-safe.
 */
public final class TokenGuardMetrics implements MeterBinder {
    private final TokenGuard guard;
    private final Iterable<Tag> tags;

    /** Metrics of a guard. */
    public TokenGuardMetrics(TokenGuard guard) {
        this(guard, Tags.empty());
    }

    /**
     * Metrics of a guard.
     *
     * @param guard the guard
     * @param tags tags of every meter, to tell several guards apart
     */
    public TokenGuardMetrics(TokenGuard guard, Iterable<Tag> tags) {
        this.guard = guard;
        this.tags = Tags.of(tags);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        new BoundGuard(guard, new Meters(registry, tags)).bind();
    }
}
