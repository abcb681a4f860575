package io.tokenguard.attacks;

import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TokenBuilder;
import java.math.BigInteger;
import java.security.interfaces.RSAPrivateKey;
import java.util.function.Function;

/** Makes RSA signatures out of any encoded message, as only the holder of the key can. */
final class RsaForge {
    private RsaForge() {}

    /** A token whose signature is made by a function of the signing input. */
    static String signed(TokenBuilder unsigned, String algorithm, Function<byte[], byte[]> signer) {
        CompactToken token = CompactToken.parse(unsigned.unsigned(algorithm));
        return token.withSignature(signer.apply(token.signingInput())).compact();
    }

    /** A token with an encoded message of any shape, raised to the private exponent of the issuer's key. */
    static String withEncodedMessage(AttackBench bench, TestAlgorithm algorithm, Function<byte[], byte[]> encoding) {
        RSAPrivateKey key = (RSAPrivateKey) bench.key(algorithm).privateKey();
        int length = (key.getModulus().bitLength() + 7) / 8;
        return signed(bench.token(algorithm), algorithm.joseName(), input -> {
            BigInteger message = Numbers.of(encoding.apply(input));
            return Numbers.octets(message.modPow(key.getPrivateExponent(), key.getModulus()), length);
        });
    }

    /** A good token of an algorithm, with a signature that is made of its own, seen as a number. */
    static String renumbered(AttackBench bench, TestAlgorithm algorithm, Renumbering change) {
        CompactToken token = CompactToken.parse(bench.token(algorithm).sign());
        BigInteger modulus = ((RSAPrivateKey) bench.key(algorithm).privateKey()).getModulus();
        return token.withSignature(change.apply(Numbers.of(token.signatureBytes()), modulus))
                .compact();
    }

    /** Makes a signature out of a good one and the modulus. */
    @FunctionalInterface
    interface Renumbering {
        byte[] apply(BigInteger signature, BigInteger modulus);
    }
}
