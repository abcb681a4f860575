package io.tokenguard.examples.forwardauth;

import com.sun.net.httpserver.Headers;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.IncomingRequest.Connection;
import java.net.URI;
import java.util.List;

/**
 * The request about which a gateway asks.
 *
 * @param method its method
 * @param writtenPath its path, as the client wrote it, without the query
 */
record OriginalRequest(String method, String writtenPath) {
    /** A request by its method and its target, with or without a query. */
    static OriginalRequest of(String method, String target) {
        int query = target.indexOf('?');
        return new OriginalRequest(method, query < 0 ? target : target.substring(0, query));
    }

    /**
     * What the guard has to know.
     *
     * @param headers the fields of the gateway's question, which repeats those of the client
     * @param gateway the connection by which the gateway asks
     */
    IncomingRequest describe(Headers headers, Connection gateway) {
        return new IncomingRequest(
                method, servedPath(), writtenPath, name -> headers.getOrDefault(name, List.of()), gateway);
    }

    /** Decoded, as servers serve it; what can't be decoded is left for the guard to refuse. */
    private String servedPath() {
        try {
            return URI.create("http://any" + writtenPath).getPath();
        } catch (IllegalArgumentException malformed) {
            return writtenPath;
        }
    }

    /** Shows the method only: a path may hold secrets. */
    @Override
    public String toString() {
        return "OriginalRequest[" + method + "]";
    }
}
