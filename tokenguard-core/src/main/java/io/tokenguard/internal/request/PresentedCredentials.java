package io.tokenguard.internal.request;

/** The access token of a request, and how it was sent. */
public sealed interface PresentedCredentials {
    /** The token, in its compact form. */
    String token();

    /**
     * Whoever has the token may use it (RFC 6750 §1.2).
     *
     * @param token the token
     */
    record Bearer(String token) implements PresentedCredentials {
        /** Shows nothing of the token. */
        @Override
        public String toString() {
            return "Bearer[not shown]";
        }
    }

    /**
     * With the token comes a proof (RFC 9449 §7.1).
     *
     * @param token the token
     */
    record Dpop(String token) implements PresentedCredentials {
        /** Shows nothing of the token. */
        @Override
        public String toString() {
            return "Dpop[not shown]";
        }
    }
}
