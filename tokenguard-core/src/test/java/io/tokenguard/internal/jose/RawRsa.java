package io.tokenguard.internal.jose;

import io.tokenguard.testkit.TestKey;
import java.math.BigInteger;
import java.security.interfaces.RSAPrivateKey;
import java.util.Arrays;

/** RSA of 2048 bits without any rule of what is signed, for signatures that no honest signer makes. */
final class RawRsa {
    private static final int BYTES = 256;

    private RawRsa() {}

    /** 00, block type, as many FF as there is room for, 00, and then the rest (RFC 8017 §9.2). */
    static byte[] encode(int blockType, byte[] rest) {
        byte[] encoded = new byte[BYTES];
        Arrays.fill(encoded, 2, BYTES - 1 - rest.length, (byte) 0xFF);
        encoded[1] = (byte) blockType;
        System.arraycopy(rest, 0, encoded, BYTES - rest.length, rest.length);
        return encoded;
    }

    /** CVE-2006-4339: short padding, and behind what is signed something that was not looked at. */
    static byte[] encodeWithRubbishBehind(byte[] rest) {
        byte[] encoded = new byte[BYTES];
        encoded[1] = 1;
        Arrays.fill(encoded, 2, 10, (byte) 0xFF);
        System.arraycopy(rest, 0, encoded, 11, rest.length);
        return encoded;
    }

    /** RFC 8017 §5.2.1. */
    static byte[] sign(TestKey key, byte[] encoded) {
        RSAPrivateKey rsa = (RSAPrivateKey) key.privateKey();
        byte[] power = new BigInteger(1, encoded)
                .modPow(rsa.getPrivateExponent(), rsa.getModulus())
                .toByteArray();
        byte[] signature = new byte[BYTES];
        int kept = Math.min(BYTES, power.length);
        System.arraycopy(power, power.length - kept, signature, BYTES - kept, kept);
        return signature;
    }
}
