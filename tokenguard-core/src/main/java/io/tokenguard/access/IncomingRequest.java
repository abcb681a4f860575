package io.tokenguard.access;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The parts of a request that a decision needs.
 *
 * <p>A view for one decision. Header fields are read only when needed; the body and the request parameters are never read.
 *
 * @param method the method as sent; case-sensitive (RFC 9110 §9.1)
 * @param path the path by which the container selects the resource: decoded, without the application's own prefix. Routes
 *     are matched on it
 * @param writtenPath the path as the client sent it, still encoded; an ambiguous one is refused
 * @param headers the header fields
 * @param connection the connection
 * @param pathParameters the path parameters that the framework's routing extracted, decoded; for the application's rules
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

    /** The numeric address of the client, as the container or a framework reports it; empty if unknown. */
    public String clientAddress() {
        return connection.clientAddress();
    }

    /** The numeric address of the other end of the connection, such as a proxy; empty if unknown. */
    public String peerAddress() {
        return connection.peerAddress();
    }

    /**
     * Starts a request without a container.
     *
     * @param method the method
     * @param path the path, both as sent and as served
     */
    public static Builder builder(String method, String path) {
        return new Builder(method, path);
    }

    /** Shows only the method: a path may contain secrets. */
    @Override
    public String toString() {
        return "IncomingRequest[" + method + "]";
    }

    /** Builds a request. Not thread-safe. */
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

        /** Sets that the request came over TLS; it did not by default. */
        public Builder overTls() {
            secure = true;
            return this;
        }

        /** Sets the numeric address of the peer; unknown by default. */
        public Builder clientAddress(String numericAddress) {
            clientAddress = numericAddress;
            return this;
        }

        /** Sets the host and port the request was sent to; taken from the Host field by default. */
        public Builder authority(String hostAndPort) {
            authority = hostAndPort;
            return this;
        }

        /** Sets the client certificates of the TLS connection, the client's own first; none by default. */
        public Builder clientCertificates(List<X509Certificate> chain) {
            certificates = chain;
            return this;
        }

        /** Sets a path parameter. */
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

    /** Reads the header fields of a request from its server. */
    @FunctionalInterface
    public interface HeaderFields {
        /**
         * The values of one field, one for each field line, in their order and unchanged.
         *
         * @param name the field's name, in any case (RFC 9110 §5.1)
         * @return the values; empty if the request has no such field
         */
        List<String> valuesOf(String name);
    }

    /**
     * The handler that a framework selects for a request, such as a method of a controller. For one decision, on one thread.
     */
    @FunctionalInterface
    public interface Handler {
        /**
         * What it requires, such as by its annotations. Called at most once; if it throws, the request is refused.
         *
         * @return the requirement; empty if it states none
         */
        Optional<AccessRequirement> requirement();

        /**
         * Its name for the audit log, such as {@code com.example.Orders.list}. Called after {@link #requirement()}, and only if
         * the request is refused.
         *
         * @return the name; empty, as by default, if it is unknown
         */
        default String name() {
            return "";
        }

        /**
         * Whether the framework has selected the handler. False if this is a requirement that every request must meet before
         * that, and the adapter decides again afterwards: a request without a token is then counted by the later decision.
         *
         * @return true by default
         */
        default boolean isSelected() {
            return true;
        }

        /**
         * Whether another adapter of the same guard has granted this request before, without a token, and so has counted it
         * towards the limits. It is then not counted again, unless a token is accepted now.
         *
         * @return false by default
         */
        default boolean isCounted() {
            return false;
        }
    }

    /**
     * The connection of a request as the server sees it; behind a proxy, the proxy's connection. Immutable.
     *
     * @param isSecure whether it uses TLS
     * @param clientAddress the numeric address of the client, as the container or a framework reports it; empty if unknown
     * @param authority host and port that the request names as its target (RFC 9110 §7.2); empty if missing or ambiguous
     * @param clientCertificates the certificates that the peer presented in the TLS handshake, its own first; empty if none
     * @param peerAddress the numeric address of the other end of the connection; empty if unknown. It differs from the
     *     client's address if a container or a framework takes that from a forwarding field. Only this address decides
     *     whether the request comes from a trusted proxy
     */
    public record Connection(
            boolean isSecure,
            String clientAddress,
            String authority,
            List<X509Certificate> clientCertificates,
            String peerAddress) {
        /** Copies the certificates. */
        public Connection {
            clientCertificates = List.copyOf(clientCertificates);
        }

        /** A connection whose peer is the client. */
        public Connection(
                boolean isSecure, String clientAddress, String authority, List<X509Certificate> clientCertificates) {
            this(isSecure, clientAddress, authority, clientCertificates, clientAddress);
        }

        /** A connection without client certificates, whose peer is the client. */
        public Connection(boolean isSecure, String clientAddress, String authority) {
            this(isSecure, clientAddress, authority, List.of());
        }

        /** Shows nothing of the peer. */
        @Override
        public String toString() {
            return isSecure ? "Connection[TLS]" : "Connection[plain]";
        }
    }
}
