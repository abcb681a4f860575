package io.tokenguard.testkit;

import com.sun.net.httpserver.HttpExchange;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One request as it arrived. Immutable.
 *
 * @param method the HTTP method
 * @param path the path, with the query where there was one, still encoded
 * @param headers the values of each header field in the order sent; names are looked up without regard to case
 */
public record RecordedRequest(String method, String path, Map<String, List<String>> headers) {
    /** Copies the headers. */
    public RecordedRequest {
        TreeMap<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        headers = Collections.unmodifiableMap(copy);
    }

    /**
     * The first value of a header field.
     *
     * @param name in upper or lower case
     * @return empty if the field was not sent
     */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** Shows method, path and the names of the header fields: their values may be credentials. */
    @Override
    public String toString() {
        return method + " " + path + " " + headers.keySet();
    }

    static RecordedRequest of(HttpExchange exchange) {
        return new RecordedRequest(
                exchange.getRequestMethod(), exchange.getRequestURI().toString(), exchange.getRequestHeaders());
    }
}
