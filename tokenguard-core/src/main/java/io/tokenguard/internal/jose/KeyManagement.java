package io.tokenguard.internal.jose;

import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwe.EcdhKeyAgreementAlgorithm;
import org.jose4j.jwe.EcdhKeyAgreementWithAesKeyWrapAlgorithm.EcdhKeyAgreementWithAes256KeyWrapAlgorithm;
import org.jose4j.jwe.KeyManagementAlgorithm;
import org.jose4j.jwe.RsaKeyManagementAlgorithm.RsaOaep256;

/**
 * How an encrypted token carries its content encryption key (RFC 7518 §4). What is missing is refused: RSA1_5 and RSA-OAEP
 * with SHA-1 are weak, PBES2 lets senders choose the cost, and symmetric keys would let every API issue tokens.
 */
enum KeyManagement {
    /** RSAES OAEP with SHA-256 (RFC 7518 §4.3). */
    RSA_OAEP_256("RSA-OAEP-256", new RsaOaep256()),
    /** ECDH-ES, whose result is the key (RFC 7518 §4.6). */
    ECDH_ES("ECDH-ES", new EcdhKeyAgreementAlgorithm()),
    /** ECDH-ES, whose result wraps the key with AES (RFC 7518 §4.6). */
    ECDH_ES_A256KW("ECDH-ES+A256KW", new EcdhKeyAgreementWithAes256KeyWrapAlgorithm());

    /** RFC 3394 §2.2.1: wrapped keys are one block longer. */
    private static final int WRAP_BYTES = 8;

    private final String joseName;

    /** Has no state of its own, so that threads can share it. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final KeyManagementAlgorithm algorithm;

    KeyManagement(String joseName, KeyManagementAlgorithm algorithm) {
        this.joseName = joseName;
        this.algorithm = algorithm;
    }

    static Optional<KeyManagement> named(String joseName) {
        return Arrays.stream(values())
                .filter(known -> known.joseName.equals(joseName))
                .findFirst();
    }

    /** What a private key can decrypt by its kind; nothing if it is of another kind. */
    static Set<KeyManagement> of(PrivateKey key) {
        if (key instanceof RSAPrivateKey) {
            return EnumSet.of(RSA_OAEP_256);
        }
        return key instanceof ECPrivateKey ? EnumSet.of(ECDH_ES, ECDH_ES_A256KW) : EnumSet.noneOf(KeyManagement.class);
    }

    String joseName() {
        return joseName;
    }

    KeyManagementAlgorithm algorithm() {
        return algorithm;
    }

    /** Whether tokens have an ephemeral public key of the sender. */
    boolean isAgreement() {
        return this != RSA_OAEP_256;
    }

    /** The length of the encrypted key in a token for a private key. */
    int encryptedKeyBytes(PrivateKey key, ContentEncryption content) {
        return switch (this) {
            case RSA_OAEP_256 ->
                key instanceof RSAPrivateKey rsa ? (rsa.getModulus().bitLength() + 7) / Byte.SIZE : -1;
            case ECDH_ES -> 0;
            case ECDH_ES_A256KW -> content.keyBytes() + WRAP_BYTES;
        };
    }
}
