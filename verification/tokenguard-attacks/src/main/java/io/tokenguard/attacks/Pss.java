package io.tokenguard.attacks;

import java.util.Arrays;

/**
 * EMSA-PSS (RFC 8017 §9.1.1), right and wrong.
 *
 * @param hash the hash of the message
 * @param maskHash the hash of the mask
 * @param saltLength octets of salt
 * @param trailer the last octet
 * @param separator the octet between padding and salt
 * @param padding the octets ahead of the separator
 */
record Pss(String hash, String maskHash, int saltLength, int trailer, int separator, int padding) {
    private static final int TRAILER = 0xBC;

    /** As RFC 7518 §3.5 has it: one hash, and a salt as long as its digest. */
    static Pss honest(String hash) {
        return new Pss(hash, hash, Hashes.digest(hash).length, TRAILER, 1, 0);
    }

    Pss salt(int length) {
        return new Pss(hash, maskHash, length, trailer, separator, padding);
    }

    Pss hash(String name) {
        return new Pss(name, maskHash, saltLength, trailer, separator, padding);
    }

    Pss mask(String name) {
        return new Pss(hash, name, saltLength, trailer, separator, padding);
    }

    Pss trailer(int octet) {
        return new Pss(hash, maskHash, saltLength, octet, separator, padding);
    }

    Pss separator(int octet) {
        return new Pss(hash, maskHash, saltLength, trailer, octet, padding);
    }

    Pss padding(int octet) {
        return new Pss(hash, maskHash, saltLength, trailer, separator, octet);
    }

    /** The encoded message of 2047 bits, for a modulus of 2048. */
    byte[] encode(byte[] input) {
        byte[] salt = new byte[saltLength];
        Arrays.fill(salt, (byte) 7);
        byte[] digest = Hashes.digest(hash, new byte[8], Hashes.digest(hash, input), salt);
        byte[] block = new byte[256 - digest.length - 1];
        Arrays.fill(block, (byte) padding);
        block[block.length - saltLength - 1] = (byte) separator;
        System.arraycopy(salt, 0, block, block.length - saltLength, saltLength);
        mask(block, digest);
        block[0] &= 0x7F;
        return Pkcs1.join(block, digest, new byte[] {(byte) trailer});
    }

    /** MGF1 (RFC 8017 appendix B.2.1). */
    private void mask(byte[] block, byte[] seed) {
        int done = 0;
        for (int counter = 0; done < block.length; counter++) {
            byte[] mask = Hashes.digest(maskHash, seed, new byte[] {0, 0, 0, (byte) counter});
            for (int i = 0; i < mask.length && done < block.length; i++, done++) {
                block[done] ^= mask[i];
            }
        }
    }
}
