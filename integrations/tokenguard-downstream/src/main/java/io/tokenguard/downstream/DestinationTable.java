package io.tokenguard.downstream;

import io.tokenguard.config.Destination;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the destination of an address. What is not clearly within one is in none, and gets no token: another scheme, host or port,
 * user info, a host with a dot at its end, a path that servers can read in two ways. Immutable.
 */
final class DestinationTable {
    private final List<Destination> source;
    private final Map<String, List<Destination>> byOrigin = new HashMap<>();

    DestinationTable(List<Destination> source) {
        this.source = source;
        Comparator<Destination> longestFirst =
                Comparator.comparingInt(destination -> -prefix(destination).length());
        source.stream()
                .sorted(longestFirst)
                .forEach(destination -> byOrigin.computeIfAbsent(
                                origin(destination.address()).orElseThrow(), unused -> new ArrayList<>())
                        .add(destination));
    }

    boolean isOf(List<Destination> destinations) {
        return source.equals(destinations);
    }

    Optional<Destination> find(URI target) {
        List<Destination> candidates = origin(target).map(byOrigin::get).orElse(List.of());
        if (candidates.size() == 1 && prefix(candidates.get(0)).isEmpty()) {
            return Optional.of(candidates.get(0));
        }
        String path = target.getRawPath();
        return candidates.isEmpty() || path == null || !PlainPath.is(path)
                ? Optional.empty()
                : candidates.stream()
                        .filter(candidate -> isWithin(path, prefix(candidate)))
                        .findFirst();
    }

    private static boolean isWithin(String path, String prefix) {
        return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }

    /** The path without a slash at its end. */
    private static String prefix(Destination destination) {
        String path = destination.address().getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** RFC 6454 §4; empty if the address has none that everybody reads alike. */
    private static Optional<String> origin(URI address) {
        String scheme = address.getScheme();
        String host = address.getHost();
        if (scheme == null || host == null || address.getRawUserInfo() != null || host.endsWith(".")) {
            return Optional.empty();
        }
        String lower = scheme.toLowerCase(Locale.ROOT);
        if (!lower.equals("https") && !lower.equals("http")) {
            return Optional.empty();
        }
        int usual = lower.equals("https") ? 443 : 80;
        int port = address.getPort() < 0 ? usual : address.getPort();
        return Optional.of(lower + "://" + host.toLowerCase(Locale.ROOT) + ":" + port);
    }
}
