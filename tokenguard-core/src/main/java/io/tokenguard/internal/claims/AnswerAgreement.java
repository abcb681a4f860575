package io.tokenguard.internal.claims;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import java.util.Objects;
import java.util.Optional;

/** Compares the introspection answer about a signed token with the token itself. */
public final class AnswerAgreement {
    private AnswerAgreement() {}

    /**
     * Requires the answer to have the same subject, client and binding. Does not compare what the answer omits.
     *
     * @throws RefusedException if they differ
     */
    public static void require(AccessToken signed, AccessToken answer) throws RefusedException {
        boolean agrees = agree(signed.subject(), answer.subject())
                && agree(signed.clientId(), answer.clientId())
                && (answer.claims().get("cnf") == null
                        || Objects.equals(
                                answer.claims().get("cnf"), signed.claims().get("cnf")));
        if (!agrees) {
            throw new RefusedException(
                    RefusalReason.CLAIMS_MALFORMED,
                    "answer contradicts the token",
                    () -> Finding.of(
                            "an introspection answer about another subject, client or binding",
                            "an answer that agrees with the token"));
        }
    }

    private static boolean agree(Optional<String> one, Optional<String> other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }
}
