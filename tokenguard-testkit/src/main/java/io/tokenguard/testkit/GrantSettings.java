package io.tokenguard.testkit;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How an issuer grants tokens over HTTP.
 *
 * @param clients the registered clients; empty for all
 * @param users the users, in the order of the login page, and what is changed about their tokens
 * @param dpopNonce whether proofs need a nonce
 * @param onRevocation receives access tokens that are revoked
 */
record GrantSettings(
        List<TestClient> clients,
        Map<String, Consumer<TokenBuilder>> users,
        boolean dpopNonce,
        Consumer<String> onRevocation) {}
