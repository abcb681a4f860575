package io.tokenguard.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.tokenguard.access.ConfigurationException;
import java.net.URI;
import java.util.List;

/**
 * The address of Redis, and how to log in. Its text contains no part of that.
 *
 * @param servers one server, the Sentinels in one value, or some nodes of a cluster; with credentials and TLS as in Lettuce.
 *     Their timeouts are not used
 * @param isCluster whether they are nodes of a cluster
 * @param namespace separates the data of several APIs in one Redis: letters, digits, {@code .}, {@code _} and {@code -}, at
 *     most 64. Default: {@code default}
 * @param tls trusted certificates and keys for TLS. Default: those of the JVM
 */
public record RedisAddress(List<RedisURI> servers, boolean isCluster, String namespace, SslOptions tls) {
    static final String PROPERTY = "tokenguard.revocation.redis-uri";
    static final String USUAL_NAMESPACE = "default";
    private static final int LONGEST_NAMESPACE = 64;

    /**
     * Checks the namespace and copies the list.
     *
     * @throws ConfigurationException if there is no server, or the namespace has other characters
     */
    public RedisAddress {
        servers = List.copyOf(servers);
        if (servers.isEmpty()) {
            throw ConfigurationException.missing(PROPERTY, "name at least one server");
        }
        if (namespace.isEmpty()
                || namespace.length() > LONGEST_NAMESPACE
                || !namespace.chars().allMatch(RedisAddress::isPlain)) {
            throw ConfigurationException.of(
                    PROPERTY, namespace, "use letters, digits, '.', '_' and '-' as its namespace, at most 64");
        }
    }

    private static boolean isPlain(int c) {
        boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return isLetter || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    }

    /**
     * Reads an address: {@code redis://host:6379/0}, {@code redis-sentinel://host:26379,host:26379/0#master} or {@code
     * redis-cluster://host:6379,host:6379}; with {@code rediss} instead of {@code redis} for TLS; {@code valkey} and {@code
     * valkeys} mean the same. User and password precede the hosts, percent-encoded; a query {@code namespace=…} sets the
     * namespace.
     *
     * @throws ConfigurationException if it is malformed; the message contains neither user nor password
     */
    public static RedisAddress parse(URI address) {
        return AddressReader.read(address);
    }

    /** One server, or the Sentinels that know it. */
    public static RedisAddress of(RedisURI server) {
        return new RedisAddress(List.of(server), false, USUAL_NAMESPACE, SslOptions.create());
    }

    /** A cluster, by some of its nodes. */
    public static RedisAddress cluster(RedisURI... nodes) {
        return new RedisAddress(List.of(nodes), true, USUAL_NAMESPACE, SslOptions.create());
    }

    /**
     * The same server for another namespace.
     *
     * @throws ConfigurationException if it has other characters than letters, digits, {@code .}, {@code _} and {@code -}
     */
    public RedisAddress namespace(String name) {
        return new RedisAddress(servers, isCluster, name, tls);
    }

    /** The same server with its own trusted certificates and keys. Used if the servers use TLS. */
    public RedisAddress tls(SslOptions options) {
        return new RedisAddress(servers, isCluster, namespace, options);
    }

    /** Contains the namespace only. */
    @Override
    public String toString() {
        return "RedisAddress[" + namespace + "]";
    }
}
