package io.tokenguard.internal.assembly;

/** The daemon thread on which a guard starts its loads. */
final class TimerThread {
    private TimerThread() {}

    static Thread of(Runnable work) {
        Thread thread = new Thread(work, "tokenguard-timer");
        thread.setDaemon(true);
        return thread;
    }
}
