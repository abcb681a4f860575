package io.tokenguard.internal.revocation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tokenguard.access.Revocation;
import io.tokenguard.access.Revocation.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Limits how many revocations each issuer may have: an equal part of the capacity for each issuer that has sent any, and one
 * part for all other revocations, at least a sixteenth. Issuers beyond the first 255 have no share of their own. Thread-safe.
 */
final class IssuerShares {
    private static final int MOST_ISSUERS = 255;
    private static final int MOST_PARTS = 16;
    private static final int MOST_NAMES = 10_000;
    private static final int MANY = 8;
    private static final int MOST_SUBJECTS = 50_000;

    /** As the targets of revocations of whole issuers, because that is all that other nodes send of them. */
    private final List<String> issuers = new ArrayList<>();

    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final Cache<String, AtomicInteger> subjects = Caffeine.newBuilder()
            .maximumSize(MOST_SUBJECTS)
            .expireAfterAccess(Duration.ofDays(1))
            .executor(Runnable::run)
            .build();

    /** The number of the issuer that has sent a revocation; zero for none, and for those beyond the first 255. */
    synchronized int numberOf(Revocation revocation) {
        String issuer = revocation.sender().orElse("");
        int known = issuers.indexOf(issuer);
        if (known >= 0 || issuer.isEmpty() || issuers.size() == MOST_ISSUERS) {
            return known + 1;
        }
        issuers.add(issuer);
        return issuers.size();
    }

    /** Learns how an issuer is called, for the log. */
    void learn(String issuer) {
        if (names.size() < MOST_NAMES) {
            names.putIfAbsent(Revocation.issuer(issuer).target(), issuer);
        }
    }

    /** How an issuer is called, or its hash if that is not known here. */
    String name(int number) {
        String issuer = issuer(number);
        return names.getOrDefault(issuer, "with the hash " + issuer);
    }

    synchronized String issuer(int number) {
        return issuers.get(number - 1);
    }

    synchronized int share(int capacity) {
        return Math.max(1, capacity / Math.min(MOST_PARTS, issuers.size() + 1));
    }

    /**
     * The revocation; or, if its subject has many already and its issuer has used half of its share, one of all the subject's
     * tokens that were issued up to now: repeated logouts take one place.
     */
    Revocation folded(Revocation revocation, RevocationSender sender, boolean isHalfFull, Instant now) {
        boolean isSingle = revocation.kind() == Kind.SESSION || revocation.kind() == Kind.TOKEN;
        if (!isSingle || sender.subject().isEmpty()) {
            return revocation;
        }
        Revocation whole =
                Revocation.subject(sender.issuer(), sender.subject().get()).sentBy(sender.issuer());
        int count = subjects.asMap()
                .computeIfAbsent(whole.target(), unused -> new AtomicInteger())
                .incrementAndGet();
        return count > MANY && isHalfFull ? whole.issuedBefore(now.plusSeconds(1)) : revocation;
    }
}
