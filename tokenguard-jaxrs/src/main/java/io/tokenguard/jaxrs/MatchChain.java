package io.tokenguard.jaxrs;

import io.tokenguard.access.AccessRequirement;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
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
    /**
     * A method that leads to a sub-resource.
     *
     * @param path what of the path it takes
     * @param requirement what it demands; nothing where nobody says
     */
    private record Locator(PathTemplate path, AccessRequirement requirement) {}

    private final RuleBook rules;
    private final ClassValue<List<Locator>> locators = new ClassValue<>() {
        @Override
        protected List<Locator> computeValue(Class<?> type) {
            return read(type);
        }
    };

    MatchChain(RuleBook rules) {
        this.rules = rules;
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
     * Looks at the locators of a class before they are used.
     *
     * @throws io.tokenguard.access.ConfigurationException if what is stated for one contradicts itself
     */
    void check(Class<?> resource) {
        locators.get(resource);
    }

    private AccessRequirement demandedAlong(String path, List<? extends Class<?>> passed) {
        AccessRequirement demanded = AccessRequirement.open();
        Optional<String> rest = path(Lineage.of(passed.get(0)).types()).flatMap(root -> root.restOf(path));
        for (Class<?> type : passed) {
            List<Locator> taken = taken(locators.get(type), rest);
            demanded = taken.stream().map(Locator::requirement).reduce(demanded, AccessRequirement::and);
            rest = taken.size() == 1 ? rest.flatMap(taken.get(0).path()::restOf) : Optional.empty();
        }
        return demanded;
    }

    private static List<Locator> taken(List<Locator> all, Optional<String> rest) {
        List<Locator> fitting = all.stream()
                .filter(locator -> rest.flatMap(locator.path()::restOf).isPresent())
                .toList();
        return fitting.isEmpty()
                ? all
                : fitting.stream()
                        .filter(locator -> fitting.stream()
                                .noneMatch(other -> PathTemplate.BEST_FIRST.compare(other.path(), locator.path()) < 0))
                        .toList();
    }

    private List<Locator> read(Class<?> type) {
        List<Locator> found = new ArrayList<>();
        for (Method method : type.getMethods()) {
            if (!method.isBridge() && !RuleBook.isDesignated(type, method)) {
                path(Lineage.of(type, method.getDeclaringClass()).declarationsOf(method))
                        .ifPresent(path -> found.add(new Locator(path, requirement(type, method))));
            }
        }
        return found.isEmpty() ? List.of(new Locator(PathTemplate.of(""), RuleBook.MISSING)) : found;
    }

    private AccessRequirement requirement(Class<?> type, Method method) {
        EndpointRule rule = rules.ruleOf(type, method);
        return rule.isStated() ? rule.requirement() : AccessRequirement.open();
    }

    private static Optional<PathTemplate> path(Collection<? extends AnnotatedElement> declarations) {
        return declarations.stream()
                .flatMap(declaration -> Arrays.stream(declaration.getAnnotationsByType(Path.class)))
                .map(path -> PathTemplate.of(path.value()))
                .findFirst();
    }

    private static String withoutParameters(String path) {
        return "/" + path.replaceAll(";[^/]*", "").replaceAll("^/+", "");
    }
}
