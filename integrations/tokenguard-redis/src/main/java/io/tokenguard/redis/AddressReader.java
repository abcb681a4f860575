package io.tokenguard.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.tokenguard.access.ConfigurationException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads addresses. No message contains any part of one. */
final class AddressReader {
    private static final String CLUSTER = "-cluster";
    private static final String NAMESPACE = "namespace=";
    private static final Set<String> SCHEMES =
            Set.of("redis", "rediss", "redis-sentinel", "rediss-sentinel", "redis-cluster", "rediss-cluster");
    private static final String REMEDY = "write redis://host:6379, redis-sentinel://host:26379,host:26379#master or "
            + "redis-cluster://host:6379,host:6379, with rediss for TLS and a password percent-encoded";

    private AddressReader() {}

    /** Whether the scheme is supported. */
    static boolean serves(URI address) {
        return SCHEMES.contains(scheme(address));
    }

    static RedisAddress read(URI address) {
        String scheme = scheme(address);
        if (!SCHEMES.contains(scheme) || address.getRawAuthority() == null || !hasPorts(address.getRawAuthority())) {
            throw unreadable();
        }
        boolean isCluster = scheme.endsWith(CLUSTER);
        return new RedisAddress(
                servers(address, scheme, isCluster), isCluster, namespace(address), SslOptions.create());
    }

    /** Lettuce uses the default port instead of a malformed one. */
    private static boolean hasPorts(String authority) {
        return Arrays.stream(authority.substring(authority.lastIndexOf('@') + 1).split(",", -1))
                .filter(host -> host.lastIndexOf(':') > host.lastIndexOf(']'))
                .map(host -> host.substring(host.lastIndexOf(':') + 1))
                .allMatch(port -> !port.isEmpty() && port.chars().allMatch(c -> c >= '0' && c <= '9'));
    }

    private static String scheme(URI address) {
        String given = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        return given.startsWith("valkey") ? "redis" + given.substring("valkey".length()) : given;
    }

    private static List<RedisURI> servers(URI address, String scheme, boolean isCluster) {
        try {
            List<RedisURI> servers =
                    isCluster ? nodes(address, scheme) : List.of(RedisURI.create(plain(address, scheme)));
            if (servers.stream().allMatch(AddressReader::isComplete)) {
                return servers;
            }
        } catch (IllegalArgumentException unread) {
            throw unreadable();
        }
        throw unreadable();
    }

    private static boolean isComplete(RedisURI server) {
        return server.getSentinels().isEmpty()
                ? server.getHost() != null && !server.getHost().isEmpty()
                : server.getSentinelMasterId() != null;
    }

    /** Splits the nodes, as Lettuce has no address for a cluster. */
    private static List<RedisURI> nodes(URI address, String scheme) {
        String authority = address.getRawAuthority();
        int at = authority.lastIndexOf('@');
        String user = authority.substring(0, at + 1);
        if (!address.getRawPath().isEmpty() && !"/".equals(address.getRawPath())) {
            throw unreadable();
        }
        String plain = scheme.substring(0, scheme.length() - CLUSTER.length());
        return Arrays.stream(authority.substring(at + 1).split(",", -1))
                .map(host -> RedisURI.create(plain + "://" + user + host + query(address)))
                .toList();
    }

    private static String plain(URI address, String scheme) {
        String fragment = address.getRawFragment() == null ? "" : "#" + address.getRawFragment();
        return scheme + "://" + address.getRawAuthority() + address.getRawPath() + query(address) + fragment;
    }

    /** The part of the query that Lettuce reads. */
    private static String query(URI address) {
        if (address.getRawQuery() == null) {
            return "";
        }
        String rest = Arrays.stream(address.getRawQuery().split("&", -1))
                .filter(parameter -> !parameter.startsWith(NAMESPACE))
                .collect(Collectors.joining("&"));
        return rest.isEmpty() ? "" : "?" + rest;
    }

    private static String namespace(URI address) {
        if (address.getRawQuery() == null) {
            return RedisAddress.USUAL_NAMESPACE;
        }
        return Arrays.stream(address.getRawQuery().split("&", -1))
                .filter(parameter -> parameter.startsWith(NAMESPACE))
                .map(parameter -> parameter.substring(NAMESPACE.length()))
                .findFirst()
                .orElse(RedisAddress.USUAL_NAMESPACE);
    }

    private static ConfigurationException unreadable() {
        return ConfigurationException.of(RedisAddress.PROPERTY, "(not shown)", REMEDY);
    }
}
