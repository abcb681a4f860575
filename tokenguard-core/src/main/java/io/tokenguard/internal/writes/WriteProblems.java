package io.tokenguard.internal.writes;

import io.tokenguard.access.Decision.Challenge;
import io.tokenguard.access.RefusalReason;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Describes refusals to callers (draft-ietf-httpapi-idempotency-key-header §2.7, RFC 9457). Every text is a constant.
 *
 * @param type the address of the API's documentation, or of the draft
 */
record WriteProblems(String type) {
    private static final String DRAFT =
            "https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header";

    static WriteProblems documentedAt(Optional<URI> documentation) {
        return new WriteProblems(documentation.map(URI::toASCIIString).orElse(DRAFT));
    }

    /** The same answer with problem details. */
    Challenge describe(RefusalReason reason, Challenge challenge) {
        Map<String, List<String>> fields = new HashMap<>(challenge.headers());
        fields.put("Content-Type", List.of("application/problem+json"));
        fields.put("Content-Language", List.of("en"));
        String body = "{\"type\":\"" + type + "\",\"title\":\"" + title(reason) + "\",\"status\":" + challenge.status()
                + ",\"detail\":\"" + detail(reason) + "\"}";
        return new Challenge(challenge.status(), fields, body);
    }

    private static String title(RefusalReason reason) {
        return switch (reason) {
            case IDEMPOTENCY_KEY_MISSING -> "Idempotency-Key is missing";
            case IDEMPOTENCY_KEY_INVALID -> "Idempotency-Key is malformed";
            case IDEMPOTENCY_KEY_BUSY -> "A request is outstanding for this Idempotency-Key";
            case IDEMPOTENCY_KEY_REUSED -> "Idempotency-Key is already used";
            case IDEMPOTENT_FORM_UNSUPPORTED -> "This form of content is not supported";
            default -> "The request can not be served now";
        };
    }

    private static String detail(RefusalReason reason) {
        return switch (reason) {
            case IDEMPOTENCY_KEY_MISSING -> "This operation requires an Idempotency-Key.";
            case IDEMPOTENCY_KEY_INVALID ->
                "Send one Idempotency-Key: a string of 1 to 255 characters in quotation marks.";
            case IDEMPOTENCY_KEY_BUSY ->
                "A request with the same Idempotency-Key is being processed, or its answer can not be repeated.";
            case IDEMPOTENCY_KEY_REUSED -> "An Idempotency-Key must not be used again for another request.";
            case IDEMPOTENT_FORM_UNSUPPORTED -> "Send a shorter form, or content that is not a multipart form.";
            default -> "Try again later with the same Idempotency-Key.";
        };
    }
}
