package io.tokenguard.internal.token;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.jose.JsonLimits;
import io.tokenguard.internal.jose.JsonReader;
import io.tokenguard.internal.jose.KeyReference;
import io.tokenguard.internal.jose.MalformedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the header of a token and refuses what an access token may not have there. */
final class HeaderReader {
    private static final int LONGEST_KEY_ID = 256;
    private static final int LONGEST_TYPE = 256;
    private static final String MEDIA_TYPE_PREFIX = "application/";

    /**
     * Critical extensions (RFC 7515 §4.1.11), of which none is supported. All other unknown or unused parameters are ignored
     * (RFC 7515 §4), those of encryption (RFC 7516 §4.1, RFC 7518 §4) too: a token of three parts is never decrypted. Keys,
     * certificates and addresses in a header are never a source of keys (RFC 8725 §3.10); thumbprints of certificates select one
     * of the issuer's keys if there is no key ID.
     */
    private static final String CRITICAL = "crit";

    /** RFC 7515 §4.1.8 and §4.1.7: the stronger hash first. */
    private static final List<String> THUMBPRINTS = List.of("x5t#S256", "x5t");

    /** RFC 7519 §5.3: claims that may be replicated in the header. */
    private static final List<String> REPLICATED = List.of("iss", "sub", "aud");

    private HeaderReader() {}

    static Map<String, @Nullable Object> parse(byte[] json) throws RefusedException {
        try {
            return JsonReader.readObject(json, JsonLimits.HEADER);
        } catch (MalformedException malformed) {
            throw new RefusedException(
                    malformed.isBeyondLimit() ? RefusalReason.HEADER_REJECTED : RefusalReason.TOKEN_MALFORMED,
                    malformed.getMessage());
        }
    }

    static JoseHeader read(Map<String, @Nullable Object> header) throws RefusedException {
        if (header.containsKey(CRITICAL)) {
            throw new RefusedException(
                    RefusalReason.HEADER_REJECTED,
                    CRITICAL,
                    () -> Finding.of("header parameter " + CRITICAL, "no " + CRITICAL));
        }
        requireEncodedPayload(header);
        return new JoseHeader(readAlgorithm(header.get("alg")), readKey(header), readType(header));
    }

    /** RFC 7797 §3: the default is {@code true}; with any other value, the signature covers something else. */
    private static void requireEncodedPayload(Map<String, @Nullable Object> header) throws RefusedException {
        if (header.containsKey("b64") && !Boolean.TRUE.equals(header.get("b64"))) {
            throw new RefusedException(
                    RefusalReason.HEADER_REJECTED, "b64", () -> Finding.of("b64 that is not true", "no b64"));
        }
    }

    static boolean hasClaims(Map<String, @Nullable Object> header) {
        return !Collections.disjoint(header.keySet(), REPLICATED);
    }

    static void requireAgreement(Map<String, @Nullable Object> header, Map<String, @Nullable Object> claims)
            throws RefusedException {
        for (String name : REPLICATED) {
            if (header.containsKey(name) && !Objects.equals(header.get(name), claims.get(name))) {
                throw new RefusedException(
                        RefusalReason.HEADER_REJECTED,
                        name,
                        () -> Finding.of(
                                "another " + name + " in the header than in the claims",
                                "the same, or none in the header"));
            }
        }
    }

    private static SignatureAlgorithm readAlgorithm(@Nullable Object algorithm) throws RefusedException {
        if (!(algorithm instanceof String name) || name.isEmpty()) {
            throw new RefusedException(
                    RefusalReason.HEADER_REJECTED,
                    "alg",
                    () -> Finding.of(header(algorithm), "the name of an algorithm"));
        }
        return SignatureAlgorithm.named(name)
                .orElseThrow(() -> new RefusedException(
                        RefusalReason.ALGORITHM_NOT_ALLOWED,
                        "",
                        () -> Finding.of(
                                name,
                                "a signature with a public key: "
                                        + Stream.of(SignatureAlgorithm.values())
                                                .filter(known -> !known.isHmac())
                                                .map(HeaderPolicy::name)
                                                .toList())));
    }

    private static String header(@Nullable Object value) {
        return value == null ? "no alg" : "an alg that is empty or no text";
    }

    private static KeyReference readKey(Map<String, @Nullable Object> header) throws RefusedException {
        String keyId = readKeyId(header);
        return keyId == null ? new KeyReference(null, readThumbprints(header)) : KeyReference.of(keyId);
    }

    /** What can't be a thumbprint names no key, and is ignored: the token may need none. */
    private static List<String> readThumbprints(Map<String, @Nullable Object> header) {
        List<String> thumbprints = new ArrayList<>();
        for (String parameter : THUMBPRINTS) {
            if (header.get(parameter) instanceof String text && !text.isEmpty() && text.length() <= LONGEST_KEY_ID) {
                thumbprints.add(text);
            }
        }
        return thumbprints;
    }

    private static @Nullable String readKeyId(Map<String, @Nullable Object> header) throws RefusedException {
        if (!header.containsKey("kid")) {
            return null;
        }
        if (header.get("kid") instanceof String keyId && !keyId.isEmpty() && keyId.length() <= LONGEST_KEY_ID) {
            return keyId;
        }
        throw new RefusedException(
                RefusalReason.HEADER_REJECTED,
                "kid",
                () -> Finding.of("a kid that is empty, too long or no text", "a text of 1 to 256 characters"));
    }

    /**
     * RFC 7515 §4.1.9: a media type without its {@code application/}; media types are case-insensitive (RFC 6838 §4.2). A
     * malformed one is no accepted type, but does not matter if the type is not checked.
     */
    private static @Nullable String readType(Map<String, @Nullable Object> header) {
        if (!header.containsKey("typ")) {
            return "";
        }
        if (header.get("typ") instanceof String type && !type.isEmpty() && type.length() <= LONGEST_TYPE) {
            return normalise(type);
        }
        return null;
    }

    static String normalise(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        boolean isMediaType = lower.startsWith(MEDIA_TYPE_PREFIX) && lower.length() > MEDIA_TYPE_PREFIX.length();
        return isMediaType ? lower.substring(MEDIA_TYPE_PREFIX.length()) : lower;
    }
}
