package io.tokenguard.internal.request;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;

/**
 * The position of the access token in a request, and its scheme. Does not check the token's characters before {@link #token}
 * is called: a cached token need not be checked again.
 */
public sealed interface PresentedCredentials {
    /** The hint if the client wrote the scheme before a text that has it already. */
    String SCHEME_TWICE = "the field has the scheme twice, such as Bearer Bearer TOKEN: let the client write it once";

    /** The text that ends with the token. */
    String field();

    /** The index at which the token begins. */
    int start();

    /** The token's number of characters. */
    default int length() {
        return field().length() - start();
    }

    /**
     * The token.
     *
     * @throws RefusedException if it is malformed (RFC 9110 §11.2)
     */
    default String token() throws RefusedException {
        if (!Token68.isAt(field(), start())) {
            boolean isTwice = CredentialExtractor.namesToken(field().substring(start()));
            throw isTwice
                    ? new RefusedException(RefusalReason.CREDENTIAL_SYNTAX, "", () -> Finding.NONE.hint(SCHEME_TWICE))
                    : new RefusedException(RefusalReason.CREDENTIAL_SYNTAX);
        }
        return field().substring(start());
    }

    /**
     * A bearer token: anyone who holds it can use it (RFC 6750 §1.2).
     *
     * @param field the text that ends with the token
     * @param start the index at which the token begins
     */
    record Bearer(String field, int start) implements PresentedCredentials {
        /** Contains nothing of the token. */
        @Override
        public String toString() {
            return "Bearer[not shown]";
        }
    }

    /**
     * A token with a proof (RFC 9449 §7.1).
     *
     * @param field the text that ends with the token
     * @param start the index at which the token begins
     */
    record Dpop(String field, int start) implements PresentedCredentials {
        /** Contains nothing of the token. */
        @Override
        public String toString() {
            return "Dpop[not shown]";
        }
    }

    /**
     * A bearer token in a cookie, which browsers send with requests of other sites too (RFC 6265 §8.2).
     *
     * @param field the text that ends with the token
     * @param start the index at which the token begins
     */
    record Cookie(String field, int start) implements PresentedCredentials {
        /** Contains nothing of the token. */
        @Override
        public String toString() {
            return "Cookie[not shown]";
        }
    }
}
