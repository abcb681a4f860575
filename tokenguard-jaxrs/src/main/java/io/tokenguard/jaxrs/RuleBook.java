package io.tokenguard.jaxrs;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.RefusalReason;
import jakarta.ws.rs.HttpMethod;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The requirement of each resource method. Caches results for as long as the class is loaded; one entry per method.
 * Thread-safe.
 */
final class RuleBook {
    static final AccessRequirement MISSING = new AccessRequirement.Denied(RefusalReason.NO_MATCHING_ROUTE);

    /**
     * The cached result for a method.
     *
     * @param rule its rule
     * @param isDesignated whether an annotation such as {@code @GET} makes it a resource method
     */
    private record Entry(EndpointRule rule, boolean isDesignated) {}

    private final Map<Class<?>, AccessRequirement> ruledByHand;
    private final ClassValue<Map<Method, Entry>> found = new ClassValue<>() {
        @Override
        protected Map<Method, Entry> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    /**
     * Creates an instance with an empty cache.
     *
     * @param ruledByHand rules for classes that can't be annotated
     */
    RuleBook(Map<Class<?>, AccessRequirement> ruledByHand) {
        this.ruledByHand = Map.copyOf(ruledByHand);
    }

    /**
     * The rule of a method in a class.
     *
     * @throws ConfigurationException if its rules contradict each other
     */
    EndpointRule ruleOf(Class<?> resource, Method method) {
        return entry(resource, method).rule();
    }

    /** Whether an annotation such as {@code @GET}, its own or inherited, makes a method a resource method. */
    boolean isDesignated(Class<?> resource, Method method) {
        return entry(resource, method).isDesignated();
    }

    private Entry entry(Class<?> resource, Method method) {
        return found.get(resource).computeIfAbsent(method, any -> {
            Optional<AccessRequirement> stated = effective(resource, method);
            EndpointRule rule = new EndpointRule(resource, method, stated.orElse(MISSING), stated.isPresent());
            return new Entry(rule, findsDesignator(resource, method));
        });
    }

    /** The same for any method, without finding its rule. */
    static boolean findsDesignator(Class<?> resource, Method method) {
        return Lineage.of(resource, method.getDeclaringClass()).declarationsOf(method).stream()
                .flatMap(declaration -> Arrays.stream(declaration.getAnnotations()))
                .anyMatch(annotation -> annotation.annotationType().isAnnotationPresent(HttpMethod.class));
    }

    /**
     * A declaration of a method adds to those that it overrides. The rule of a class applies if no declaration in that class
     * or below has one; a rule that opens to everyone, only to methods that the class has, and not to those that subclasses
     * add.
     */
    private Optional<AccessRequirement> effective(Class<?> resource, Method method) {
        Lineage lineage = Lineage.of(resource, method.getDeclaringClass());
        List<Method> declarations = lineage.declarationsOf(method);
        List<Class<?>> having =
                declarations.stream().<Class<?>>map(Method::getDeclaringClass).toList();
        List<AccessRequirement> rules = new ArrayList<>();
        List<Class<?>> stating = new ArrayList<>();
        for (Method declaration : declarations) {
            StatedRule.of(declaration).ifPresent(rule -> {
                rules.add(rule);
                stating.add(declaration.getDeclaringClass());
            });
        }
        lineage.types().stream()
                .filter(type -> stating.stream().noneMatch(type::isAssignableFrom))
                .flatMap(type -> rulesOf(type).filter(rule -> speaksFor(type, rule, having)))
                .forEach(rules::add);
        return StatedRule.combine(rules, resource.getName() + "." + method.getName());
    }

    private Stream<AccessRequirement> rulesOf(Class<?> type) {
        return Stream.concat(StatedRule.of(type).stream(), Optional.ofNullable(ruledByHand.get(type)).stream());
    }

    private static boolean speaksFor(Class<?> type, AccessRequirement rule, List<Class<?>> having) {
        return !(rule.enforced() instanceof AccessRequirement.Open)
                || having.stream().anyMatch(declaring -> declaring.isAssignableFrom(type));
    }
}
