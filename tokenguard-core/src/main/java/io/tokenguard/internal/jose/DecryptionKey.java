package io.tokenguard.internal.jose;

import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
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
    /** Whether it is for tokens with this header and this length of the encrypted key. */
    boolean fits(JweHeader header, int encryptedKeyBytes) {
        return algorithms.contains(header.management())
                && isNamed(header)
                && header.management().encryptedKeyBytes(key, header.encryption()) == encryptedKeyBytes
                && (header.sender().isEmpty() || isOnCurve(header.sender().get().getParams()));
    }

    /** A key without a key ID may be meant by any, and a token without one may mean any key. */
    private boolean isNamed(JweHeader header) {
        return keyId.isEmpty() || header.keyId() == null || keyId.equals(header.keyId());
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
