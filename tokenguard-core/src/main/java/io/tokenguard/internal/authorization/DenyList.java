package io.tokenguard.internal.authorization;

import io.tokenguard.access.AccessRequirement.Condition;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.AuthorizationRequest;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.time.Instant;
import java.util.Optional;

/**
 * Networks and clients that get nothing, whatever routes allow. Immutable.
 *
 * @param networks holds unless the client's address is in a denied network, or is not certain
 * @param clients holds unless the token's client is denied
 * @param isReportOnly whether refusals are only reported
 * @param sources the trusted proxies and named lists
 */
public record DenyList(
        Optional<Condition> networks, Optional<Condition> clients, boolean isReportOnly, ConditionSources sources) {
    /** Denies nobody. */
    public static final DenyList NONE = new DenyList(Optional.empty(), Optional.empty(), false, ConditionSources.NONE);

    private static final AccessToken NO_TOKEN = AccessToken.builder("").build();
    private static final IncomingRequest NO_REQUEST =
            IncomingRequest.builder("GET", "/").build();

    /**
     * Refuses a request from a denied network.
     *
     * @throws RefusedException if the client's address is in a denied network, or is not certain
     */
    public void requireNetwork(IncomingRequest request) throws RefusedException {
        if (networks.isPresent()) {
            AuthorizationRequest attempt = new AuthorizationRequest(NO_TOKEN, request, Instant.EPOCH);
            require(networks.get(), attempt, RefusalReason.NETWORK_DENIED, "tokenguard.deny.networks");
        }
    }

    /**
     * Refuses a token of a denied client. A token that names no client passes.
     *
     * @throws RefusedException if the client is denied
     */
    public void requireClient(AccessToken token) throws RefusedException {
        if (clients.isPresent() && token.clientId().isPresent()) {
            AuthorizationRequest attempt = new AuthorizationRequest(token, NO_REQUEST, Instant.EPOCH);
            require(clients.get(), attempt, RefusalReason.CLIENT_DENIED, "tokenguard.deny.clients");
        }
    }

    private void require(Condition condition, AuthorizationRequest attempt, RefusalReason reason, String key)
            throws RefusedException {
        Condition.Facts facts = sources.facts(attempt);
        if (!condition.isMet(facts)) {
            throw new RefusedException(reason, "", () -> ConditionFindings.of(key, condition, facts, sources));
        }
    }
}
