package io.tokenguard.internal.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Caches the verified results of tokens. A token is found by all of its characters, and can't be read from the cache. Bounded
 * in entries and bytes: entries that are rarely used are evicted, and their tokens verified again in full. Thread-safe;
 * look-ups take no lock.
 *
 * @param <T> what is cached for a token
 */
public final class TokenCacheTable<T> {
    /** The size of an entry beside its value and the characters of its text, in bytes, as measured. */
    private static final int OVERHEAD = 216;

    private static final int SHORTEST = TokenIndex.CHARACTERS + HiddenEnd.USUAL;

    private final boolean isOn;
    private final long mostBytes;
    private final long secret = new SecureRandom().nextLong();
    private final SuffixHasher hashes = new SuffixHasher();
    private final Cache<TokenIndex, CacheEntry<T>> entries;

    /**
     * An empty cache.
     *
     * @param size the heap size of a value in bytes, without the text of which it was made
     * @param evicted is run for each entry that is evicted because the cache is full
     */
    public TokenCacheTable(TokenCachePolicy policy, ToIntFunction<T> size, Runnable evicted) {
        this.isOn = policy.isOn();
        this.mostBytes = policy.mostBytes();
        this.entries = Caffeine.newBuilder()
                .maximumWeight(policy.mostBytes())
                .weigher((TokenIndex index, CacheEntry<T> entry) ->
                        policy.weightOf((long) OVERHEAD + entry.characters() + size.applyAsInt(entry.value())))
                .evictionListener((index, entry, cause) -> evicted.run())
                .executor(Runnable::run)
                .build();
    }

    /** Whether tokens are cached at all. */
    public boolean isOn() {
        return isOn;
    }

    /**
     * Looks a token up.
     *
     * @param field the text that ends with the token
     * @param start the index in it at which the token begins
     * @return the cached value of exactly this token; null if there is none
     */
    public @Nullable T find(String field, int start) {
        if (!isOn || field.length() - start < SHORTEST) {
            return null;
        }
        CacheEntry<T> entry = entries.getIfPresent(TokenIndex.of(field, secret));
        return entry != null && entry.isOf(field, start, hashes) ? entry.value() : null;
    }

    /**
     * Caches the value of an accepted token.
     *
     * @param field the text that ends with the token
     * @param start the index in it at which the token begins
     * @param key the key that signed it
     * @param value makes the value to cache from the text that is stored: the field up to the hidden end of the token, and one
     *     more character
     */
    public void keep(String field, int start, PublicKey key, Function<String, T> value) {
        if (!isOn || field.length() - start < SHORTEST) {
            return;
        }
        OptionalInt hidden = HiddenEnd.of(field, start, key);
        CacheEntry<T> entry = hidden.isPresent() ? CacheEntry.of(field, start, hidden.getAsInt(), hashes, value) : null;
        if (entry != null) {
            entries.put(TokenIndex.of(field, secret), entry);
        }
    }

    /** Removes values that will not be accepted again. */
    public void forgetIf(Predicate<T> isOver) {
        entries.asMap().values().removeIf(entry -> isOver.test(entry.value()));
    }

    /** The estimated size of all entries, in bytes; each counts at least its share of the limit. */
    public long bytes() {
        return entries.policy()
                .eviction()
                .flatMap(bound -> bound.weightedSize().stream().boxed().findFirst())
                .orElse(0L);
    }

    /** The limit of {@link #bytes}; 0 if tokens are not cached. */
    public long mostBytes() {
        return isOn ? mostBytes : 0;
    }

    /** The approximate number of cached tokens. */
    public long size() {
        return entries.estimatedSize();
    }
}
