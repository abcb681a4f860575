package io.tokenguard.internal.jose;

import io.tokenguard.testkit.TestEncryption;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.lang.JoseException;

/** A token in CBC mode whose tag is right and whose padding is not (RFC 7518 §5.2.2). Only a sender who knows the key can make it. */
final class BadPadding {
    private static final int HALF = 16;
    private static final int BLOCKS = 63;

    private BadPadding() {}

    static String forKey(TestEncryption api) throws GeneralSecurityException, JoseException {
        byte[] key = new byte[2 * HALF];
        new SecureRandom().nextBytes(key);
        JsonWebEncryption encryption = new JsonWebEncryption();
        encryption.setAlgorithmHeaderValue("RSA-OAEP-256");
        encryption.setEncryptionMethodHeaderParameter("A128CBC-HS256");
        encryption.setKeyIdHeaderValue(api.kid());
        encryption.setContentEncryptionKey(key);
        encryption.setKey(api.publicKey());
        encryption.setPlaintext("x");
        String[] parts = encryption.getCompactSerialization().split("\\.", -1);
        byte[] vector = Base64.getUrlDecoder().decode(parts[2]);
        Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, HALF, HALF, "AES"), new IvParameterSpec(vector));
        byte[] ciphertext = cipher.doFinal(new byte[BLOCKS * HALF]);
        parts[3] = text(ciphertext);
        parts[4] = text(tag(key, parts[0].getBytes(StandardCharsets.US_ASCII), vector, ciphertext));
        return String.join(".", parts);
    }

    /** RFC 7518 §5.2.2.1. */
    private static byte[] tag(byte[] key, byte[] header, byte[] vector, byte[] ciphertext)
            throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, 0, HALF, "HmacSHA256"));
        mac.update(header);
        mac.update(vector);
        mac.update(ciphertext);
        mac.update(ByteBuffer.allocate(Long.BYTES).putLong(8L * header.length).array());
        return Arrays.copyOf(mac.doFinal(), HALF);
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
