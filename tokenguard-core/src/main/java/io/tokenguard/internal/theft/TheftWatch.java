package io.tokenguard.internal.theft;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Confirmation;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.TheftSignal.Kind;
import io.tokenguard.internal.request.ClientNetwork;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * Detects signs of theft in the use of tokens. Stores what {@value #MOST} tokens were used with, by hash, for one window from
 * their first use on; if there are more, those used least are evicted, and not suspected. Thread-safe.
 */
public final class TheftWatch {
    private static final int MOST = 50_000;
    private static final Set<RefusalReason> OF_PROOFS = Set.of(
            RefusalReason.PROOF_INVALID,
            RefusalReason.PROOF_REPLAYED,
            RefusalReason.BINDING_MISMATCH,
            RefusalReason.BINDING_DOWNGRADE);

    private record Use(Sighting networks, Sighting agents) {}

    private final TheftPolicy policy;
    private final Cache<String, Use> uses;
    private final Cache<String, AtomicInteger> refusals;

    /** A watch without any uses. */
    public TheftWatch(TheftPolicy policy) {
        this.policy = policy;
        this.uses = cache(policy).build();
        this.refusals = cache(policy).build();
    }

    private static Caffeine<Object, Object> cache(TheftPolicy policy) {
        return Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(policy.window())
                .ticker(policy.nanoTime()::getAsLong)
                .executor(Runnable::run);
    }

    /**
     * Records an accepted request. Ignores tokens that are bound to their sender.
     *
     * @param suspicion receives each kind at most once in a window, with the number of different values
     */
    public void passed(IncomingRequest request, AccessToken token, BiConsumer<Kind, Integer> suspicion) {
        String fingerprint = token.fingerprint();
        if (fingerprint.isEmpty() || !(token.confirmation() instanceof Confirmation.None)) {
            return;
        }
        Use use = uses.get(
                fingerprint, unused -> new Use(new Sighting(policy.mostNetworks()), new Sighting(policy.mostAgents())));
        boolean isFromMany = ClientNetwork.of(request, policy.proxies())
                .filter(network -> use.networks().isTooMuch(network.hashCode()))
                .isPresent();
        if (isFromMany) {
            suspicion.accept(Kind.MANY_NETWORKS, policy.mostNetworks() + 1);
        }
        if (use.agents().isTooMuch(request.headers().valuesOf("User-Agent").hashCode())) {
            suspicion.accept(Kind.MANY_AGENTS, policy.mostAgents() + 1);
        }
    }

    /**
     * Records a refused request.
     *
     * @param fingerprint the fingerprint of its token
     * @param suspicion receives each kind at most once in a window, with the number of refusals
     */
    public void refused(RefusalReason reason, String fingerprint, BiConsumer<Kind, Integer> suspicion) {
        if (reason == RefusalReason.PROOF_REPLAYED && count(fingerprint + "#") == 1) {
            suspicion.accept(Kind.REPLAYED_PROOF, 1);
        }
        int most = policy.mostRefusals();
        if (isOfProofs(reason) && count(fingerprint) == most + 1) {
            suspicion.accept(Kind.REFUSED_PROOFS, most + 1);
        }
    }

    /** Whether a refusal concerns the sender of a token, and not the token, which was valid. */
    public static boolean isOfProofs(RefusalReason reason) {
        return OF_PROOFS.contains(reason);
    }

    private int count(String name) {
        return Optional.ofNullable(refusals.get(name, unused -> new AtomicInteger()))
                .map(AtomicInteger::incrementAndGet)
                .orElse(0);
    }
}
