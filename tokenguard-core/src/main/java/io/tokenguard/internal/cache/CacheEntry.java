package io.tokenguard.internal.cache;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a compact token to recognize it, and what is cached for it: all but the end of the token, and a SHA-256 of
 * that end, from which the token can't be restored; {@link HiddenEnd} has how long the end is. Immutable.
 *
 * @param <T> what is cached for a token
 */
final class CacheEntry<T> {
    /** Ends the visible part. Differs from every character of a token by more than any two of those differ. */
    private static final char END = '\u00ff';

    private static final char FIRST_BEYOND_ASCII = 0x80;

    private final String shown;
    private final int start;
    private final int hidden;
    private final T value;

    /** The hash in four numbers, which take a third of the memory of an array beside this object. */
    private final long hash0;

    private final long hash1;
    private final long hash2;
    private final long hash3;

    private CacheEntry(String shown, int start, int hidden, T value, SuffixHash hash) {
        this.shown = shown;
        this.start = start;
        this.hidden = hidden;
        this.value = value;
        this.hash0 = hash.part0();
        this.hash1 = hash.part1();
        this.hash2 = hash.part2();
        this.hash3 = hash.part3();
    }

    /**
     * The entry of a token.
     *
     * @param field the text that ends with the token
     * @param start the index in it at which the token begins
     * @param hidden how many characters at its end are not stored; at most those of the token
     * @param value makes what is cached of a text that ends with the visible part and one more character
     * @return the entry; null if a character is not ASCII, as in any valid token
     */
    static <T> @Nullable CacheEntry<T> of(
            String field, int start, int hidden, SuffixHasher hashes, Function<String, T> value) {
        SuffixHash hash = hashes.hash(field, hidden);
        if (hash == null || !isAscii(field)) {
            return null;
        }
        String shown = field.substring(0, field.length() - hidden) + END;
        return new CacheEntry<>(shown, start, hidden, value.apply(shown), hash);
    }

    private static boolean isAscii(String text) {
        int all = 0;
        for (int i = 0; i < text.length(); i++) {
            all |= text.charAt(i);
        }
        return all < FIRST_BEYOND_ASCII;
    }

    /** The number of characters that are stored. */
    int characters() {
        return shown.length();
    }

    /** What is cached for the token. */
    T value() {
        return value;
    }

    /** Whether this is the entry of exactly this token, whatever precedes it. */
    boolean isOf(String field, int fieldStart, SuffixHasher hashes) {
        int length = shown.length() - 1 - start;
        if (length != field.length() - hidden - fieldStart) {
            return false;
        }
        boolean isShown =
                (start == fieldStart && beginsAsShown(field)) || field.regionMatches(fieldStart, shown, start, length);
        return isShown && hashes.isHash(new SuffixHash(hash0, hash1, hash2, hash3), field, hidden);
    }

    /**
     * Whether a field begins with the whole visible part. Comparing two whole texts is the platform's fastest way. The result
     * is the difference of the first two characters that differ. If one of them is the end mark and the other is ASCII, as
     * the hash requires, it is less than -127; if they precede the end mark, it is -127 or more.
     */
    @SuppressWarnings("CompareToZero") // String.compareTo specifies that difference
    private boolean beginsAsShown(String field) {
        return field.compareTo(shown) < FIRST_BEYOND_ASCII - END;
    }
}
