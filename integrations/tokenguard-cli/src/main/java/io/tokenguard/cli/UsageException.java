package io.tokenguard.cli;

/** A mistake in how the command was called. The message must not contain anything that was read. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }

    /** The message; never null. */
    String text() {
        return String.valueOf(getMessage());
    }
}
