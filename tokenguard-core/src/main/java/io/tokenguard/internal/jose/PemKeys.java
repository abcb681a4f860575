package io.tokenguard.internal.jose;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads public keys and certificates in PEM (RFC 7468). */
final class PemKeys {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    /** As long as a text in a JWK may be. */
    private static final int LONGEST_BLOCK = 16_384;

    private PemKeys() {}

    static boolean isPem(String text) {
        return text.contains(BEGIN);
    }

    /**
     * Reads all keys of a text. Each is published under its thumbprint (RFC 7638), and under its name if it has one.
     *
     * @param name the key ID for them; empty if only thumbprints are
     * @param most the greatest number of keys
     * @throws MalformedException if the text has a private key, a block without an end, or too many keys
     */
    static List<PublishedKey> read(String text, String name, int most) throws MalformedException {
        List<PublishedKey> keys = new ArrayList<>();
        int start = text.indexOf(BEGIN);
        while (start >= 0) {
            int labelEnd = text.indexOf(DASHES, start + BEGIN.length());
            int end = labelEnd < 0 ? -1 : text.indexOf(END, labelEnd + DASHES.length());
            if (end < 0) {
                throw MalformedException.syntax("PEM block without an end");
            }
            String label = text.substring(start + BEGIN.length(), labelEnd);
            add(keys, name, key(label, text.substring(labelEnd + DASHES.length(), end)));
            if (keys.size() > KeyDocument.mostEntries(most)) {
                throw MalformedException.limit("PEM with too many keys");
            }
            start = text.indexOf(BEGIN, end);
        }
        return keys;
    }

    private static void add(List<PublishedKey> keys, String name, @Nullable PublicKey key) {
        String flaw = key == null
                ? "no public key or certificate that is supported"
                : KeyRules.flawOf(key).orElse("");
        if (key == null || !flaw.isEmpty()) {
            keys.add(PublishedKey.refused(name.length() > JwkReader.LONGEST_KEY_ID ? "" : name, flaw));
            return;
        }
        String thumbprint = JwkThumbprint.of(key);
        keys.add(PublishedKey.usable(thumbprint, key, KeyRules.algorithmsFor(key)));
        boolean isNamed = !name.isEmpty() && name.length() <= JwkReader.LONGEST_KEY_ID;
        if (isNamed && !name.equals(thumbprint)) {
            keys.add(PublishedKey.usable(name, key, KeyRules.algorithmsFor(key)));
        }
    }

    private static @Nullable PublicKey key(String label, String base64) throws MalformedException {
        if (label.endsWith("PRIVATE KEY")) {
            throw MalformedException.syntax("private key in PEM; publish the public key only");
        }
        byte[] der = decode(base64);
        return der == null
                ? null
                : switch (label) {
                    case "PUBLIC KEY" -> EncodedKey.ofPublicKeyInfo(der);
                    case "RSA PUBLIC KEY" -> EncodedKey.ofPkcs1(der);
                    case "CERTIFICATE", "X509 CERTIFICATE" -> EncodedKey.ofCertificate(der);
                    default -> null;
                };
    }

    private static byte @Nullable [] decode(String base64) {
        if (base64.length() > LONGEST_BLOCK) {
            return null;
        }
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
