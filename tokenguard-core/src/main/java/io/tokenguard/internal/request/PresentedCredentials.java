package io.tokenguard.internal.request;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;

/**
 * Where the access token of a request is, and how it was sent. Until {@link #token} says so, it need not even be written as
 * a token is: one that is known already does not have to be read again.
 */
public sealed interface PresentedCredentials {
    /** The text that the token is the end of. */
    String field();

    /** Where in it the token begins. */
    int start();

    /** The token's number of characters. */
    default int length() {
        return field().length() - start();
    }

    /**
     * The token.
     *
     * @throws RefusedException if it is not written as one (RFC 9110 §11.2)
     */
    default String token() throws RefusedException {
        if (!Token68.isAt(field(), start())) {
            throw new RefusedException(RefusalReason.CREDENTIAL_SYNTAX);
        }
        return field().substring(start());
    }

    /**
     * Whoever has the token may use it (RFC 6750 §1.2).
     *
     * @param field the text that the token is the end of
     * @param start where in it the token begins
     */
    record Bearer(String field, int start) implements PresentedCredentials {
        /** Shows nothing of the token. */
        @Override
        public String toString() {
            return "Bearer[not shown]";
        }
    }

    /**
     * With the token comes a proof (RFC 9449 §7.1).
     *
     * @param field the text that the token is the end of
     * @param start where in it the token begins
     */
    record Dpop(String field, int start) implements PresentedCredentials {
        /** Shows nothing of the token. */
        @Override
        public String toString() {
            return "Dpop[not shown]";
        }
    }
}
