package io.tokenguard.internal.feeds;

import io.tokenguard.access.FeedAnswer;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How logout tokens and security events are sent over HTTP, and answered. */
public enum FeedProtocol {
    /** OpenID Connect Back-Channel Logout 1.0 §2.5, §2.8. */
    LOGOUT("application/x-www-form-urlencoded", 200),
    /** RFC 8935 §2. */
    EVENTS("application/secevent+jwt", 202);

    private static final int LONGEST_BODY = 64 * 1024;
    private static final Map<String, String> NOT_STORED = Map.of("Cache-Control", "no-store");

    private final String mediaType;
    private final int success;

    FeedProtocol(String mediaType, int success) {
        this.mediaType = mediaType;
        this.success = success;
    }

    /**
     * The token in a request. At most 64 KiB of the body are read.
     *
     * @throws RefusedException if the request does not have the required form
     */
    public String token(IncomingRequest request, InputStream body) throws RefusedException {
        if (!mediaType.equals(mediaType(request))) {
            throw new RefusedException(RefusalReason.TOKEN_MALFORMED, "Content-Type");
        }
        String text = read(body);
        return this == LOGOUT ? FormField.single(text, "logout_token") : text;
    }

    /** RFC 9110 §8.3.1: without parameters, in lower case. */
    private static String mediaType(IncomingRequest request) {
        List<String> fields = request.headers().valuesOf("Content-Type");
        String field = fields.size() == 1 ? fields.get(0) : "";
        int semicolon = field.indexOf(';');
        return (semicolon < 0 ? field : field.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    /** An aborted body is malformed. */
    private static String read(InputStream body) throws RefusedException {
        try {
            byte[] bytes = body.readNBytes(LONGEST_BODY + 1);
            if (bytes.length > LONGEST_BODY) {
                throw new RefusedException(RefusalReason.TOKEN_TOO_LARGE, "body");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (IOException broken) {
            throw new RefusedException(RefusalReason.TOKEN_MALFORMED, "body");
        }
    }

    /** The answer to an accepted token. */
    public FeedAnswer taken() {
        return new FeedAnswer(success, NOT_STORED, "");
    }

    /** The answer to another method than POST (RFC 9110 §15.5.6). */
    public FeedAnswer methodNotAllowed() {
        return new FeedAnswer(405, Map.of("Allow", "POST", "Cache-Control", "no-store"), "");
    }

    /** The answer to a rejected token: 400 if it is invalid, 503 if it can't be validated now and the issuer should retry. */
    public FeedAnswer refused(RefusalReason reason) {
        if (!reason.isVerdict()) {
            return new FeedAnswer(503, Map.of("Retry-After", "1", "Cache-Control", "no-store"), "");
        }
        String body = this == LOGOUT
                ? "{\"error\":\"invalid_request\",\"error_description\":\"" + describeLogout(reason) + "\"}"
                : "{\"err\":\"" + FeedError.of(reason).code() + "\",\"description\":\""
                        + FeedError.of(reason).description() + "\"}";
        return new FeedAnswer(
                400,
                Map.of("Content-Type", "application/json", "Content-Language", "en", "Cache-Control", "no-store"),
                body);
    }

    private static String describeLogout(RefusalReason reason) {
        return FeedError.of(reason) == FeedError.INVALID_REQUEST
                ? "Send one logout_token, complete and in time, as application/x-www-form-urlencoded"
                : FeedError.of(reason).description();
    }
}
