package io.tokenguard.internal.telemetry;

import io.tokenguard.access.GuardStats;
import io.tokenguard.access.GuardStats.Decisions;
import io.tokenguard.access.GuardStats.IntrospectionStats;
import io.tokenguard.access.GuardStats.KeyLoadStats;
import io.tokenguard.access.GuardStats.SignatureStats;
import io.tokenguard.access.GuardStats.StateStats;
import io.tokenguard.access.GuardStats.TokenCacheStats;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Revocation;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.access.TheftSignal;
import io.tokenguard.internal.telemetry.OperationOutcome.Call;
import io.tokenguard.internal.telemetry.OperationOutcome.KeyLoad;
import io.tokenguard.internal.telemetry.OperationOutcome.Signature;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** Everything that a guard counts, across its configurations. Thread-safe. */
public final class GuardCounters {
    private final LabelledCounters<OutcomeCounter> routes = new LabelledCounters<>(label -> new OutcomeCounter());
    private final LabelledCounters<OutcomeCounter> issuers = new LabelledCounters<>(label -> new OutcomeCounter());
    private final EnumCounter<RefusalReason> refusals = new EnumCounter<>(RefusalReason.class);
    private final EnumCounter<RefusalReason> wouldRefuse = new EnumCounter<>(RefusalReason.class);
    private final EnumCounter<TheftSignal.Kind> suspicions = new EnumCounter<>(TheftSignal.Kind.class);
    private final CacheCounter tokenCache = new CacheCounter();
    private final LongAdder revocations = new LongAdder();
    private final Map<SignatureAlgorithm, LabelledCounters<OperationTimer<Signature>>> signatures =
            new EnumMap<>(SignatureAlgorithm.class);
    private final LabelledCounters<OperationTimer<KeyLoad>> loads =
            new LabelledCounters<>(issuer -> new OperationTimer<>(KeyLoad.class, () -> FlightEvents.keyLoad(issuer)));
    private final LabelledCounters<OperationTimer<Call>> calls = new LabelledCounters<>(
            issuer -> new OperationTimer<>(Call.class, () -> FlightEvents.introspection(issuer)));

    /** Counts from zero. */
    public GuardCounters() {
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            signatures.put(
                    algorithm,
                    new LabelledCounters<>(provider ->
                            new OperationTimer<>(Signature.class, () -> FlightEvents.signature(algorithm, provider))));
        }
    }

    LabelledCounters<OutcomeCounter> routes() {
        return routes;
    }

    LabelledCounters<OutcomeCounter> issuers() {
        return issuers;
    }

    EnumCounter<RefusalReason> refusals() {
        return refusals;
    }

    EnumCounter<RefusalReason> wouldRefuse() {
        return wouldRefuse;
    }

    EnumCounter<TheftSignal.Kind> suspicions() {
        return suspicions;
    }

    /** Counts the decisions of one configuration. */
    public DecisionCounters decisions(DecisionCounters.Labels labels) {
        return new DecisionCounters(this, labels);
    }

    /** Counts uses of the token cache. */
    public CacheCounter tokenCache() {
        return tokenCache;
    }

    /** Counts the signatures that a provider verifies. */
    public OperationTimer<Signature> signatures(SignatureAlgorithm algorithm, String provider) {
        return labelled(algorithm).of(provider);
    }

    private LabelledCounters<OperationTimer<Signature>> labelled(SignatureAlgorithm algorithm) {
        return Objects.requireNonNull(signatures.get(algorithm));
    }

    /** Counts the loads of an issuer's keys. */
    public OperationTimer<KeyLoad> loads(String issuer) {
        return loads.of(issuer);
    }

    /** Counts the calls to an issuer's introspection endpoint. */
    public OperationTimer<Call> calls(String issuer) {
        return calls.of(issuer);
    }

    /** The application or an issuer has revoked something. */
    public void revoked(Revocation revocation, boolean isKept) {
        revocations.increment();
        FlightEvents.revoked(revocation, isKept);
    }

    /** How many revocations the application and issuers have made. */
    public long revocations() {
        return revocations.sum();
    }

    /**
     * All counts.
     *
     * @param cache the token cache
     * @param state what the node holds
     * @param stopped the issuers whose introspection is stopped
     */
    public GuardStats snapshot(TokenCacheStats cache, StateStats state, Set<String> stopped) {
        Decisions decisions = new Decisions(
                routes.snapshot((label, counter) -> counter.snapshot(label)),
                issuers.snapshot((label, counter) -> counter.snapshot(label)),
                refusals.snapshot(),
                wouldRefuse.snapshot(),
                suspicions.snapshot());
        return new GuardStats(
                decisions,
                cache,
                signatureStats(),
                loads.snapshot((issuer, timer) -> new KeyLoadStats(
                        issuer, timer.of(KeyLoad.SUCCEEDED), timer.of(KeyLoad.FAILED), timer.timings())),
                calls.snapshot((issuer, timer) -> new IntrospectionStats(
                        issuer,
                        timer.of(Call.ACTIVE),
                        timer.of(Call.INACTIVE),
                        timer.of(Call.FAILED),
                        stopped.contains(issuer),
                        timer.timings())),
                state);
    }

    private List<SignatureStats> signatureStats() {
        return signatures.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream((provider, timer) -> new SignatureStats(
                        entry.getKey(),
                        provider,
                        timer.of(Signature.VALID),
                        timer.of(Signature.INVALID),
                        timer.timings())))
                .toList();
    }
}
