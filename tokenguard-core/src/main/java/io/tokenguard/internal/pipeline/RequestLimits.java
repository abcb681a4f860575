package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.AddressRange;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.limits.BrakeSettings;
import io.tokenguard.internal.limits.Charge;
import io.tokenguard.internal.limits.Limiter;
import io.tokenguard.internal.limits.TooMany;
import io.tokenguard.internal.request.ClientNetwork;
import io.tokenguard.internal.request.LimitTable;
import io.tokenguard.internal.waiting.WouldWaitException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Refuses requests that are too many: before a token that is not cached is verified, and before a request is granted.
 * Thread-safe.
 *
 * @param limiter counts; empty if nothing is limited
 * @param table the limits by method and path
 * @param brake whether the brake is enforced
 * @param proxies the proxies whose forwarding fields are trusted
 * @param notifier notifies observers of what report-only limits would refuse
 * @param mayWait whether a decision may wait for a store that counts the requests of all nodes
 */
public record RequestLimits(
        Optional<Limiter> limiter,
        LimitTable table,
        BrakeSettings.Mode brake,
        List<AddressRange> proxies,
        ObserverNotifier notifier,
        boolean mayWait) {
    /** The same, where a decision must not wait. */
    RequestLimits withoutWaiting() {
        return new RequestLimits(limiter, table, brake, proxies, notifier, false);
    }

    private record RequestSender(IncomingRequest request, List<AddressRange> proxies, Optional<AccessToken> token)
            implements Limiter.Sender {
        @Override
        public String address() {
            return ClientNetwork.address(request, proxies);
        }
    }

    /**
     * A token that is not cached is about to be verified.
     *
     * @param isKnown whether a token was accepted before in another way; such a token is neither braked nor counted
     */
    void begin(String token, Predicate<String> isKnown, AuditDetails details) throws RefusedException {
        Optional<IncomingRequest> request = details.counted().request();
        if (brake == BrakeSettings.Mode.OFF
                || limiter.isEmpty()
                || request.isEmpty()
                || details.counted().hasBegun()
                || isKnown.test(token)) {
            return;
        }
        Limiter.Attempt attempt =
                limiter.get().attempt(new RequestSender(request.get(), proxies, Optional.empty()), token);
        Optional<RefusedException> refusal = attempt.refusal();
        if (refusal.isEmpty()) {
            details.counted().begin(attempt);
        } else if (brake == BrakeSettings.Mode.ON) {
            details.unread(token);
            throw refusal.get();
        } else {
            reportOnly(refusal.get(), details);
            details.counted().begin(attempt);
        }
    }

    private void reportOnly(RefusedException refusal, AuditDetails details) {
        if (TooMany.isOfBadTokens(refusal)) {
            notifier.wouldRefuse(details, refusal);
        }
    }

    /**
     * Ends a decision that must not wait, if counting the request would. Comes before everything that may happen only once.
     *
     * @throws WouldWaitException if it would wait
     */
    void requireNoWait(IncomingRequest request, Optional<AccessToken> token, AuditDetails details) {
        if (waits() && !charges(request, token, details).isEmpty()) {
            throw new WouldWaitException(token.isPresent());
        }
    }

    private boolean waits() {
        return !mayWait && limiter.isPresent() && limiter.get().mayWait();
    }

    private List<Charge> charges(IncomingRequest request, Optional<AccessToken> token, AuditDetails details) {
        boolean isCountedElsewhere = token.isEmpty() && details.isCountedElsewhere();
        return table.isEmpty() || isCountedElsewhere ? List.of() : table.find(request);
    }

    /**
     * Counts a request that is about to be granted.
     *
     * @return header fields for the answer
     * @throws WouldWaitException if it would wait, and must not
     * @throws RefusedException if it exceeds a limit, or it is unknown whether it does
     */
    Map<String, String> count(IncomingRequest request, Optional<AccessToken> token, AuditDetails details)
            throws RefusedException {
        List<Charge> charges = charges(request, token, details);
        if (charges.isEmpty() || limiter.isEmpty()) {
            return Map.of();
        }
        if (waits()) {
            throw new WouldWaitException(token.isPresent());
        }
        Limiter.Count count = limiter.get().count(charges, new RequestSender(request, proxies, token));
        count.reported().forEach(excess -> notifier.wouldRefuse(details, TooMany.requests(excess)));
        if (count.enforced().isPresent()) {
            details.counted().answerWith(count.fields());
            throw TooMany.requests(count.enforced().get());
        }
        return count.fields();
    }
}
