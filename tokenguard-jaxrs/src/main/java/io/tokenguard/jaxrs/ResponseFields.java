package io.tokenguard.jaxrs;

import io.tokenguard.access.Decision;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Header fields for the answer to a granted request, stored as a property of the request until there is an answer.
 *
 * @param fields names and values, such as of a fresh nonce (RFC 9449 §8.2)
 */
record ResponseFields(Map<String, String> fields) {
    private static final String PROPERTY = ResponseFields.class.getName();
    private static final String ALLOW = "Access-Control-Allow-";
    private static final String VARY = "Vary";

    static void keep(Decision.Granted granted, ContainerRequestContext request) {
        if (!granted.responseHeaders().isEmpty()) {
            request.setProperty(PROPERTY, new ResponseFields(granted.responseHeaders()));
        }
    }

    static void addTo(ContainerResponseContext response, ContainerRequestContext request) {
        if (request.getProperty(PROPERTY) instanceof ResponseFields kept) {
            kept.fields.forEach((name, value) -> add(response.getHeaders(), name, value));
        }
    }

    /** Browsers accept one value only of the fields that allow an origin; a filter of the application may have set them. */
    private static void add(MultivaluedMap<String, Object> headers, String name, String value) {
        if (name.startsWith(ALLOW)) {
            headers.putSingle(name, value);
        } else {
            headers.add(name, value);
        }
    }

    /**
     * Replaces a field in an answer of the guard's own. {@code Vary} is added to: what the application stated about the request
     * still holds (RFC 9110 §12.5.5).
     */
    static void replace(MultivaluedMap<String, Object> headers, String name, List<String> values) {
        List<Object> replaced = new ArrayList<>(name.equals(VARY) ? headers.getOrDefault(name, List.of()) : List.of());
        values.stream().filter(value -> !replaced.contains(value)).forEach(replaced::add);
        headers.put(name, replaced);
    }

    /** Contains nothing: properties get logged. */
    @Override
    public String toString() {
        return "ResponseFields[not shown]";
    }
}
