package io.tokenguard.servlet;

/**
 * A dispatch that was granted, for as long as it runs. A filter that is mapped more than once meets it again, and decides only
 * once. Thread-safe.
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

    /** Whether this is what runs now. A later dispatch to the same target is another one. */
    boolean covers(Target other) {
        return isRunning && target.equals(other);
    }

    void end() {
        isRunning = false;
    }
}
