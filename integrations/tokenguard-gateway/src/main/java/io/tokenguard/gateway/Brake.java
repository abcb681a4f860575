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
 * Counts the different bad tokens of client networks. Beyond their number, a network's bad tokens are refused unverified, and
 * its new tokens get small budgets of verifications: one for the hosts that sent bad tokens, one for the others. A token that
 * is bad for good is refused without another verification for a minute. Holds hashes of tokens only. Thread-safe.
 */
final class Brake {
    private static final int MOST_NETWORKS = 10_000;
    private static final int MOST_TOKENS = 10_000;
    private static final Duration NETWORK_LIFE = Duration.ofMinutes(5);

    /** Short, because keys and settings of an issuer can change under the same names. */
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(1);

    private final Cache<Network, NetworkBrake> networks;
    private final Cache<Fingerprint, KnownFailure> failures;
    private final Cache<Counted, Boolean> counted;
    private final BrakedHosts hosts;
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
        this.hosts = new BrakedHosts(settings, nanoTime);
        this.counted = caffeine(nanoTime)
                .maximumSize(MOST_TOKENS)
                .expireAfterWrite(TOKEN_LIFE)
                .build();
        this.failures = caffeine(nanoTime)
                .maximumSize(MOST_TOKENS)
                .expireAfterWrite(TOKEN_LIFE)
                .build();
    }

    private static Caffeine<Object, Object> caffeine(LongSupplier nanoTime) {
        return Caffeine.newBuilder().ticker(nanoTime::getAsLong).executor(Runnable::run);
    }

    /** A token that is counted against a network: a client that repeats it sends no more bad tokens. */
    private record Counted(Network network, Fingerprint token) {}

    Limiter.Attempt attempt(String address, String token) {
        Network network = Network.of(address);
        NetworkBrake brake = networks.get(network, unused -> new NetworkBrake(settings, nanoTime));
        Fingerprint fingerprint = Fingerprint.of(token);
        KnownFailure known = failures.getIfPresent(fingerprint);
        if (known == null) {
            return new NewToken(address, new Counted(network, fingerprint), brake, admitted(address, brake));
        }
        RefusedException answer = known.answer(brake);
        if (FailureKinds.isCounted(known.reason(), known.detail())) {
            count(address, new Counted(network, fingerprint), brake);
        }
        return new Refused(answer);
    }

    /** Lets a new token be verified: empty if it may be, otherwise when the next one may be, from now. */
    private Optional<Duration> admitted(String address, NetworkBrake brake) {
        if (!brake.isOn()) {
            return Optional.empty();
        }
        Host host = Host.of(address);
        return hosts.hasFailed(host) ? brake.admitOfFailed() : brake.admitOfOther(hosts.budget(host));
    }

    private void count(String address, Counted bad, NetworkBrake brake) {
        hosts.failed(Host.of(address));
        boolean isFirst = counted.asMap().putIfAbsent(bad, Boolean.TRUE) == null;
        if (isFirst && brake.countFailure()) {
            alarm.raise(bad.network());
        }
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
        public void failed(RefusedException refused, boolean isByTokenAlone) {}
    }

    /** A token that is not known to be bad. */
    private final class NewToken implements Limiter.Attempt {
        private final String address;
        private final Counted token;
        private final NetworkBrake brake;
        private final Optional<Duration> wait;

        NewToken(String address, Counted token, NetworkBrake brake, Optional<Duration> wait) {
            this.address = address;
            this.token = token;
            this.brake = brake;
            this.wait = wait;
        }

        @Override
        public Optional<RefusedException> refusal() {
            return wait.map(until -> TooMany.badTokens("a new token, beyond the budget for new tokens", until));
        }

        @Override
        public void failed(RefusedException refused, boolean isByTokenAlone) {
            if (isByTokenAlone && FailureKinds.isForGood(refused.reason())) {
                failures.put(token.token(), KnownFailure.of(refused));
            }
            if (FailureKinds.isCounted(refused.reason(), refused.detail())) {
                count(address, token, brake);
            }
        }
    }
}
