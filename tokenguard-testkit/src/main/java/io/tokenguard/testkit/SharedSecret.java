package io.tokenguard.testkit;

/**
 * A secret that an issuer shares with its APIs, instead of keys.
 *
 * @param bytes the secret; never changed
 * @param algorithm {@code HS256}, {@code HS384} or {@code HS512}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SharedSecret(byte[] bytes, String algorithm) {
    SharedSecret {
        bytes = bytes.clone();
        byte[] unused = Hmac.sign(algorithm, bytes, new byte[0]);
    }

    /** Does not show the secret. */
    @Override
    public String toString() {
        return "SharedSecret[" + algorithm + "]";
    }
}
