package io.tokenguard.access;

import java.time.Instant;

/**
 * The input of an application rule. Valid only during one decision.
 *
 * @param token the accepted token
 * @param request the request that carries the token
 * @param now the time of the decision
 */
public record AuthorizationRequest(AccessToken token, IncomingRequest request, Instant now) {}
