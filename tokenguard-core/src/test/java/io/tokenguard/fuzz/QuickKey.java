package io.tokenguard.fuzz;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * An RSA key that signs quickly, for fuzzing is only as good as the number of its tries: 2048 bits in sixteen primes (RFC
 * 8017 §3.1), worthless as a secret, and the same in every run.
 */
final class QuickKey {
    private static final BigInteger EXPONENT = BigInteger.valueOf(65_537);
    private static final byte[] SHA_256 = HexFormat.of().parseHex("3031300d060960864801650304020105000420");
    private static final int PRIMES = 16;
    private static final int BYTES = 256;

    private final BigInteger modulus;
    private final List<Share> shares;

    QuickKey() {
        Random random = new Random(2048);
        List<BigInteger> primes =
                Stream.generate(() -> prime(random)).distinct().limit(PRIMES).toList();
        modulus = primes.stream().reduce(BigInteger.ONE, BigInteger::multiply);
        shares = primes.stream().map(prime -> Share.of(prime, modulus)).toList();
    }

    /** So large that sixteen of them make 2048 bits, not some less. */
    private static BigInteger prime(Random random) {
        BigInteger prime =
                new BigInteger(128, random).setBit(127).setBit(126).setBit(125).setBit(124);
        do {
            prime = prime.nextProbablePrime();
        } while (!prime.subtract(BigInteger.ONE).gcd(EXPONENT).equals(BigInteger.ONE));
        return prime;
    }

    PublicKey publicKey() {
        try {
            return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, EXPONENT));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** RS256 (RFC 7518 §3.3). */
    byte[] sign(byte[] input) {
        BigInteger message = new BigInteger(1, encode(input));
        BigInteger signature = shares.stream()
                .map(share -> share.of(message))
                .reduce(BigInteger.ZERO, BigInteger::add)
                .mod(modulus);
        byte[] bytes = signature.toByteArray();
        byte[] padded = new byte[BYTES];
        int length = Math.min(bytes.length, BYTES);
        System.arraycopy(bytes, bytes.length - length, padded, BYTES - length, length);
        return padded;
    }

    /** RFC 8017 §9.2. */
    private static byte[] encode(byte[] input) {
        byte[] digest = sha256(input);
        byte[] encoded = new byte[BYTES];
        int infoAt = BYTES - SHA_256.length - digest.length;
        encoded[1] = 1;
        Arrays.fill(encoded, 2, infoAt - 1, (byte) 0xFF);
        System.arraycopy(SHA_256, 0, encoded, infoAt, SHA_256.length);
        System.arraycopy(digest, 0, encoded, BYTES - digest.length, digest.length);
        return encoded;
    }

    private static byte[] sha256(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What one prime adds to a signature, by the Chinese remainder theorem. */
    private record Share(BigInteger prime, BigInteger exponent, BigInteger weight) {
        static Share of(BigInteger prime, BigInteger modulus) {
            BigInteger others = modulus.divide(prime);
            return new Share(
                    prime,
                    EXPONENT.modInverse(prime.subtract(BigInteger.ONE)),
                    others.multiply(others.modInverse(prime)).mod(modulus));
        }

        BigInteger of(BigInteger message) {
            return message.mod(prime).modPow(exponent, prime).multiply(weight);
        }
    }
}
