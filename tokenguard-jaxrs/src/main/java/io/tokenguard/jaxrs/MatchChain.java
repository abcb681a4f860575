package io.tokenguard.jaxrs;

import io.tokenguard.access.AccessRequirement;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the requirements of the sub-resource locators that a request passed. Jakarta REST exposes the objects on the way, not
 * the methods, which are found by the path (§3.7.2). An ambiguous path has to satisfy both readings; if the path identifies no
 * locator, every locator of the object applies. Caches the locators of a class for as long as it is loaded. Thread-safe.
 */
final class MatchChain {
    /**
     * What is known about a class.
     *
     * @param root its path, if it is a root resource
     * @param locators its locators
     */
    private record Stop(Optional<PathTemplate> root, List<Locator> locators) {}

    private final ClassValue<Stop> stops;

    MatchChain(RuleBook rules) {
        this.stops = new ClassValue<>() {
            @Override
            protected Stop computeValue(Class<?> type) {
                return new Stop(Locator.path(Lineage.of(type).types()), Locator.of(type, rules));
            }
        };
    }

    /** The whole requirement of the locators; empty if there were none. */
    Optional<AccessRequirement> of(UriInfo uri) {
        List<Object> way = new ArrayList<>(uri.getMatchedResources());
        Collections.reverse(way);
        if (way.size() < 2) {
            return Optional.empty();
        }
        List<? extends Class<?>> passed =
                way.subList(0, way.size() - 1).stream().map(Object::getClass).toList();
        return Stream.of(encodedPath(uri), uri.getPath(true))
                .map(MatchChain::withoutParameters)
                .distinct()
                .map(path -> demandedAlong(path, passed))
                .reduce(AccessRequirement::and);
    }

    /**
     * The locators of a class.
     *
     * @throws io.tokenguard.access.ConfigurationException if the rules of one contradict each other
     */
    List<Locator> locatorsOf(Class<?> type) {
        return stops.get(type).locators();
    }

    private AccessRequirement demandedAlong(String path, List<? extends Class<?>> passed) {
        AccessRequirement demanded = AccessRequirement.open();
        Optional<String> rest = stops.get(passed.get(0)).root().flatMap(root -> root.restOf(path));
        for (Class<?> type : passed) {
            List<Locator> taken = taken(locatorsOf(type), rest);
            demanded = taken.stream()
                    .map(Locator::requirement)
                    .reduce(AccessRequirement::and)
                    .orElse(RuleBook.MISSING)
                    .and(demanded);
            rest = taken.size() == 1 ? rest.flatMap(taken.get(0).path()::restOf) : Optional.empty();
        }
        return demanded;
    }

    private static List<Locator> taken(List<Locator> all, Optional<String> rest) {
        List<Locator> fitting = all.stream()
                .filter(locator -> rest.flatMap(locator.path()::restOf).isPresent())
                .toList();
        List<Locator> best =
                fitting.stream().filter(locator -> isBest(locator, fitting)).toList();
        return best.isEmpty() ? all : best;
    }

    private static boolean isBest(Locator locator, List<Locator> fitting) {
        return fitting.stream().noneMatch(other -> PathTemplate.BEST_FIRST.compare(other.path(), locator.path()) < 0);
    }

    /** Quarkus REST does not support the encoded path and throws. */
    private static String encodedPath(UriInfo uri) {
        try {
            return uri.getPath(false);
        } catch (RuntimeException unsupported) {
            String path = uri.getRequestUri().getRawPath();
            String base = uri.getBaseUri().getRawPath();
            return path.startsWith(base) ? path.substring(base.length()) : path;
        }
    }

    private static String withoutParameters(String path) {
        return "/" + path.replaceAll(";[^/]*", "").replaceAll("^/+", "");
    }
}
