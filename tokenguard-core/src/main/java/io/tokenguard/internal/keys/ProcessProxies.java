package io.tokenguard.internal.keys;

import io.tokenguard.access.AddressRange;
import io.tokenguard.access.ConfigurationException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proxies of the process: those of the system properties ({@code https.proxyHost} and so on), else those of the environment
 * variables {@code https_proxy}, {@code http_proxy}, {@code all_proxy} and {@code no_proxy}, in small or capital letters. This
 * machine is reached without a proxy. Immutable.
 */
public final class ProcessProxies extends ProxySelector {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessProxies.class);
    private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

    private final Map<String, String> environment;

    /**
     * The proxies.
     *
     * @param environment the environment variables
     */
    public ProcessProxies(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        Stream.of("https_proxy", "http_proxy", "all_proxy")
                .filter(name ->
                        !variable(name).isEmpty() && address(variable(name)).isEmpty())
                .forEach(name -> LOG.warn(
                        "The environment variable {} is not used: its value (not shown) is not http://host:port without user"
                                + " name and password; set jwks.proxy to host:port, or to none",
                        name));
    }

    /** One proxy for all addresses, this machine's included. */
    public static ProxySelector only(String hostAndPort) {
        return ProxySelector.of(address(hostAndPort).orElseThrow());
    }

    /** No proxy for any address. */
    public static ProxySelector none() {
        return ProxySelector.of(null);
    }

    @Override
    public List<Proxy> select(URI target) {
        ProxySelector platform = ProxySelector.getDefault();
        List<Proxy> ofPlatform = platform == null || platform == this ? DIRECT : platform.select(target);
        boolean isSet = System.getProperty(target.getScheme() + ".proxyHost") != null
                || ofPlatform.stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
        return isSet ? ofPlatform : ofEnvironment(target);
    }

    /** What names the proxy for an address: a system property, an environment variable, or the platform's selector. */
    String sourceFor(URI target) {
        String scheme = target.getScheme().toLowerCase(Locale.ROOT);
        for (String property : List.of(scheme + ".proxyHost", "socksProxyHost")) {
            if (System.getProperty(property) != null) {
                return "system property " + property;
            }
        }
        ProxySelector platform = ProxySelector.getDefault();
        boolean isOfPlatform = platform != null
                && platform != this
                && platform.select(target).stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
        if (isOfPlatform) {
            return "the ProxySelector of the process";
        }
        String name = variable(scheme + "_proxy").isEmpty() ? "all_proxy" : scheme + "_proxy";
        return "environment variable " + (environment.containsKey(name) ? name : name.toUpperCase(Locale.ROOT));
    }

    private List<Proxy> ofEnvironment(URI target) {
        String host = withoutBrackets(target.getHost().toLowerCase(Locale.ROOT));
        String own = variable(target.getScheme().toLowerCase(Locale.ROOT) + "_proxy");
        Optional<InetSocketAddress> proxy = address(own.isEmpty() ? variable("all_proxy") : own);
        return proxy.isEmpty() || AddressPolicy.isLoopback(target.getHost()) || isExcluded(host, target.getPort())
                ? DIRECT
                : List.of(new Proxy(Proxy.Type.HTTP, proxy.get()));
    }

    private boolean isExcluded(String host, int port) {
        StringTokenizer rules = new StringTokenizer(variable("no_proxy").toLowerCase(Locale.ROOT), ", ");
        while (rules.hasMoreTokens()) {
            if (excludes(rules.nextToken(), host, port)) {
                return true;
            }
        }
        return false;
    }

    /** A star, a host with all below it, a host and its port, a numeric address or a range. */
    private static boolean excludes(String rule, String host, int port) {
        if (rule.equals("*") || rule.equals(host) || rule.equals(host + ":" + port)) {
            return true;
        }
        try {
            return AddressRange.parse(rule).holds(host);
        } catch (ConfigurationException noRange) {
            String suffix = rule.startsWith("*") ? rule.substring(1) : rule;
            return host.endsWith(suffix.startsWith(".") ? suffix : "." + suffix);
        }
    }

    private String variable(String name) {
        String text = environment.getOrDefault(name, environment.getOrDefault(name.toUpperCase(Locale.ROOT), ""));
        return text.strip();
    }

    /** The address of an HTTP proxy; empty if the text is none, or if it needs what the platform's client does not do. */
    private static Optional<InetSocketAddress> address(String text) {
        String plain = text.startsWith("http://") ? text.substring("http://".length()) : text;
        String authority = plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
        int colon = authority.lastIndexOf(':');
        if (colon < 1 || authority.indexOf('@') >= 0 || authority.indexOf('/') >= 0) {
            return Optional.empty();
        }
        try {
            int port = Integer.parseInt(authority.substring(colon + 1));
            return Optional.of(
                    InetSocketAddress.createUnresolved(withoutBrackets(authority.substring(0, colon)), port));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** The fetch that fails says so itself. */
    @Override
    public void connectFailed(@Nullable URI target, @Nullable SocketAddress proxy, @Nullable IOException failure) {}
}
