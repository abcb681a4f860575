package io.tokenguard.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/**
 * The three parts of a compact JWS (RFC 7515 §7.1), for building malformed tokens from its parts. Immutable.
 *
 * <p>Nothing is checked: a part may hold any text, also text that is not base64url.
 *
 * @param header the first part as it stands in the token
 * @param payload the second part as it stands in the token
 * @param signature the third part as it stands in the token; may be empty
 */
public record CompactToken(String header, String payload, String signature) {

    /**
     * Splits a token into its parts.
     *
     * @param compact text with exactly two dots
     * @return the parts
     * @throws IllegalArgumentException if there are more or fewer dots; the message does not repeat the text
     */
    public static CompactToken parse(String compact) {
        String[] parts = compact.split("\\.", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("A compact JWS has three parts, this text has " + parts.length);
        }
        return new CompactToken(parts[0], parts[1], parts[2]);
    }

    /**
     * Replaces the first part.
     *
     * @param part any text, used as it is
     * @return another token; the signature stays and no longer fits
     */
    public CompactToken withHeader(String part) {
        return new CompactToken(part, payload, signature);
    }

    /**
     * Replaces the second part.
     *
     * @param part any text, used as it is
     * @return another token; the signature stays and no longer fits
     */
    public CompactToken withPayload(String part) {
        return new CompactToken(header, part, signature);
    }

    /**
     * Replaces the signature by these bytes, encoded as base64url without padding.
     *
     * @param bytes the new signature
     * @return another token
     */
    public CompactToken withSignature(byte[] bytes) {
        return new CompactToken(header, payload, encode(bytes));
    }

    /**
     * Replaces the third part by text that need not be base64url.
     *
     * @param part any text, used as it is
     * @return another token
     */
    public CompactToken withSignature(String part) {
        return new CompactToken(header, payload, part);
    }

    /**
     * The decoded signature.
     *
     * @return a new array
     * @throws IllegalArgumentException if the third part is not base64url
     */
    public byte[] signatureBytes() {
        return Base64.getUrlDecoder().decode(signature);
    }

    /**
     * The signing input of this token: header, dot, payload (RFC 7515 §5.1 step 5). Together with {@link TestKey#sign} and
     * {@link #withSignature(byte[])} it signs any parts.
     *
     * @return a new array
     */
    public byte[] signingInput() {
        return (header + "." + payload).getBytes(UTF_8);
    }

    /**
     * Inverts one bit of the decoded signature.
     *
     * @param index 0 is the highest bit of the first byte
     * @return another token
     * @throws IndexOutOfBoundsException if the signature has no such bit
     * @throws IllegalArgumentException if the third part is not base64url
     */
    public CompactToken flipBit(int index) {
        byte[] bytes = signatureBytes();
        bytes[Math.floorDiv(index, 8)] ^= (byte) (0x80 >>> Math.floorMod(index, 8));
        return withSignature(bytes);
    }

    /**
     * The token as it is sent.
     *
     * @return the parts, joined by dots
     */
    public String compact() {
        return header + "." + payload + "." + signature;
    }

    /** Shows the lengths of the parts only, so that no token reaches a log by accident; see {@link #compact()}. */
    @Override
    public String toString() {
        return "CompactToken[" + header.length() + "." + payload.length() + "." + signature.length() + " characters]";
    }

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
