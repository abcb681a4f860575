package io.tokenguard.internal.assembly;

import io.tokenguard.internal.introspection.IntrospectionRouter;
import io.tokenguard.spi.TokenEndpoint;
import java.util.Map;

/**
 * Where this API is a client of issuers.
 *
 * @param introspection introspects tokens
 * @param tokens requests tokens for destinations, by their names
 */
record IssuerClients(IntrospectionRouter introspection, Map<String, TokenEndpoint> tokens) {
    /** Copies the endpoints. */
    IssuerClients {
        tokens = Map.copyOf(tokens);
    }
}
