package io.tokenguard.internal.request;

import io.tokenguard.access.IncomingRequest.HeaderFields;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a trusted proxy states about the request that it received: in {@code Forwarded} (RFC 7239 §4), or in the {@code
 * X-Forwarded} fields. Requires one value each, and the same in both: of several, one may be the client's.
 *
 * @param scheme the scheme, if stated
 * @param authority host and port, if stated
 * @param port the port alone, if stated
 * @param prefix the beginning of the path that the proxy removed, if stated
 */
record Forwarding(Optional<String> scheme, Optional<Authority> authority, OptionalInt port, Optional<String> prefix) {
    static final Forwarding NONE =
            new Forwarding(Optional.empty(), Optional.empty(), OptionalInt.empty(), Optional.empty());

    private static final int LONGEST = 1_024;

    /**
     * Reads the fields.
     *
     * @throws RefusedException if they are ambiguous or malformed
     */
    static Forwarding read(HeaderFields headers) throws RefusedException {
        Forwarding separate = separate(headers);
        Optional<String> standard = single(headers, "Forwarded");
        if (standard.isEmpty()) {
            return separate;
        }
        Map<String, String> pairs = ForwardedField.read(standard.get()).orElseThrow(Forwarding::ambiguous);
        Optional<String> scheme = Optional.ofNullable(pairs.get("proto"));
        Optional<Authority> authority = authority(Optional.ofNullable(pairs.get("host")));
        boolean agrees = separate.scheme.filter(said -> !isSame(said, scheme)).isEmpty()
                && (separate.authority.isEmpty() || separate.authority.equals(authority));
        if (!agrees) {
            throw ambiguous();
        }
        return new Forwarding(scheme, authority, separate.port, separate.prefix);
    }

    private static boolean isSame(String said, Optional<String> other) {
        return other.filter(said::equalsIgnoreCase).isPresent();
    }

    private static Forwarding separate(HeaderFields headers) throws RefusedException {
        OptionalInt port = port(single(headers, "X-Forwarded-Port"));
        Optional<Authority> host =
                authority(single(headers, "X-Forwarded-Host")).map(read -> read.withPort(port));
        if (port.isPresent() && host.filter(read -> !read.port().equals(port)).isPresent()) {
            throw ambiguous();
        }
        Optional<String> prefix = single(headers, "X-Forwarded-Prefix")
                .map(path -> path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
        return new Forwarding(single(headers, "X-Forwarded-Proto"), host, port, prefix);
    }

    private static Optional<Authority> authority(Optional<String> text) throws RefusedException {
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(Authority.read(text.get()).orElseThrow(Forwarding::ambiguous));
    }

    private static OptionalInt port(Optional<String> text) throws RefusedException {
        OptionalInt port = text.map(Authority::readPort).orElse(OptionalInt.empty());
        if (text.isPresent() && port.isEmpty()) {
            throw ambiguous();
        }
        return port;
    }

    /** The one value of a field; a list of several, or several fields, are ambiguous. */
    private static Optional<String> single(HeaderFields headers, String name) throws RefusedException {
        List<String> fields = headers.valuesOf(name);
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        String value = fields.get(0).strip();
        if (fields.size() > 1 || value.isEmpty() || value.length() > LONGEST || value.indexOf(',') >= 0) {
            throw ambiguous();
        }
        return Optional.of(value);
    }

    private static RefusedException ambiguous() {
        return new RefusedException(RefusalReason.TARGET_UNKNOWN, "forwarding fields");
    }
}
