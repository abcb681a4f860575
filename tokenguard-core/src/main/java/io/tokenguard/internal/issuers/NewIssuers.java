package io.tokenguard.internal.issuers;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tokenguard.access.AddressRange;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.internal.keys.RemoteKeySource;
import io.tokenguard.internal.keys.RemoteKeySource.FirstLoad;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The issuers of a template that have not signed a token yet: a small number, of which the oldest are removed first. Anyone can name
 * such issuers, so a new name takes a place of the minute and calls of its host's minute. It gets the place back when its keys
 * are loaded, when its host answers that there is no such issuer, and, with the calls, when it has signed a token. A name whose
 * keys were loaded once takes neither again. Thread-safe.
 */
final class NewIssuers {
    private static final int MOST = 128;
    private static final int MOST_NEW = 60;
    private static final int MOST_KNOWN = 10_000;
    /** Names whose keys were loaded once can still be named in turn, so that each pushes another one out. */
    private static final int MOST_AGAIN = 600;

    private final Function<String, IssuerRules> maker;
    private final FairBudget places;
    private final FairBudget calls;
    private final FairBudget again;
    private final Map<String, Issuer> waiting = new ConcurrentHashMap<>();
    private final Queue<String> order = new ConcurrentLinkedQueue<>();
    private final Cache<String, Boolean> known = Caffeine.newBuilder()
            .maximumSize(MOST_KNOWN)
            .executor(Runnable::run)
            .build();

    /**
     * No issuers yet.
     *
     * @param calls the first loads that the host may get in a minute
     */
    NewIssuers(int maxActive, Function<String, IssuerRules> maker, FairBudget calls, LongSupplier nanoTime) {
        this.maker = maker;
        this.calls = calls;
        this.places = new FairBudget(Math.min(MOST_NEW, maxActive), nanoTime);
        this.again = new FairBudget(MOST_AGAIN, nanoTime);
    }

    /** An issuer, and what it has taken; null where it has taken nothing. */
    private record Issuer(IssuerRules rules, FairBudget.@Nullable Place place, FairBudget.@Nullable Place call) {}

    /**
     * The rules of an issuer.
     *
     * @param network the network of the client that names it
     * @throws RefusedException if it is new, and there are too many new ones
     */
    IssuerRules find(String name, Optional<AddressRange> network) throws RefusedException {
        Issuer issuer = waiting.get(name);
        return issuer != null && outcome(issuer) != FirstLoad.NOT_THERE ? issuer.rules : make(name, network);
    }

    private IssuerRules make(String name, Optional<AddressRange> network) throws RefusedException {
        settle();
        boolean isKnown = known.getIfPresent(name) != null;
        FairBudget.Place place = (isKnown ? again : places).take(network);
        FairBudget.Place call = isKnown || place == null ? null : calls.take(network);
        if (place == null || (call == null && !isKnown)) {
            giveBack(place, null);
            throw new RefusedException(
                    RefusalReason.KEYS_UNAVAILABLE,
                    "too many new issuers",
                    () -> Finding.of("many new issuers from one network", "fewer new issuers at once")
                            .by("tokenguard.max-alive"));
        }
        Issuer taken = waiting.computeIfAbsent(name, unused -> {
            order.add(name);
            return new Issuer(maker.apply(name), isKnown ? null : place, call);
        });
        if (taken.place != place) {
            giveBack(isKnown ? null : place, call);
        }
        dropOldest();
        return taken.rules;
    }

    /** Gives places back where loads have ended. */
    private void settle() {
        waiting.forEach((name, issuer) -> {
            FirstLoad outcome = outcome(issuer);
            if (outcome == FirstLoad.GOOD) {
                known.put(name, true);
                giveBack(issuer.place, null);
            } else if (outcome == FirstLoad.NOT_THERE) {
                giveBack(issuer.place, null);
                drop(name);
            }
        });
    }

    private static FirstLoad outcome(Issuer issuer) {
        return issuer.rules.keys() instanceof RemoteKeySource remote ? remote.firstLoad() : FirstLoad.GOOD;
    }

    private void giveBack(FairBudget.@Nullable Place place, FairBudget.@Nullable Place call) {
        if (place != null) {
            places.giveBack(place);
        }
        if (call != null) {
            calls.giveBack(call);
        }
    }

    private void dropOldest() {
        while (waiting.size() > MOST) {
            String oldest = order.peek();
            if (oldest == null) {
                return;
            }
            drop(oldest);
        }
    }

    private void drop(String name) {
        boolean unused = order.remove(name);
        Issuer dropped = waiting.remove(name);
        if (dropped != null) {
            dropped.rules.keys().close();
        }
    }

    /** The rules of an issuer; empty if it is not here. */
    Optional<IssuerRules> rules(String name) {
        return Optional.ofNullable(waiting.get(name)).map(Issuer::rules);
    }

    /** Forgets an issuer that has signed a token, and gives back what it has taken. Its rules go on. */
    void release(String name) {
        Issuer released = waiting.remove(name);
        if (released != null) {
            boolean unused = order.remove(name);
            known.put(name, true);
            giveBack(released.place, released.call);
        }
    }

    List<IssuerRules> all() {
        return waiting.values().stream().map(Issuer::rules).toList();
    }

    /** The names whose keys were loaded once. */
    Set<String> known() {
        settle();
        return Set.copyOf(known.asMap().keySet());
    }

    void remember(Set<String> names) {
        names.forEach(name -> known.put(name, true));
    }

    void close() {
        Set.copyOf(waiting.keySet()).forEach(this::drop);
    }
}
