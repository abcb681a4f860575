package io.tokenguard.jaxrs;

import io.tokenguard.access.AccessRequirement;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds what the locators demand through which a request has come. Jakarta REST tells the objects on the way, not the
 * methods: those are found by the path, as §3.7.2 says. A path that could be read in two ways has to satisfy both; and where
 * it tells nothing, every locator of the object. Keeps the locators of a class for as long as the class is there.
 * Thread-safe.
 */
final class MatchChain {
    private final ClassValue<List<Locator>> locators;

    MatchChain(RuleBook rules) {
        this.locators = new ClassValue<>() {
            @Override
            protected List<Locator> computeValue(Class<?> type) {
                return Locator.of(type, rules);
            }
        };
    }

    /** What the locators demand, all in all; empty where there were none. */
    Optional<AccessRequirement> of(UriInfo uri) {
        List<Object> way = new ArrayList<>(uri.getMatchedResources());
        Collections.reverse(way);
        if (way.size() < 2) {
            return Optional.empty();
        }
        List<? extends Class<?>> passed =
                way.subList(0, way.size() - 1).stream().map(Object::getClass).toList();
        return Stream.of(uri.getPath(false), uri.getPath(true))
                .map(MatchChain::withoutParameters)
                .distinct()
                .map(path -> demandedAlong(path, passed))
                .reduce(AccessRequirement::and);
    }

    /**
     * The locators of a class.
     *
     * @throws io.tokenguard.access.ConfigurationException if what is stated for one contradicts itself
     */
    List<Locator> locatorsOf(Class<?> type) {
        return locators.get(type);
    }

    private AccessRequirement demandedAlong(String path, List<? extends Class<?>> passed) {
        AccessRequirement demanded = AccessRequirement.open();
        Optional<String> rest = Locator.path(Lineage.of(passed.get(0)).types()).flatMap(root -> root.restOf(path));
        for (Class<?> type : passed) {
            List<Locator> taken = taken(locators.get(type), rest);
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

    private static String withoutParameters(String path) {
        return "/" + path.replaceAll(";[^/]*", "").replaceAll("^/+", "");
    }
}
