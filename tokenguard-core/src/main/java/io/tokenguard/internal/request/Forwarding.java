package io.tokenguard.internal.request;

import io.tokenguard.access.AddressRange;
import io.tokenguard.access.IncomingRequest.HeaderFields;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the declared proxies say about the request as it came to the outermost of them: by {@code Forwarded} (RFC 7239 §4), or
 * by the {@code X-Forwarded} fields. Of a list, the entry counts that this proxy added. If both ways are used, they must agree.
 *
 * @param scheme {@code https}, {@code http} or a scheme that is neither; empty if not stated
 * @param authority host and port; empty if not stated
 * @param port the port alone; empty if not stated
 * @param prefix the beginning of the path that the proxies removed; empty if not stated
 */
record Forwarding(Optional<String> scheme, Optional<Authority> authority, OptionalInt port, Optional<String> prefix) {
    static final Forwarding NONE =
            new Forwarding(Optional.empty(), Optional.empty(), OptionalInt.empty(), Optional.empty());

    private static final int LONGEST = 8_192;

    /**
     * Reads the fields of a request whose peer is a declared proxy.
     *
     * @throws RefusedException if they are malformed or contradict each other
     */
    static Forwarding read(HeaderFields headers, List<AddressRange> proxies) throws RefusedException {
        Forwarding separate =
                separate(headers, ForwardedChain.of(headers, proxies).hops());
        Optional<String> standard = line(headers, "Forwarded");
        if (standard.isEmpty()) {
            return separate;
        }
        Map<String, String> pairs =
                ForwardedElement.outermost(standard.get(), proxies).orElseThrow(Forwarding::ambiguous);
        Optional<String> scheme = Optional.ofNullable(pairs.get("proto")).map(ForwardedScheme::normal);
        Optional<Authority> authority = authority(Optional.ofNullable(pairs.get("host")));
        boolean agrees = (separate.scheme.isEmpty() || separate.scheme.equals(scheme))
                && (separate.authority.isEmpty() || separate.authority.equals(authority));
        if (!agrees) {
            throw ambiguous();
        }
        return new Forwarding(scheme, authority, separate.port, separate.prefix);
    }

    private static Forwarding separate(HeaderFields headers, int hops) throws RefusedException {
        OptionalInt port = port(outermost(headers, "X-Forwarded-Port", hops));
        Optional<Authority> host =
                authority(outermost(headers, "X-Forwarded-Host", hops)).map(read -> read.withPort(port));
        if (port.isPresent() && host.filter(read -> !read.port().equals(port)).isPresent()) {
            throw ambiguous();
        }
        return new Forwarding(
                outermost(headers, "X-Forwarded-Proto", hops).map(ForwardedScheme::normal),
                host,
                port,
                prefix(added(headers, "X-Forwarded-Prefix", hops)));
    }

    /** Each proxy adds the part that it removed. */
    private static Optional<String> prefix(List<String> parts) {
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(parts.stream()
                        .map(path -> path.endsWith("/") ? path.substring(0, path.length() - 1) : path)
                        .collect(Collectors.joining()));
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

    private static Optional<String> outermost(HeaderFields headers, String name, int hops) throws RefusedException {
        return added(headers, name, hops).stream().findFirst();
    }

    /** The entries that declared proxies added, the outermost one's first; fewer if a proxy overwrote those before it. */
    private static List<String> added(HeaderFields headers, String name, int hops) throws RefusedException {
        Optional<String> line = line(headers, name);
        if (line.isEmpty()) {
            return List.of();
        }
        List<String> entries = Stream.of(line.get().split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
        if (entries.isEmpty()) {
            throw ambiguous();
        }
        return entries.subList(Math.max(0, entries.size() - hops), entries.size());
    }

    /** All lines of a field as one (RFC 9110 §5.3). */
    private static Optional<String> line(HeaderFields headers, String name) throws RefusedException {
        List<String> fields = headers.valuesOf(name);
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        String line = String.join(",", fields);
        if (line.length() > LONGEST) {
            throw ambiguous();
        }
        return Optional.of(line);
    }

    private static RefusedException ambiguous() {
        return new RefusedException(RefusalReason.TARGET_UNKNOWN, "forwarding fields");
    }
}
