package io.tokenguard.access;

import java.time.Instant;

/**
 * What a rule of the application may look at. It lives as long as one decision.
 *
 * @param token a good token
 * @param request what it is used for
 * @param now the time of the decision
 */
public record AuthorizationRequest(AccessToken token, IncomingRequest request, Instant now) {}
