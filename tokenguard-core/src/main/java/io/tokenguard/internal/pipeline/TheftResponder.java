package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.Revocation;
import io.tokenguard.access.TheftSignal;
import io.tokenguard.access.TheftSignal.Kind;
import io.tokenguard.internal.audit.SafeText;
import io.tokenguard.internal.audit.SubjectDisclosure;
import io.tokenguard.internal.request.CredentialPlaces;
import io.tokenguard.internal.theft.Assessment;
import io.tokenguard.internal.theft.TheftWatch;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Looks at decisions for signs of theft, and reports them. A token that it revokes is refused at once;
 * beside that it changes no decision, whatever fails.
 *
 * @param watch notices signs; empty where none are looked for
 * @param notifier notifies observers of them
 * @param withdraws whether a bearer token is withdrawn for them
 * @param revocations takes revocations, and says whether they are kept
 * @param places where requests carry their tokens
 * @param subjects what signals show of subjects
 */
public record TheftResponder(
        Optional<TheftWatch> watch,
        ObserverNotifier notifier,
        boolean withdraws,
        Predicate<Revocation> revocations,
        CredentialPlaces places,
        SubjectDisclosure subjects) {
    Decision see(IncomingRequest request, Decision decision) {
        if (watch.isEmpty()) {
            return decision;
        }
        try {
            look(watch.get(), request, decision);
        } catch (RuntimeException | VirtualMachineError failure) {
            notifier.failures().observerFailed(failure);
        }
        return decision;
    }

    private void look(TheftWatch eyes, IncomingRequest request, Decision decision) {
        if (decision instanceof Decision.Granted granted) {
            granted.accessToken()
                    .ifPresent(token -> eyes.passed(request, token, (kind, count) -> suspect(token, kind, count)));
        } else if (decision instanceof Decision.Refused refused
                && TheftWatch.isOfProofs(refused.refusal().reason())) {
            fingerprint(request)
                    .ifPresent(token -> eyes.refused(
                            refused.refusal().reason(),
                            token,
                            (kind, count) -> notifier.suspected(suspicion(refused.refusal(), token, kind, count))));
        }
    }

    /** Of the token of a request that got as far as its proof: there is one field then, of a scheme and a token. */
    private Optional<String> fingerprint(IncomingRequest request) {
        return places.sent(request).fields().stream()
                .findFirst()
                .map(field -> field.substring(field.indexOf(' ') + 1).strip())
                .map(token -> Revocation.presented(token).target());
    }

    private void suspect(AccessToken token, Kind kind, int count) {
        notifier.suspected(
                signal(token, kind, count).revoked(withdraws && revoke(token)).build());
    }

    /** A request is unusual for its subject. */
    void unusual(AccessToken token, Assessment assessment, boolean isToRevoke) {
        notifier.suspected(signal(token, Kind.UNUSUAL_USE, assessment.score())
                .explanation(assessment.explanation())
                .revoked(isToRevoke && revoke(token))
                .build());
    }

    /** Revokes a token for signs of theft; false if the revocation is not stored. */
    boolean revoke(AccessToken token) {
        return !token.fingerprint().isEmpty() && revocations.test(Revocation.fingerprint(token.fingerprint()));
    }

    private TheftSignal.Builder signal(AccessToken token, Kind kind, int count) {
        return TheftSignal.builder(kind, count)
                .fingerprint(token.fingerprint())
                .issuer(SafeText.issuer(token.issuer()))
                .clientId(SafeText.value(token.clientId().orElse("")))
                .subject(subjects.show(token.subject().orElse("")));
    }

    private static TheftSignal suspicion(Refusal refusal, String token, Kind kind, int count) {
        return TheftSignal.builder(kind, count)
                .fingerprint(token)
                .issuer(refusal.issuer())
                .clientId(refusal.clientId())
                .subject(refusal.subject())
                .build();
    }
}
