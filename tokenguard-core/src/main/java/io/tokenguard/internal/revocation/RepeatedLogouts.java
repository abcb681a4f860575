package io.tokenguard.internal.revocation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tokenguard.access.Revocation;
import io.tokenguard.access.Revocation.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** Replaces many revocations of one subject by one, so that a loop of logouts takes one place. Thread-safe. */
final class RepeatedLogouts {
    private static final int MANY = 8;
    private static final int MOST_SUBJECTS = 50_000;

    private final Cache<String, AtomicInteger> subjects = Caffeine.newBuilder()
            .maximumSize(MOST_SUBJECTS)
            .expireAfterAccess(Duration.ofDays(1))
            .executor(Runnable::run)
            .build();

    /**
     * The revocation; or, if its subject has many already, one of all the subject's tokens that were issued up to now, by this
     * node's clock or the issuer's.
     *
     * @param isCrowded whether places are to be saved
     */
    Revocation folded(Revocation revocation, RevocationSender sender, boolean isCrowded, Instant now) {
        boolean isSingle = revocation.kind() == Kind.SESSION || revocation.kind() == Kind.TOKEN;
        if (!isSingle || sender.subject().isEmpty()) {
            return revocation;
        }
        Revocation whole =
                Revocation.subject(sender.issuer(), sender.subject().get()).sentBy(sender.issuer());
        int count = subjects.asMap()
                .computeIfAbsent(whole.target(), unused -> new AtomicInteger())
                .incrementAndGet();
        Instant latest = sender.sentAt().isAfter(now) ? sender.sentAt() : now;
        return count > MANY && isCrowded ? whole.issuedBefore(latest.plusSeconds(1)) : revocation;
    }
}
