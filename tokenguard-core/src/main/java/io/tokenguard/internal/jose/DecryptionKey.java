package io.tokenguard.internal.jose;

import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.ECParameterSpec;
import java.util.Set;

/**
 * A private key that decrypts tokens.
 *
 * @param keyId its key ID; empty if it has none
 * @param key the key
 * @param algorithms what it decrypts
 */
record DecryptionKey(String keyId, PrivateKey key, Set<KeyManagement> algorithms) {
    /** Whether it can be tried on a token with this header and this length of the encrypted key, whatever key the token names. */
    boolean canBeTried(JweHeader header, int encryptedKeyBytes) {
        return algorithms.contains(header.management())
                && header.management().encryptedKeyBytes(key, header.encryption()) == encryptedKeyBytes
                && (header.sender().isEmpty() || isOnCurve(header.sender().get().getParams()));
    }

    /** A key without a key ID may be meant by any, and a token without one may mean any key. */
    boolean isNamed(JweHeader header) {
        return keyId.isEmpty() || header.keyId() == null || keyId.equals(header.keyId());
    }

    /** Whether a number can be an encrypted key: RSA has none from the modulus on (RFC 8017 §5.1.2). */
    boolean covers(byte[] encryptedKey) {
        return !(key instanceof RSAPrivateKey rsa) || new BigInteger(1, encryptedKey).compareTo(rsa.getModulus()) < 0;
    }

    private boolean isOnCurve(ECParameterSpec curve) {
        return key instanceof ECPrivateKey own && EcKeyRules.isSame(own.getParams(), curve);
    }

    /** Contains the key ID only. */
    @Override
    public String toString() {
        return "DecryptionKey[" + keyId + "]";
    }
}
