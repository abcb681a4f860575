package io.tokenguard.bench.peer;

/** A library, set up to check signature, issuer, audience and expiry by a key that it was given in code. */
@FunctionalInterface
public interface Peer extends AutoCloseable {
    /**
     * Validates a token in full, or by what is remembered of it.
     *
     * @return whatever the library makes of it
     * @throws Exception if the token is refused
     */
    Object validate(String token) throws Exception;

    /** Whether a token is good. */
    default boolean accepts(String token) {
        try {
            validate(token);
            return true;
        } catch (Exception refused) {
            return false;
        }
    }

    /** Gives back threads, where there are any. */
    @Override
    default void close() {}
}
