package io.tokenguard.access;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What TokenGuard needs to know of a request. It is a view, made for one decision: header fields are read only when they
 * are needed, and nothing here reads the body or the parameters.
 *
 * @param method the method on the wire; methods are case-sensitive (RFC 9110 §9.1)
 * @param path the path by which the container will choose the resource, decoded and without the application's own
 *     prefix; route rules are matched on it
 * @param writtenPath the path as the client wrote it, still encoded; refused where it is ambiguous
 * @param headers the header fields
 * @param connection the connection that it came by
 * @param pathParameters the parts of the path that whoever chose the resource has named, decoded; for rules of the
 *     application
 */
public record IncomingRequest(
        String method,
        String path,
        String writtenPath,
        HeaderFields headers,
        Connection connection,
        Map<String, List<String>> pathParameters) {

    /** Copies the path parameters. */
    public IncomingRequest {
        pathParameters = Map.copyOf(pathParameters);
    }

    /** A request without path parameters. */
    public IncomingRequest(
            String method, String path, String writtenPath, HeaderFields headers, Connection connection) {
        this(method, path, writtenPath, headers, connection, Map.of());
    }

    /** Whether the request came over TLS. */
    public boolean isSecure() {
        return connection.isSecure();
    }

    /** The address of the peer, in numbers; empty where it is not known. */
    public String clientAddress() {
        return connection.clientAddress();
    }

    /**
     * Describes a request by hand, for callers without a container.
     *
     * @param method the method
     * @param path the path, both as written and as served
     */
    public static Builder builder(String method, String path) {
        return new Builder(method, path);
    }

    /** Shows the method only: a path may hold secrets. */
    @Override
    public String toString() {
        return "IncomingRequest[" + method + "]";
    }

    /** Collects the parts of a request. Not thread-safe. */
    public static final class Builder {
        private final String method;
        private final String path;
        private final Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private boolean secure;
        private String clientAddress = "";
        private String authority = "";
        private List<X509Certificate> certificates = List.of();
        private final Map<String, List<String>> parameters = new HashMap<>();

        private Builder(String method, String path) {
            this.method = method;
            this.path = path;
        }

        /** Adds one header field line. */
        public Builder header(String name, String value) {
            fields.computeIfAbsent(name.toLowerCase(Locale.ROOT), unused -> new ArrayList<>())
                    .add(value);
            return this;
        }

        /** Says that the request came over TLS; by default it did not. */
        public Builder overTls() {
            secure = true;
            return this;
        }

        /** Names the peer by its numeric address; unknown by default. */
        public Builder clientAddress(String numericAddress) {
            clientAddress = numericAddress;
            return this;
        }

        /** Names host and port that the request was sent to; by default the Host field does. */
        public Builder authority(String hostAndPort) {
            authority = hostAndPort;
            return this;
        }

        /** Adds the certificates that the client has shown on the TLS connection, its own first; none by default. */
        public Builder clientCertificates(List<X509Certificate> chain) {
            certificates = chain;
            return this;
        }

        /** Names a part of the path. */
        public Builder pathParameter(String name, String... values) {
            parameters.put(name, List.of(values));
            return this;
        }

        /** The request. */
        public IncomingRequest build() {
            Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            fields.forEach((name, values) -> copy.put(name, List.copyOf(values)));
            HeaderFields headers = name -> copy.getOrDefault(name, List.of());
            List<String> hosts = headers.valuesOf("Host");
            String host = authority.isEmpty() && hosts.size() == 1 ? hosts.get(0) : authority;
            Connection connection = new Connection(secure, clientAddress, host, certificates);
            return new IncomingRequest(method, path, path, headers, connection, parameters);
        }
    }
}
