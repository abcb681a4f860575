package io.tokenguard.jaxrs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tokenguard.access.FeedAnswer;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Route;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Map;
import java.util.function.BiFunction;

/** Receives logout tokens and security events at the configured paths, without an access token. */
@PreMatching
@Priority(Integer.MIN_VALUE + 1)
final class FeedFilter implements ContainerRequestFilter {
    private final Gate gate;
    private final Map<String, BiFunction<IncomingRequest, InputStream, FeedAnswer>> feeds;

    FeedFilter(Gate gate, Map<String, BiFunction<IncomingRequest, InputStream, FeedAnswer>> feeds) {
        this.gate = gate;
        this.feeds = Map.copyOf(feeds);
    }

    @Override
    public void filter(ContainerRequestContext request) {
        IncomingRequest incoming = gate.describe(request);
        BiFunction<IncomingRequest, InputStream, FeedAnswer> feed = feeds.get(Route.normalPath(incoming.path()));
        if (feed != null) {
            request.abortWith(response(feed.apply(incoming, request.getEntityStream())));
        }
    }

    static Response response(FeedAnswer answer) {
        Response.ResponseBuilder response = Response.status(answer.status());
        answer.headers().forEach(response::header);
        return answer.body().isEmpty()
                ? response.build()
                : response.entity(answer.body().getBytes(UTF_8)).build();
    }
}
