package io.tokenguard.internal.jose;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads public keys and certificates in PEM (RFC 7468), of every kind that verifies tokens here. */
final class PemKeys {
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String OLD_CERTIFICATE = "X509 CERTIFICATE";

    private PemKeys() {}

    /**
     * Reads all keys of a text. Each is published under its thumbprint (RFC 7638), and under its name if it has one.
     *
     * @param name the key ID for them; empty if only thumbprints are
     * @param most the greatest number of keys
     * @throws MalformedException if the text has a private key, a block without an end, or too many keys
     */
    static List<PublishedKey> read(String text, String name, int most) throws MalformedException {
        List<PublishedKey> keys = new ArrayList<>();
        for (PemText.Block block = PemText.next(text, 0); block != null; block = PemText.next(text, block.end())) {
            add(keys, name, key(block), thumbprints(block));
            if (keys.size() > KeyDocument.mostEntries(most)) {
                throw MalformedException.limit("PEM with too many keys");
            }
        }
        return keys;
    }

    private static void add(List<PublishedKey> keys, String name, @Nullable PublicKey key, Set<String> certificate) {
        String flaw = key == null
                ? "no public key or certificate that is supported"
                : KeyRules.flawOf(key).orElse("");
        if (key == null || !flaw.isEmpty()) {
            keys.add(PublishedKey.refused(name.length() > JwkReader.LONGEST_KEY_ID ? "" : name, flaw));
            return;
        }
        String thumbprint = JwkThumbprint.of(key);
        keys.add(PublishedKey.usable(thumbprint, key, KeyRules.algorithmsFor(key))
                .certifiedBy(certificate));
        boolean isNamed = !name.isEmpty() && name.length() <= JwkReader.LONGEST_KEY_ID;
        if (isNamed && !name.equals(thumbprint)) {
            keys.add(PublishedKey.usable(name, key, KeyRules.algorithmsFor(key)).certifiedBy(certificate));
        }
    }

    private static @Nullable PublicKey key(PemText.Block block) throws MalformedException {
        if (block.label().endsWith("PRIVATE KEY")) {
            throw MalformedException.syntax("private key in PEM; publish the public key only");
        }
        byte[] der = block.decoded();
        return der == null
                ? null
                : switch (block.label()) {
                    case "PUBLIC KEY" -> DerKeys.ofPublicKeyInfo(der);
                    case "RSA PUBLIC KEY" -> DerKeys.ofPkcs1(der);
                    case CERTIFICATE, OLD_CERTIFICATE -> DerKeys.ofCertificate(der);
                    default -> null;
                };
    }

    /** Those of a certificate; none of another block. */
    private static Set<String> thumbprints(PemText.Block block) {
        boolean isCertificate =
                block.label().equals(CERTIFICATE) || block.label().equals(OLD_CERTIFICATE);
        byte[] der = isCertificate ? block.decoded() : null;
        return der == null ? Set.of() : CertificateThumbprints.of(der);
    }
}
