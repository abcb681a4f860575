package io.tokenguard.internal.cache;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of a compact token to know it again: all of it but the last {@value #HIDDEN} characters, and of those a hash.
 * The token can't be made from that: what is missing are 258 bits of its signature. They are the half of an Ed25519 or P-256
 * signature that only the key can make; and of other signatures so many bits that to find them, by search or as a discrete
 * logarithm in an interval, takes about 2^126 steps or more. An RSA signature with a small public exponent could be
 * completed (Coppersmith 1996): such tokens are not kept at all, see {@link TokenCacheTable}. Immutable.
 */
final class TokenFingerprint {
    /** Of 6 bits each. */
    static final int HIDDEN = 43;

    /** Ends what is shown. No character of a token comes near it: the difference to any of them is beyond all others. */
    private static final char END = '\u00ff';

    private static final char FIRST_BEYOND_ASCII = 0x80;

    private final String shown;
    private final int start;
    private final byte[] hash;

    private TokenFingerprint(String shown, int start, byte[] hash) {
        this.shown = shown;
        this.start = start;
        this.hash = hash;
    }

    /** The imprint of a token; null where a character of it is not ASCII, which none of a good token is. */
    static @Nullable TokenFingerprint of(String field, int start, SuffixHasher hashes) {
        byte[] hash = hashes.hash(field);
        if (hash == null || !isAscii(field)) {
            return null;
        }
        return new TokenFingerprint(field.substring(0, field.length() - HIDDEN) + END, start, hash);
    }

    private static boolean isAscii(String text) {
        int all = 0;
        for (int i = 0; i < text.length(); i++) {
            all |= text.charAt(i);
        }
        return all < FIRST_BEYOND_ASCII;
    }

    /** Whether this is the imprint of that very token, whatever stands before it. */
    boolean isOf(String field, int fieldStart, SuffixHasher hashes) {
        int length = shown.length() - 1 - start;
        if (length != field.length() - HIDDEN - fieldStart) {
            return false;
        }
        boolean isShown =
                (start == fieldStart && beginsAsShown(field)) || field.regionMatches(fieldStart, shown, start, length);
        return isShown && hashes.isHash(hash, field);
    }

    /**
     * Whether a field begins with all that is shown. To compare two texts as wholes is what a platform does fastest. The
     * outcome is the difference of the first two characters that differ. Where one of them is the end mark and the other one
     * is ASCII, as the hash demands, that is less than -127; where they stand before it, it is -127 or more.
     */
    @SuppressWarnings("CompareToZero") // String.compareTo promises that difference.
    private boolean beginsAsShown(String field) {
        return field.compareTo(shown) < FIRST_BEYOND_ASCII - END;
    }
}
