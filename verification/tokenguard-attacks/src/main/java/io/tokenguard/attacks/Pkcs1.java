package io.tokenguard.attacks;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/** EMSA-PKCS1-v1_5 (RFC 8017 §9.2), right and wrong. */
final class Pkcs1 {
    /** Of each hash, what stands ahead of the digest (RFC 8017 §9.2, note 1). */
    private static final Map<String, String> PREFIXES = Map.of(
            "SHA-1", "3021300906052b0e03021a05000414",
            "SHA-256", "3031300d060960864801650304020105000420",
            "SHA-384", "3041300d060960864801650304020205000430",
            "SHA-512", "3051300d060960864801650304020305000440");

    private Pkcs1() {}

    static byte[] honest(String hash, byte[] input, int length) {
        return padded(digestInfo(hash, Hashes.digest(hash, input)), length);
    }

    static byte[] digestInfo(String hash, byte[] digest) {
        return join(prefix(hash), digest);
    }

    static byte[] prefix(String hash) {
        return HexFormat.of().parseHex(PREFIXES.getOrDefault(hash, ""));
    }

    /** 00 01 FF ... FF 00, and then the rest. */
    static byte[] padded(byte[] rest, int length) {
        byte[] encoded = new byte[length];
        Arrays.fill(encoded, 2, length - rest.length - 1, (byte) 0xFF);
        encoded[1] = 1;
        System.arraycopy(rest, 0, encoded, length - rest.length, rest.length);
        return encoded;
    }

    /** The same message with one octet changed. */
    static byte[] with(byte[] encoded, int index, int octet) {
        byte[] changed = encoded.clone();
        changed[index] = (byte) octet;
        return changed;
    }

    /** Eight octets of padding, what should stand at the end, and rubbish to fill up. */
    static byte[] withRubbishBehind(byte[] digestInfo, int length) {
        byte[] encoded = new byte[length];
        Arrays.fill(encoded, (byte) 0x5A);
        byte[] start = padded(digestInfo, digestInfo.length + 11);
        System.arraycopy(start, 0, encoded, 0, start.length);
        return encoded;
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
