package io.tokenguard.internal.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was established of tokens. A token is known again by all of its characters, and can't be read out of the
 * memory. Bounded in entries and bytes: what is used seldom is forgotten, and then checked in full once more. Thread-safe;
 * looking up takes no lock.
 *
 * @param <T> what is remembered of a token
 */
public final class TokenCacheTable<T> {
    /** With a smaller one, a part of a signature leads to the rest of it. */
    private static final BigInteger LEAST_EXPONENT = BigInteger.valueOf(65_537);

    /** What an entry takes beside its texts, in bytes: measured. */
    private static final int OVERHEAD = 1_024;

    private static final int SHORTEST = TokenIndex.CHARACTERS + TokenFingerprint.HIDDEN;

    private record Entry<T>(TokenFingerprint imprint, T established, int weight) {}

    private final boolean isOn;
    private final TokenCachePolicy policy;
    private final long secret = new SecureRandom().nextLong();
    private final SuffixHasher hashes = new SuffixHasher();
    private final Cache<TokenIndex, Entry<T>> entries;

    /** An empty memory. */
    public TokenCacheTable(TokenCachePolicy policy) {
        this.isOn = policy.isOn();
        this.policy = policy;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(policy.mostBytes())
                .weigher((TokenIndex index, Entry<T> entry) -> entry.weight())
                .executor(Runnable::run)
                .build();
    }

    /** Whether anything is remembered at all. */
    public boolean isOn() {
        return isOn;
    }

    /**
     * Looks a token up.
     *
     * @param field the text that the token is the end of
     * @param start where in it the token begins
     * @return what was established of that very token; null where nothing is remembered
     */
    public @Nullable T find(String field, int start) {
        if (!isOn || field.length() - start < SHORTEST) {
            return null;
        }
        Entry<T> entry = entries.getIfPresent(TokenIndex.of(field, secret));
        return entry != null && entry.imprint().isOf(field, start, hashes) ? entry.established() : null;
    }

    /**
     * Remembers a token that is good.
     *
     * @param field the text that the token is the end of
     * @param start where in it the token begins
     * @param key the key that signed it
     * @param established what is to be remembered
     * @param bytes how much heap that takes, beside the token itself
     */
    public void keep(String field, int start, PublicKey key, T established, int bytes) {
        if (!isOn || field.length() - start < SHORTEST || !isHiddenBy(key)) {
            return;
        }
        TokenFingerprint imprint = TokenFingerprint.of(field, start, hashes);
        if (imprint != null) {
            int weight = policy.weightOf((long) OVERHEAD + field.length() - start + bytes);
            entries.put(TokenIndex.of(field, secret), new Entry<>(imprint, established, weight));
        }
    }

    private static boolean isHiddenBy(PublicKey key) {
        return !(key instanceof RSAPublicKey rsa) || rsa.getPublicExponent().compareTo(LEAST_EXPONENT) >= 0;
    }

    /** Forgets what will not be good again. */
    public void forgetIf(Predicate<T> isOver) {
        entries.asMap().values().removeIf(entry -> isOver.test(entry.established()));
    }

    /** How many tokens are remembered, roughly. */
    public long size() {
        return entries.estimatedSize();
    }
}
