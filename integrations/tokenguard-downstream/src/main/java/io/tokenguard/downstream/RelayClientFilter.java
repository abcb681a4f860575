package io.tokenguard.downstream;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Gives requests of a Jakarta REST client their tokens. Register it at the client. Thread-safe. Jersey does not follow redirects of
 * requests that got a token; other runtimes have to be configured so.
 */
public final class RelayClientFilter implements ClientRequestFilter {
    private static final String JERSEY_FOLLOWS = "jersey.config.client.followRedirects";

    private final TokenRelay relay;
    private final Supplier<Optional<Caller>> caller;

    /**
     * A filter.
     *
     * @param caller finds whose request is being served, on the thread that sends; empty if the API acts for nobody
     */
    public RelayClientFilter(TokenRelay relay, Supplier<Optional<Caller>> caller) {
        this.relay = relay;
        this.caller = caller;
    }

    @Override
    public void filter(ClientRequestContext request) throws RelayException {
        relay.tokenFor(request.getUri(), caller.get()).ifPresent(token -> {
            request.getHeaders().putSingle("Authorization", "Bearer " + token);
            request.setProperty(JERSEY_FOLLOWS, false);
        });
    }
}
