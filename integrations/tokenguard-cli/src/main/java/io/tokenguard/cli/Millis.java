package io.tokenguard.cli;

/** Times of checks, as text. */
final class Millis {
    private Millis() {}

    /** The time since a reading of {@link System#nanoTime}. */
    static String since(long start) {
        return (System.nanoTime() - start) / 1_000_000 + " ms";
    }
}
