package io.tokenguard.internal.assembly;

import io.tokenguard.access.Revocation;
import io.tokenguard.internal.feeds.SeenTokens;
import io.tokenguard.internal.issuers.TrustedKeys;
import io.tokenguard.internal.limits.Limiter;
import io.tokenguard.internal.possession.InMemoryReplayStore;
import io.tokenguard.internal.revocation.KeyBans;
import io.tokenguard.internal.revocation.RevocationLimits;
import io.tokenguard.internal.revocation.RevocationMemory;
import io.tokenguard.internal.revocation.RevocationSender;
import io.tokenguard.internal.settings.LimitSettings;
import io.tokenguard.internal.settings.SharedSettings;
import io.tokenguard.internal.telemetry.GuardCounters;
import io.tokenguard.internal.theft.BaselineTable;
import io.tokenguard.internal.writes.InMemoryWriteStore;
import io.tokenguard.spi.GuardObserver;
import io.tokenguard.spi.SharedState;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * State that outlives a configuration: banned keys, proofs used on this machine, revocations, the shared state of all nodes,
 * and the nonce secret if none is configured. Configurations are made one at a time.
 */
final class GuardState {
    private static final int SECRET_BYTES = 32;

    private final KeyBans keyBans;
    private volatile BiPredicate<Revocation, RevocationSender> revoker = (revocation, sender) -> false;
    private final byte[] nonceSecret = new byte[SECRET_BYTES];
    private volatile @Nullable InMemoryReplayStore memory;
    private @Nullable RevocationMemory revocations;
    private volatile OpenedSharedState shared = OpenedSharedState.NOTHING;
    private @Nullable OpenedLimiter limiter;
    private @Nullable InMemoryWriteStore writes;
    private final GuardCounters counters = new GuardCounters();
    private final SeenTokens seenTokens = new SeenTokens();
    private final BaselineTable baselines = new BaselineTable();
    private final List<GuardObserver> attached = new CopyOnWriteArrayList<>();

    GuardState(LongSupplier nanoTime) {
        this.keyBans = new KeyBans(nanoTime);
        new SecureRandom().nextBytes(nonceSecret);
    }

    /** Revokes by the configuration in effect at the time of the call. */
    boolean revoke(Revocation revocation) {
        return receive(revocation, RevocationSender.NONE);
    }

    /** Revokes what an issuer has sent. */
    boolean receive(Revocation revocation, RevocationSender sender) {
        return revoker.test(revocation, sender);
    }

    void revokeBy(BiPredicate<Revocation, RevocationSender> current) {
        revoker = current;
    }

    KeyBans keyBans() {
        return keyBans;
    }

    TrustedKeys trustedKeys() {
        return new TrustedKeys(keyBans);
    }

    /** What is counted across configurations. */
    GuardCounters counters() {
        return counters;
    }

    /** The number of used proofs on this node. */
    long usedProofs() {
        InMemoryReplayStore known = memory;
        return known == null ? 0 : known.size();
    }

    /** The observers that outlive a configuration. */
    List<GuardObserver> attached() {
        return attached;
    }

    /** What is usual for subjects. */
    BaselineTable baselines() {
        return baselines;
    }

    SeenTokens seenTokens() {
        return seenTokens;
    }

    byte[] nonceSecret() {
        return nonceSecret.clone();
    }

    /** The used proofs of this process. Its capacity changes once a configuration takes effect. */
    InMemoryReplayStore replays(int capacity, Clock clock, LongSupplier nanoTime) {
        InMemoryReplayStore known = memory == null ? new InMemoryReplayStore(clock, capacity, nanoTime) : memory;
        memory = known;
        return known;
    }

    /** The revocations. Their capacity and retention change once a configuration takes effect. */
    RevocationMemory revocations(RevocationLimits limits) {
        RevocationMemory known = revocations == null ? new RevocationMemory(limits) : revocations;
        revocations = known;
        return known;
    }

    /** The shared state of all nodes: opened again, unless the one in use was opened by equal settings. */
    OpenedSharedState shared(SharedSettings settings, SharedState.Terms terms) {
        return shared.isOpenedBy(settings) ? shared : OpenedSharedState.open(settings, terms);
    }

    /** The limiter: opened again, unless the one in use was opened for equal terms. Empty if nothing is limited. */
    Optional<Limiter> limiter(LimitSettings settings, Limiter.Terms terms) {
        OpenedLimiter known = limiter;
        if (!settings.isOn()) {
            return Optional.empty();
        }
        OpenedLimiter opened = known != null && known.terms().isFor(terms) ? known : OpenedLimiter.open(terms);
        limiter = opened;
        return Optional.of(opened.limiter());
    }

    /** The writes of this process. They outlive a configuration. */
    InMemoryWriteStore writes(Clock clock, long maxBytes) {
        InMemoryWriteStore known = writes == null ? new InMemoryWriteStore(clock, maxBytes) : writes;
        known.resize(maxBytes);
        writes = known;
        return known;
    }

    /** Where counts over time are stored; empty if the state in use does not store them. */
    Optional<SharedState.RollUpStore> rollUps() {
        return shared.state().flatMap(SharedState::rollUps);
    }

    /** Closes what was opened for a configuration that turned out to be wrong. */
    void closeUnused(OpenedSharedState opened) {
        opened.closeFor(shared);
    }

    /** Makes this the shared state in use. */
    void use(OpenedSharedState opened) {
        shared = opened;
    }
}
