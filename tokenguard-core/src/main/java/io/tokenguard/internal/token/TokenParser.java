package io.tokenguard.internal.token;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.internal.jose.Base64Url;
import io.tokenguard.internal.jose.JsonLimits;
import io.tokenguard.internal.jose.JsonReader;
import io.tokenguard.internal.jose.MalformedException;
import io.tokenguard.internal.jose.NameLists;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses the compact serialization of a signed token (RFC 7515 §7.1): cheapest checks first, nothing decoded that is too
 * long, no array of parts. Thread-safe.
 */
public final class TokenParser {
    /** 8 KiB in base64url. */
    private static final int LONGEST_HEADER = 10_923;

    private final int longestToken;
    private final JsonLimits claimLimits;
    private final HeaderMemory headers = new HeaderMemory();
    private final NameLists claimNames = new NameLists();

    /**
     * A parser with a limit.
     *
     * @param longestToken the greatest number of characters of a token
     */
    public TokenParser(int longestToken) {
        this(longestToken, JsonLimits.CLAIMS);
    }

    /**
     * A parser with limits.
     *
     * @param longestToken the greatest number of characters of a token
     * @param claimLimits the limits of its payload
     */
    public TokenParser(int longestToken, JsonLimits claimLimits) {
        this.longestToken = longestToken;
        this.claimLimits = claimLimits;
    }

    /** The greatest number of characters of a token. */
    public int longestToken() {
        return longestToken;
    }

    /**
     * Requires a token not to be too long.
     *
     * @param length its number of characters
     * @throws RefusedException if it is longer than the limit
     */
    public void requireLength(int length) throws RefusedException {
        if (length > longestToken) {
            throw new RefusedException(
                    RefusalReason.TOKEN_TOO_LARGE,
                    "",
                    () -> Finding.of(length + " characters", "at most " + longestToken));
        }
    }

    /**
     * Parses a token.
     *
     * @throws RefusedException if it is too large, malformed, encrypted, or has a header that is refused
     */
    public UnverifiedToken parse(String token) throws RefusedException {
        requireLength(token.length());
        int firstDot = token.indexOf('.');
        int secondDot = token.indexOf('.', firstDot + 1);
        requireThreeParts(token, firstDot, secondDot);
        if (firstDot > LONGEST_HEADER) {
            throw new RefusedException(
                    RefusalReason.TOKEN_TOO_LARGE,
                    "header",
                    () -> Finding.of("a header of " + firstDot + " characters", "at most " + LONGEST_HEADER));
        }
        byte[] text = token.getBytes(StandardCharsets.ISO_8859_1);
        JoseHeader known = headers.find(text, firstDot);
        Map<String, @Nullable Object> header = known == null ? HeaderReader.parse(decode(text, 0, firstDot)) : Map.of();
        JoseHeader read = known == null ? HeaderReader.read(header) : known;
        // After the header's rules, so that alg none and a missing signature have different reasons.
        if (secondDot == token.length() - 1) {
            throw new RefusedException(RefusalReason.TOKEN_MALFORMED, "empty part");
        }
        byte[] signature = decode(text, secondDot + 1, text.length);
        Map<String, @Nullable Object> claims = parseClaims(decode(text, firstDot + 1, secondDot));
        if (known == null) {
            remember(text, firstDot, header, claims, read);
        }
        return new UnverifiedToken(read, claims, Arrays.copyOf(text, secondDot), signature);
    }

    /** A header with claims is not cached: they have to be compared with those of every token. */
    private void remember(
            byte[] text,
            int headerEnd,
            Map<String, @Nullable Object> header,
            Map<String, @Nullable Object> claims,
            JoseHeader read)
            throws RefusedException {
        if (HeaderReader.hasClaims(header)) {
            HeaderReader.requireAgreement(header, claims);
        } else {
            headers.keep(text, headerEnd, read);
        }
    }

    private static void requireThreeParts(String token, int firstDot, int secondDot) throws RefusedException {
        if (secondDot == -1) {
            throw new RefusedException(RefusalReason.TOKEN_MALFORMED, "fewer than three parts", () -> opaque(token));
        }
        int thirdDot = token.indexOf('.', secondDot + 1);
        if (thirdDot != -1) {
            throw new RefusedException(
                    isFourthTheLast(token, thirdDot) ? RefusalReason.TOKEN_ENCRYPTED : RefusalReason.TOKEN_MALFORMED,
                    "more than three parts");
        }
        if (firstDot == 0 || secondDot == firstDot + 1) {
            throw new RefusedException(RefusalReason.TOKEN_MALFORMED, "empty part");
        }
    }

    private static Finding opaque(String token) {
        return Finding.of(
                        "a text of " + token.length() + " characters without two dots",
                        "three base64url parts, with strict JSON objects as header and payload")
                .hint(
                        "this may be an opaque token, or not the access token: opaque tokens need tokenguard.introspection.uri");
    }

    /** RFC 7516 §7.1: an encrypted token has five parts. */
    private static boolean isFourthTheLast(String token, int thirdDot) {
        return token.indexOf('.', thirdDot + 1) == token.lastIndexOf('.');
    }

    /** Whether a text has five parts, as encrypted tokens have. */
    static boolean hasFiveParts(String token) {
        int dots = 0;
        for (int dot = token.indexOf('.'); dot >= 0 && dots <= 4; dot = token.indexOf('.', dot + 1)) {
            dots++;
        }
        return dots == 4;
    }

    private static byte[] decode(byte[] text, int from, int to) throws RefusedException {
        try {
            return Base64Url.decode(text, from, to);
        } catch (MalformedException malformed) {
            throw new RefusedException(RefusalReason.TOKEN_MALFORMED, malformed.getMessage());
        }
    }

    private Map<String, @Nullable Object> parseClaims(byte[] json) throws RefusedException {
        try {
            return JsonReader.readOnDemand(json, claimLimits, claimNames);
        } catch (MalformedException malformed) {
            throw new RefusedException(RefusalReason.TOKEN_MALFORMED, malformed.getMessage());
        }
    }
}
