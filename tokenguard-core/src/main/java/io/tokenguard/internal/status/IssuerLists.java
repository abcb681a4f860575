package io.tokenguard.internal.status;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.audit.LineLimit;
import io.tokenguard.internal.keys.LoadBudget;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The status lists of one issuer: a bounded number, of which those used least are evicted, and at most as many new ones in a
 * minute. A list that is not used for an hour is no longer refreshed.
 */
final class IssuerLists {
    private static final Duration IDLE = Duration.ofHours(1);

    private final ListSupplies supplies;
    private final String issuer;
    private final LoadBudget newLists;
    private final LineLimit lines;
    private final Cache<URI, RefreshedList> lists;

    IssuerLists(ListSupplies supplies, String issuer) {
        this.supplies = supplies;
        this.issuer = issuer;
        this.newLists = new LoadBudget(supplies.policy().most(), Duration.ZERO);
        this.lines = LineLimit.usual("status lists", supplies.clocks().nanoTime());
        this.lists = Caffeine.newBuilder()
                .maximumSize(supplies.policy().most())
                .expireAfterAccess(IDLE)
                .ticker(supplies.clocks().nanoTime()::getAsLong)
                .executor(Runnable::run)
                .removalListener(IssuerLists::end)
                .build();
    }

    StatusList require(URI address) throws RefusedException {
        return require(address, true);
    }

    StatusList require(URI address, boolean mayWait) throws RefusedException {
        RefreshedList known = lists.getIfPresent(address);
        if (known != null) {
            return known.require(mayWait);
        }
        if (!supplies.policy().allows(issuer, address)) {
            throw new RefusedException(
                    RefusalReason.REVOCATION_UNKNOWN, "status list at an address that is not allowed");
        }
        Instant now = supplies.clocks().moment();
        if (!newLists.waitForScheduled(now).isZero()) {
            throw new RefusedException(RefusalReason.REVOCATION_UNKNOWN, "too many new status lists");
        }
        newLists.started(now);
        return lists.get(address, unknown -> new RefreshedList(supplies, issuer, unknown, lines))
                .require(mayWait);
    }

    void inherit(IssuerLists older) {
        older.lists.asMap().forEach((address, list) -> {
            if (supplies.policy().allows(issuer, address)) {
                lists.get(address, unknown -> new RefreshedList(supplies, issuer, unknown, lines))
                        .inherit(list);
            }
        });
    }

    private static void end(@Nullable URI address, @Nullable RefreshedList list, RemovalCause cause) {
        if (list != null) {
            list.close();
        }
    }

    long size() {
        return lists.estimatedSize();
    }

    void close() {
        lists.invalidateAll();
    }
}
