package io.tokenguard.testkit;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.security.PrivateKey;

/** A private key for ML-DSA with the seed that it was made of (FIPS 204 §6.1), which not every provider gives back. */
final class MlDsaPrivateKey implements PrivateKey {
    private static final long serialVersionUID = 1L;

    private final transient PrivateKey key;
    private final transient byte[] seed;

    MlDsaPrivateKey(PrivateKey key, byte[] seed) {
        this.key = key;
        this.seed = seed.clone();
    }

    /** The key as its provider knows it. */
    static PrivateKey unwrapped(PrivateKey key) {
        return key instanceof MlDsaPrivateKey own ? own.key : key;
    }

    byte[] seed() {
        return seed.clone();
    }

    @Override
    public String getAlgorithm() {
        return key.getAlgorithm();
    }

    @Override
    public String getFormat() {
        return key.getFormat();
    }

    @Override
    public byte[] getEncoded() {
        return key.getEncoded();
    }

    private void writeObject(ObjectOutputStream output) throws NotSerializableException {
        throw new NotSerializableException(getClass().getName());
    }
}
