package io.tokenguard.examples.forwardauth;

import com.sun.net.httpserver.Headers;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.IncomingRequest.Connection;
import java.net.URI;
import java.util.List;

/**
 * The request that a gateway asks about.
 *
 * @param method its method
 * @param writtenPath its path, as the client sent it, without the query
 */
record OriginalRequest(String method, String writtenPath) {
    /** A request by its method and its target, with or without a query. */
    static OriginalRequest of(String method, String target) {
        int query = target.indexOf('?');
        return new OriginalRequest(method, query < 0 ? target : target.substring(0, query));
    }

    /**
     * The request in the form that the guard needs.
     *
     * @param headers the fields of the gateway's call, which repeat those of the client
     * @param gateway the gateway's connection
     */
    IncomingRequest describe(Headers headers, Connection gateway) {
        return new IncomingRequest(
                method, servedPath(), writtenPath, name -> headers.getOrDefault(name, List.of()), gateway);
    }

    /** Decoded, as servers serve it; the guard refuses what can't be decoded. */
    private String servedPath() {
        try {
            return URI.create("http://any" + writtenPath).getPath();
        } catch (IllegalArgumentException malformed) {
            return writtenPath;
        }
    }

    /** Contains the method only: a path may contain secrets. */
    @Override
    public String toString() {
        return "OriginalRequest[" + method + "]";
    }
}
