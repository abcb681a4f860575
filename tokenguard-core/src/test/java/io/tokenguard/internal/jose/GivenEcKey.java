package io.tokenguard.internal.jose;

import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;

/** An elliptic curve key of any point, also of one that no provider would make a key of. */
record GivenEcKey(ECPoint getW, ECParameterSpec getParams) implements ECPublicKey {
    @Override
    public String getAlgorithm() {
        return "EC";
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
