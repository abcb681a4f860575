package io.tokenguard.access;

/** The texts of a refusal, in the order and under the names of the audit event. */
enum RefusalField {
    DETAIL("detail"),
    FOUND("found"),
    EXPECTED("expected"),
    SETTINGS("settings"),
    HINT("hint"),
    DIALECT("dialect"),
    DECIDED_BY("decided_by"),
    ID("id"),
    METHOD("method"),
    PATH("path"),
    PLACE("place"),
    CLIENT_ADDRESS("client_address"),
    TRACE_ID("trace_id"),
    ISSUER("issuer", "unverified.iss"),
    KEY_ID("kid", "unverified.kid"),
    CLIENT_ID("client"),
    SUBJECT("subject"),
    TOKEN_ID("jti"),
    TOKEN_FINGERPRINT("token"),
    ENCRYPTED_FINGERPRINT("encrypted_token");

    private final String key;
    private final String unverifiedKey;

    RefusalField(String key) {
        this(key, key);
    }

    RefusalField(String key, String unverifiedKey) {
        this.key = key;
        this.unverifiedKey = unverifiedKey;
    }

    /** The name in the event of a token that is verified or not. */
    String key(boolean isVerified) {
        return isVerified ? key : unverifiedKey;
    }
}
