package io.tokenguard.internal.cache;

/**
 * The index of a token: some characters of its signature, which only the holder of the key can choose, hashed with a secret,
 * so that nobody can construct tokens that collide. Two tokens can have the same index; their {@link CacheEntry}
 * distinguishes them. Not a record: the platform's generated comparison of records keeps their class loader alive, and so the
 * application after it was undeployed.
 */
final class TokenIndex {
    /** Enough for an index, and none of those that the entry hides. */
    static final int CHARACTERS = 20;

    private final long hash;

    private TokenIndex(long hash) {
        this.hash = hash;
    }

    /** The index of a token, which must be at least as long as the index and the hidden end together. */
    static TokenIndex of(String field, long secret) {
        int from = field.length() - HiddenEnd.USUAL - CHARACTERS;
        return new TokenIndex(hash(pack(field, from), pack(field, from + CHARACTERS / 2), secret));
    }

    private static long pack(String field, int from) {
        long packed = 0;
        for (int i = from; i < from + CHARACTERS / 2; i++) {
            packed = packed << 6 ^ field.charAt(i);
        }
        return packed;
    }

    /** Multiplication by odd numbers spreads each bit; the high half depends on all of them. */
    private static long hash(long high, long low, long secret) {
        long mixed = (high ^ secret) * 0x9E3779B97F4A7C15L;
        return (mixed ^ (mixed >>> 32) ^ low) * 0xC2B2AE3D27D4EB4FL;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenIndex index && hash == index.hash;
    }

    @Override
    public int hashCode() {
        return (int) (hash >>> 32);
    }
}
