package io.tokenguard.jaxrs;

/** A container that listens. */
record RunningServer(int port, Stop stop) implements AutoCloseable {
    @Override
    public void close() {
        try {
            stop.stop();
        } catch (Exception failure) {
            throw new IllegalStateException("The container did not stop", failure);
        }
    }

    @FunctionalInterface
    interface Stop {
        void stop() throws Exception;
    }
}
