package io.tokenguard.attacks;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * A request as an attacker writes it. Immutable.
 *
 * @param method the method
 * @param path the path, without the query
 * @param query the query, without its question mark; empty where there is none
 * @param headers the header fields, one for each line
 * @param body the body; empty where there is none
 */
public record RawRequest(String method, String path, String query, List<Header> headers, String body) {
    /** Copies the headers. */
    public RawRequest {
        headers = List.copyOf(headers);
    }

    /**
     * One header field line.
     *
     * @param name the field's name
     * @param value its value, which need not be one that HTTP allows
     */
    public record Header(String name, String value) {
        /** Shows the name and the length only: a value may hold a token. */
        @Override
        public String toString() {
            return name + ": " + value.length() + " characters";
        }
    }

    static RawRequest get(String path) {
        return new RawRequest("GET", path, "", List.of(), "");
    }

    RawRequest header(String name, String value) {
        List<Header> more = Stream.concat(headers.stream(), Stream.of(new Header(name, value)))
                .toList();
        return new RawRequest(method, path, query, more, body);
    }

    RawRequest authorization(String value) {
        return header("Authorization", value);
    }

    RawRequest bearer(String token) {
        return authorization("Bearer " + token);
    }

    RawRequest query(String text) {
        return new RawRequest(method, path, text, headers, body);
    }

    RawRequest post(String mediaType, String content) {
        return new RawRequest("POST", path, query, headers, content).header("Content-Type", mediaType);
    }

    /**
     * Whether HTTP can carry the header fields as they are (RFC 9110 §5.5): no control character but TAB, no white space at
     * the ends, all in ISO 8859-1. A server refuses or repairs the others before any filter sees them.
     */
    public boolean isCarriedByHttp() {
        return headers.stream().map(Header::value).allMatch(RawRequest::isFieldValue);
    }

    /** How many bytes the header fields take on the wire: servers have limits, and refuse with a status of their own. */
    public int headerBytes() {
        return headers.stream()
                .mapToInt(header -> header.name().length()
                        + header.value().getBytes(StandardCharsets.ISO_8859_1).length
                        + ": \r\n".length())
                .sum();
    }

    private static boolean isFieldValue(String value) {
        return value.strip().equals(value)
                && value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7F) || (c >= 0xA0 && c < 0x100));
    }

    /** Shows no values: they hold tokens. */
    @Override
    public String toString() {
        return method + " " + path + " " + headers;
    }
}
