package io.tokenguard.internal.cache;

/**
 * Where a token is looked up: by some of the characters of its signature, which nobody can choose but who holds the key. The
 * place depends on a secret too, so that nobody can look for tokens that meet in one place. Of the same index can be two
 * tokens; they are told apart by their {@link TokenFingerprint}. No record: what a platform generates to compare records keeps hold of
 * their class loader, and with it of an application that was undeployed.
 */
final class TokenIndex {
    /** Enough for an index, and none of those that the imprint hides. */
    static final int CHARACTERS = 20;

    private final long high;
    private final long low;
    private final int place;

    private TokenIndex(long high, long low, int place) {
        this.high = high;
        this.low = low;
        this.place = place;
    }

    /** The index of a token, which has at least as many characters as the index and what is hidden. */
    static TokenIndex of(String field, long secret) {
        int from = field.length() - TokenFingerprint.HIDDEN - CHARACTERS;
        long high = pack(field, from);
        long low = pack(field, from + CHARACTERS / 2);
        return new TokenIndex(high, low, place(high, low, secret));
    }

    private static long pack(String field, int from) {
        long packed = 0;
        for (int i = from; i < from + CHARACTERS / 2; i++) {
            packed = packed << 6 ^ field.charAt(i);
        }
        return packed;
    }

    /** Multiplications by odd numbers spread each bit; the high half has met them all. */
    private static int place(long high, long low, long secret) {
        long mixed = (high ^ secret) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 32) ^ low) * 0xC2B2AE3D27D4EB4FL;
        return (int) (mixed >>> 32);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenIndex index && high == index.high && low == index.low && place == index.place;
    }

    @Override
    public int hashCode() {
        return place;
    }
}
