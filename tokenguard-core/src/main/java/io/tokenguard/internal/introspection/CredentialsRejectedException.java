package io.tokenguard.internal.introspection;

/** The issuer rejects this API as a client, in the body of a status 400 (RFC 6749 §5.2). */
final class CredentialsRejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    CredentialsRejectedException() {
        super("status 400: the client is rejected", null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
