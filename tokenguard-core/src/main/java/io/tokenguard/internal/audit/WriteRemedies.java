package io.tokenguard.internal.audit;

import io.tokenguard.access.RefusalReason;
import java.util.List;

/** The guide to refusals of requests that happen once. */
final class WriteRemedies {
    private static final List<String> WRITES = List.of("tokenguard.writes");

    private WriteRemedies() {}

    static RefusalGuide of(RefusalReason reason) {
        return switch (reason) {
            case IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_INVALID ->
                new RefusalGuide(
                        "no usable Idempotency-Key",
                        "one Idempotency-Key, such as \"8e03978e-40d5-43e8-bc93-6894a57f9324\", with the quotation marks",
                        WRITES,
                        "Let the client send a key, or write 'optional' behind the rule. A rule of an open route can't"
                                + " work: require a token.");
            case IDEMPOTENCY_KEY_BUSY ->
                new RefusalGuide(
                        "a key whose first request runs, or has an answer that is not stored",
                        "a key whose first request was answered",
                        List.of("tokenguard.idempotency.lease", "tokenguard.idempotency.max-answer"),
                        "Let the client wait and send the same key again. After a crash of this API, the key is free when"
                                + " the lease ends.");
            case IDEMPOTENCY_KEY_REUSED ->
                new RefusalGuide(
                        "a key that was used for another query or body",
                        "a new key for each request that differs",
                        WRITES,
                        "Let the client create a key for each operation, and send the same bytes when it repeats one.");
            case IDEMPOTENT_FORM_UNSUPPORTED ->
                new RefusalGuide(
                        "a multipart form, or a long URL-encoded one",
                        "other content, or a URL-encoded form of at most max-body",
                        List.of("tokenguard.idempotency.max-body"),
                        "Send JSON, raise tokenguard.idempotency.max-body, or remove the rule for this path.");
            case IDEMPOTENCY_STORE_UNAVAILABLE ->
                new RefusalGuide(
                        "a store that does not answer, or is full for this sender",
                        "a store that knows whether the request has happened",
                        List.of("tokenguard.idempotency.max-bytes"),
                        "Check that Redis or the database answers. In memory, raise tokenguard.idempotency.max-bytes, or"
                                + " share a state.");
            default -> RefusalGuide.NONE;
        };
    }
}
