package io.tokenguard.console;

/** A body that is not what an act needs. The message is for the caller, and contains nothing of the body. */
final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
        super(message);
    }
}
