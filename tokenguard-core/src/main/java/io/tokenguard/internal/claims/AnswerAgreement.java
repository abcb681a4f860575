package io.tokenguard.internal.claims;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares the introspection answer about a signed token with the token itself. */
public final class AnswerAgreement {
    private static final List<String> BINDINGS = List.of("jkt", "x5t#S256");

    private AnswerAgreement() {}

    /**
     * Requires the answer to have the same subject, client and binding. Does not compare what the answer omits.
     *
     * @throws RefusedException if they differ
     */
    public static void require(AccessToken signed, AccessToken answer) throws RefusedException {
        boolean agrees = agree(signed.subject(), answer.subject())
                && agree(signed.clientId(), answer.clientId())
                && (answer.claims().get("cnf") == null || isSameBinding(signed, answer));
        if (!agrees) {
            throw new RefusedException(
                    RefusalReason.CLAIMS_MALFORMED,
                    "answer contradicts the token",
                    () -> Finding.of(
                            "an introspection answer about another subject, client or binding",
                            "an answer that agrees with the token"));
        }
    }

    /** Other members do not decide anything (RFC 7800 §3.1), and a server may state them in one of both only. */
    private static boolean isSameBinding(AccessToken signed, AccessToken answer) {
        return BINDINGS.stream()
                .allMatch(member -> Objects.equals(confirmation(signed, member), confirmation(answer, member)));
    }

    private static @Nullable Object confirmation(AccessToken token, String member) {
        return token.claims().get("cnf") instanceof Map<?, ?> members ? members.get(member) : null;
    }

    private static boolean agree(Optional<String> one, Optional<String> other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }
}
