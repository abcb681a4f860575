package io.tokenguard.internal.jose;

import java.util.Arrays;
import java.util.Optional;
import org.jose4j.jwe.AesCbcHmacSha2ContentEncryptionAlgorithm.Aes128CbcHmacSha256;
import org.jose4j.jwe.AesCbcHmacSha2ContentEncryptionAlgorithm.Aes256CbcHmacSha512;
import org.jose4j.jwe.AesGcmContentEncryptionAlgorithm.Aes128Gcm;
import org.jose4j.jwe.AesGcmContentEncryptionAlgorithm.Aes256Gcm;
import org.jose4j.jwe.ContentEncryptionAlgorithm;

/** How an encrypted token is encrypted and authenticated (RFC 7518 §5). */
enum ContentEncryption {
    /** AES in Galois counter mode (RFC 7518 §5.3). */
    A128GCM("A128GCM", 16, 16, new Aes128Gcm()),
    /** The same with 256 bits. */
    A256GCM("A256GCM", 32, 16, new Aes256Gcm()),
    /** AES in CBC mode with HMAC (RFC 7518 §5.2.3). */
    A128CBC_HS256("A128CBC-HS256", 32, 16, new Aes128CbcHmacSha256()),
    /** The same with 256 bits (RFC 7518 §5.2.5). */
    A256CBC_HS512("A256CBC-HS512", 64, 32, new Aes256CbcHmacSha512());

    private static final int GCM_VECTOR_BYTES = 12;
    private static final int BLOCK_BYTES = 16;

    private final String joseName;
    private final int keyBytes;
    private final int tagBytes;

    /** Has no state of its own, so that threads can share it. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final ContentEncryptionAlgorithm algorithm;

    ContentEncryption(String joseName, int keyBytes, int tagBytes, ContentEncryptionAlgorithm algorithm) {
        this.joseName = joseName;
        this.keyBytes = keyBytes;
        this.tagBytes = tagBytes;
        this.algorithm = algorithm;
    }

    static Optional<ContentEncryption> named(String joseName) {
        return Arrays.stream(values())
                .filter(known -> known.joseName.equals(joseName))
                .findFirst();
    }

    String joseName() {
        return joseName;
    }

    int keyBytes() {
        return keyBytes;
    }

    ContentEncryptionAlgorithm algorithm() {
        return algorithm;
    }

    private boolean isCbc() {
        return this == A128CBC_HS256 || this == A256CBC_HS512;
    }

    /** Whether initialization vector, ciphertext and tag have lengths that are possible. */
    boolean fits(int vector, int ciphertext, int tag) {
        boolean isWhole = !isCbc() || ciphertext % BLOCK_BYTES == 0;
        return vector == (isCbc() ? BLOCK_BYTES : GCM_VECTOR_BYTES) && tag == tagBytes && ciphertext > 0 && isWhole;
    }
}
