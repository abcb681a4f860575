package io.tokenguard.servlet;

/**
 * A granted dispatch, for as long as it runs. If the filter is mapped more than once, it finds the dispatch here and does not
 * decide again. Thread-safe.
 */
final class GrantedDispatch {
    private final Target target;
    private volatile boolean isRunning = true;

    GrantedDispatch(Target target) {
        this.target = target;
    }

    boolean isRunning() {
        return isRunning;
    }

    /** Whether this is the running dispatch. A later dispatch to the same target is another one. */
    boolean covers(Target other) {
        return isRunning && target.equals(other);
    }

    void end() {
        isRunning = false;
    }
}
