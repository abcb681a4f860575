package io.tokenguard.cli;

import io.tokenguard.internal.jose.JsonLimits;
import io.tokenguard.internal.jose.JsonReader;
import io.tokenguard.internal.jose.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token, decoded without any check. Never shows its text or its signature.
 *
 * @param presented the compact token
 * @param parts its parts
 */
record DecodedToken(String presented, List<String> parts) {
    private static final int PARTS = 3;
    private static final int ENCRYPTED_PARTS = 5;

    /** From a token, or from an Authorization field or a scheme and a token. */
    static DecodedToken of(String input) {
        String[] words = input.split("\\s+", -1);
        String token = words[words.length - 1];
        if (token.isEmpty()) {
            throw new UsageException(
                    "No token: pass it on the standard input, such as with: tokenguard explain < token.txt");
        }
        return new DecodedToken(token, List.of(token.split("\\.", -1)));
    }

    boolean hasThreeParts() {
        return parts.size() == PARTS;
    }

    /** Whether it has the form of an encrypted token (RFC 7516 section 7.1). */
    boolean isEncrypted() {
        return parts.size() == ENCRYPTED_PARTS;
    }

    /** The header, of an encrypted token the outer one; empty if it can't be decoded. */
    Optional<Map<String, @Nullable Object>> header() {
        return decoded(0, JsonLimits.DOCUMENT);
    }

    /** The claims; empty if they can't be decoded. */
    Optional<Map<String, @Nullable Object>> claims() {
        return hasThreeParts() ? decoded(1, JsonLimits.CLAIMS) : Optional.empty();
    }

    /** The algorithm that the header names; empty if it names none. */
    String algorithm() {
        return header().map(header -> header.get("alg")).map(Object::toString).orElse("");
    }

    /** A claim or an empty text. */
    String claim(String name) {
        return claims().map(claims -> claims.get(name)).map(Object::toString).orElse("");
    }

    private Optional<Map<String, @Nullable Object>> decoded(int part, JsonLimits limits) {
        if (!hasThreeParts() && !isEncrypted()) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonReader.readObject(bytes(part), limits));
        } catch (MalformedException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    byte[] bytes(int part) {
        return Base64.getUrlDecoder().decode(parts.get(part).getBytes(StandardCharsets.US_ASCII));
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "DecodedToken[not shown]";
    }
}
