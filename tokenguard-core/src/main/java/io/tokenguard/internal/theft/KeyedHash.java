package io.tokenguard.internal.theft;

import java.security.SecureRandom;

/**
 * SipHash-2-4 (Aumasson and Bernstein, 2012) with a key of this process. Without the key, nobody can restore a value from its
 * hash, or find two values with the same one. Thread-safe.
 */
final class KeyedHash {
    private static final int CHARS = 4;

    private final long first;
    private final long second;

    KeyedHash(long first, long second) {
        this.first = first;
        this.second = second;
    }

    static KeyedHash ofThisProcess() {
        SecureRandom chance = new SecureRandom();
        return new KeyedHash(chance.nextLong(), chance.nextLong());
    }

    /** The hash of a text, as its UTF-16 code units, little-endian. */
    long of(CharSequence text) {
        State state = new State(first, second);
        int whole = text.length() - text.length() % CHARS;
        for (int at = 0; at < whole; at += CHARS) {
            state.absorb(word(text, at, CHARS));
        }
        long length = (long) text.length() * Character.BYTES;
        state.absorb(length << 56 | word(text, whole, text.length() - whole));
        return state.end();
    }

    /** The same in 32 bits; never 0, which stands for no value. */
    int shortOf(CharSequence text) {
        int hash = (int) of(text);
        return hash == 0 ? 1 : hash;
    }

    private static long word(CharSequence text, int from, int count) {
        long word = 0;
        for (int i = 0; i < count; i++) {
            word |= (long) text.charAt(from + i) << (Character.SIZE * i);
        }
        return word;
    }

    /** For one thread. */
    private static final class State {
        private long v0;
        private long v1;
        private long v2;
        private long v3;

        State(long first, long second) {
            v0 = first ^ 0x736f6d6570736575L;
            v1 = second ^ 0x646f72616e646f6dL;
            v2 = first ^ 0x6c7967656e657261L;
            v3 = second ^ 0x7465646279746573L;
        }

        void absorb(long word) {
            v3 ^= word;
            round();
            round();
            v0 ^= word;
        }

        long end() {
            v2 ^= 0xff;
            for (int i = 0; i < 4; i++) {
                round();
            }
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void round() {
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
    }
}
