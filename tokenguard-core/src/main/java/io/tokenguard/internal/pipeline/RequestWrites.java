package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision;
import io.tokenguard.access.Decision.Challenge;
import io.tokenguard.access.IdempotentWrite;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.authorization.AuthorizationCheck;
import io.tokenguard.internal.request.WriteTable;
import io.tokenguard.internal.writes.GrantedWrite;
import io.tokenguard.internal.writes.WriteProtection;
import java.util.Map;
import java.util.Optional;

/**
 * Lets granted requests happen once, by their rules. Thread-safe.
 *
 * @param table the rules
 * @param protection stores and repeats answers; empty if there are no rules
 * @param reporter reports refusals
 */
public record RequestWrites(WriteTable table, Optional<WriteProtection> protection, DecisionReporter reporter) {
    /** Starts a granted request; empty if it is not one that happens once. */
    public Optional<IdempotentWrite> begin(IncomingRequest request, String query, Optional<AccessToken> token) {
        return protection.flatMap(writes -> table.find(request)
                .flatMap(rule -> writes.begin(
                        new GrantedWrite(rule, request, query, token, refused -> refuse(request, token, refused)))));
    }

    private Challenge refuse(IncomingRequest request, Optional<AccessToken> token, RefusedException refused) {
        AuditDetails details = reporter.notifier().details(request);
        token.ifPresent(details::acceptedBefore);
        Decision decision = reporter.refused(request, refused, AuthorizationCheck.NO_ROUTE, details);
        return decision instanceof Decision.Refused answer
                ? answer.challenge()
                : new Challenge(refused.reason().status(), Map.of(), "");
    }
}
