package io.tokenguard.bench.token;

/**
 * A token that must be refused.
 *
 * @param flaw what is wrong with it
 * @param text the token
 */
public record BadToken(String flaw, String text) {
    /** Shows the flaw only. */
    @Override
    public String toString() {
        return "BadToken[" + flaw + "]";
    }
}
