package io.tokenguard.gateway;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusalReason.Stage;
import java.util.EnumSet;
import java.util.Set;

/** Which refusals are failures of a token. */
final class FailureKinds {
    /** A later request with the same token would be refused for the same reason, whatever time it is. */
    private static final Set<RefusalReason> FOR_GOOD = EnumSet.of(
            RefusalReason.TOKEN_MALFORMED,
            RefusalReason.TOKEN_ENCRYPTED,
            RefusalReason.DECRYPTION_FAILED,
            RefusalReason.HEADER_REJECTED,
            RefusalReason.ALGORITHM_NOT_ALLOWED,
            RefusalReason.ISSUER_UNKNOWN,
            RefusalReason.TYPE_MISMATCH,
            RefusalReason.SIGNATURE_INVALID,
            RefusalReason.CLAIMS_MALFORMED,
            RefusalReason.NOT_AN_ACCESS_TOKEN,
            RefusalReason.ISSUER_MISMATCH,
            RefusalReason.CLAIM_MISSING,
            RefusalReason.AUDIENCE_MISMATCH,
            RefusalReason.EXPIRED,
            RefusalReason.LIFETIME_TOO_LONG);

    /**
     * Not INTROSPECTION, LIFETIME and REVOCATION: good clients send tokens that have just expired or were revoked, and have
     * clocks that are wrong. Introspection has limits of its own.
     */
    private static final Set<Stage> OF_TOKENS =
            EnumSet.of(Stage.TOKEN, Stage.KEY, Stage.SIGNATURE, Stage.CLAIMS, Stage.POSSESSION);

    /** Good clients send tokens of a key that is published a moment later, and proofs without a nonce. */
    private static final Set<RefusalReason> USUAL =
            EnumSet.of(RefusalReason.KEY_UNKNOWN, RefusalReason.NONCE_REQUIRED, RefusalReason.TOO_MANY_BAD_TOKENS);

    /** The detail of proofs that are too old or too young: the client's clock is wrong. */
    private static final String PROOF_TIME = "time";

    private FailureKinds() {}

    static boolean isForGood(RefusalReason reason) {
        return FOR_GOOD.contains(reason);
    }

    /** Whether it counts against the network. What could not be decided does not. */
    static boolean isCounted(RefusalReason reason, String detail) {
        boolean isUsual =
                USUAL.contains(reason) || (reason == RefusalReason.PROOF_INVALID && detail.equals(PROOF_TIME));
        return reason.isVerdict() && OF_TOKENS.contains(reason.stage()) && !isUsual;
    }
}
