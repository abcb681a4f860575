package io.tokenguard.internal.jose;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The thumbprints by which a token may name the certificate of a published key: {@code x5t} and {@code x5t#S256} (RFC 7517 §4.8,
 * §4.9). They select among trusted keys only, so that a collision of SHA-1 gains nothing.
 */
final class CertificateThumbprints {
    private static final List<String> MEMBERS = List.of("x5t#S256", "x5t");
    private static final List<String> HASHES = List.of("SHA-256", "SHA-1");

    private CertificateThumbprints() {}

    /** Those that a JWK states, and those of the first certificate in its {@code x5c}. */
    static Set<String> of(Map<?, ?> jwk) {
        Set<String> thumbprints = new HashSet<>();
        for (String member : MEMBERS) {
            if (jwk.get(member) instanceof String text
                    && !text.isEmpty()
                    && text.length() <= JwkReader.LONGEST_KEY_ID) {
                thumbprints.add(text);
            }
        }
        if (jwk.get("x5c") instanceof List<?> chain && !chain.isEmpty() && chain.get(0) instanceof String leaf) {
            // The certificate was read before: it is that of the key.
            thumbprints.addAll(of(Base64.getDecoder().decode(leaf)));
        }
        return Set.copyOf(thumbprints);
    }

    /** Those of a certificate in DER. */
    static Set<String> of(byte[] der) {
        Set<String> thumbprints = new HashSet<>();
        for (String hash : HASHES) {
            try {
                thumbprints.add(Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(MessageDigest.getInstance(hash).digest(der)));
            } catch (NoSuchAlgorithmException withoutSha1) {
                // A platform may have no SHA-1, such as one for FIPS: tokens then name the certificate by SHA-256.
            }
        }
        return thumbprints;
    }
}
