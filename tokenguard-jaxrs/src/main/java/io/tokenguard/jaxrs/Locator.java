package io.tokenguard.jaxrs;

import io.tokenguard.access.AccessRequirement;
import jakarta.ws.rs.Path;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A sub-resource locator.
 *
 * @param method the method
 * @param path the part of the path that it matches
 * @param requirement its requirement; none if it has no rule
 */
record Locator(Method method, PathTemplate path, AccessRequirement requirement) {
    /**
     * The locators of a class, in a deterministic order: reflection guarantees none, and a challenge names the scopes in this
     * order. Methods that are not public count too: Quarkus REST serves them.
     *
     * @throws io.tokenguard.access.ConfigurationException if the rules of one contradict each other
     */
    static List<Locator> of(Class<?> type, RuleBook rules) {
        Set<List<Method>> seen = new HashSet<>();
        List<Locator> found = new ArrayList<>();
        for (Method method : Lineage.of(type).methods()) {
            List<Method> declarations =
                    Lineage.of(type, method.getDeclaringClass()).declarationsOf(method);
            if (!RuleBook.findsDesignator(type, method) && seen.add(declarations)) {
                path(declarations)
                        .ifPresent(path -> found.add(new Locator(method, path, requirement(type, method, rules))));
            }
        }
        found.sort(Comparator.comparing(locator -> locator.method().toString()));
        return List.copyOf(found);
    }

    /** The path template of a class or a method. */
    static Optional<PathTemplate> path(Collection<? extends AnnotatedElement> declarations) {
        return declarations.stream()
                .flatMap(declaration -> Arrays.stream(declaration.getAnnotationsByType(Path.class)))
                .map(path -> PathTemplate.of(path.value()))
                .findFirst();
    }

    private static AccessRequirement requirement(Class<?> type, Method method, RuleBook rules) {
        EndpointRule rule = rules.ruleOf(type, method);
        return rule.isStated() ? rule.requirement() : AccessRequirement.open();
    }

    /** The declared return type. The returned object may have another type. */
    Class<?> target() {
        return method.getReturnType() == Class.class
                        && method.getGenericReturnType() instanceof ParameterizedType type
                        && type.getActualTypeArguments()[0] instanceof Class<?> named
                ? named
                : method.getReturnType();
    }
}
