package io.tokenguard.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.limits.BrakeSettings;
import io.tokenguard.internal.limits.Limiter;
import io.tokenguard.internal.limits.TooMany;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Counts the bad tokens of client networks. Beyond their number, a network's bad tokens are refused unverified, and its other
 * tokens share a small budget of verifications that is never empty for long. A token that is bad for good is refused without
 * another verification for a minute. Holds hashes of tokens only. Thread-safe.
 */
final class Brake {
    private static final int MOST_NETWORKS = 10_000;
    private static final int MOST_TOKENS = 10_000;
    private static final Duration NETWORK_LIFE = Duration.ofMinutes(5);

    /** Short, because keys and settings of an issuer can change under the same names. */
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(1);

    private final Cache<Network, NetworkBrake> networks;
    private final Cache<Fingerprint, KnownFailure> failures;
    private final BrakeSettings settings;
    private final LongSupplier nanoTime;
    private final BrakeAlarm alarm;

    Brake(BrakeSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.alarm = new BrakeAlarm(settings, nanoTime);
        this.networks = caffeine(nanoTime)
                .maximumSize(MOST_NETWORKS)
                .expireAfterAccess(NETWORK_LIFE)
                .build();
        this.failures = caffeine(nanoTime)
                .maximumSize(MOST_TOKENS)
                .expireAfterWrite(TOKEN_LIFE)
                .build();
    }

    private static Caffeine<Object, Object> caffeine(LongSupplier nanoTime) {
        return Caffeine.newBuilder().ticker(nanoTime::getAsLong).executor(Runnable::run);
    }

    Limiter.Attempt attempt(String address, String token) {
        Network network = Network.of(address);
        NetworkBrake brake = networks.get(network, unused -> new NetworkBrake(settings, nanoTime));
        Fingerprint fingerprint = Fingerprint.of(token);
        KnownFailure known = failures.getIfPresent(fingerprint);
        return known == null
                ? new NewToken(network, brake, fingerprint, brake.admitNew())
                : new Refused(known.answer(brake));
    }

    /**
     * A token that is known to be bad. It is counted already.
     *
     * @param refusal why it is refused
     */
    private record Refused(Optional<RefusedException> refusal) implements Limiter.Attempt {
        Refused(RefusedException refusal) {
            this(Optional.of(refusal));
        }

        @Override
        public void failed(RefusedException refused) {}
    }

    /** A token that is not known to be bad. */
    private final class NewToken implements Limiter.Attempt {
        private final Network network;
        private final NetworkBrake brake;
        private final Fingerprint fingerprint;
        private final Optional<Duration> wait;

        NewToken(Network network, NetworkBrake brake, Fingerprint fingerprint, Optional<Duration> wait) {
            this.network = network;
            this.brake = brake;
            this.fingerprint = fingerprint;
            this.wait = wait;
        }

        @Override
        public Optional<RefusedException> refusal() {
            return wait.map(until -> TooMany.badTokens("a new token, beyond the budget of its network", until));
        }

        @Override
        public void failed(RefusedException refused) {
            if (FailureKinds.isForGood(refused.reason())) {
                failures.put(fingerprint, KnownFailure.of(refused));
            }
            if (FailureKinds.isCounted(refused.reason()) && brake.countFailure()) {
                alarm.raise(network);
            }
        }
    }
}
