package io.tokenguard.internal.jose;

import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;

/** An RSA key of any numbers, also of those that no provider would make a key of. */
record GivenRsaKey(BigInteger getModulus, BigInteger getPublicExponent) implements RSAPublicKey {
    @Override
    public String getAlgorithm() {
        return "RSA";
    }

    @Override
    public String getFormat() {
        return "X.509";
    }

    @Override
    public byte[] getEncoded() {
        return new byte[0];
    }
}
