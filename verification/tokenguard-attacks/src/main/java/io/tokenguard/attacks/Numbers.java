package io.tokenguard.attacks;

import java.math.BigInteger;
import java.util.Arrays;

/** Integers as octets (RFC 8017 §4). */
final class Numbers {
    private Numbers() {}

    /** The fewest octets, most significant first. */
    static byte[] unsigned(BigInteger number) {
        byte[] signed = number.toByteArray();
        return signed.length > 1 && signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed;
    }

    /** So many octets, most significant first. */
    static byte[] octets(BigInteger number, int length) {
        byte[] fewest = unsigned(number);
        if (fewest.length > length) {
            throw new IllegalArgumentException("The number does not fit");
        }
        byte[] octets = new byte[length];
        System.arraycopy(fewest, 0, octets, length - fewest.length, fewest.length);
        return octets;
    }

    /** The number that octets, most significant first, stand for. */
    static BigInteger of(byte[] octets) {
        return new BigInteger(1, octets);
    }

    /** The same octets in the other order. */
    static byte[] reversed(byte[] octets) {
        byte[] reversed = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            reversed[i] = octets[octets.length - 1 - i];
        }
        return reversed;
    }
}
