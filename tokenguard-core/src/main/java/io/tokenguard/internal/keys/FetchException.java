package io.tokenguard.internal.keys;

/** A document that could not be had. Its message is a constant, or a constant and an HTTP status. */
final class FetchException extends Exception {
    private static final long serialVersionUID = 1L;

    FetchException(String rule) {
        super(rule, null, false, false);
    }
}
