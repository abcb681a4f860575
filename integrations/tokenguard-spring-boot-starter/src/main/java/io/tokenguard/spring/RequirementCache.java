package io.tokenguard.spring;

import io.tokenguard.access.AccessRequirement;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.aop.support.AopUtils;
import org.springframework.web.method.HandlerMethod;

/**
 * The requirement of each handler method, read once from the class of the object that is called: a proxy or a lazy bean may be
 * known by a supertype only. Bounded by the number of handler methods. Thread-safe.
 */
final class RequirementCache {
    private record Key(Class<?> type, Method method) {}

    private final Map<Key, Optional<AccessRequirement>> known = new ConcurrentHashMap<>();

    Optional<AccessRequirement> of(HandlerMethod handler) {
        Class<?> type = handler.getBean() instanceof String
                ? handler.getBeanType()
                : AopUtils.getTargetClass(handler.getBean());
        return known.computeIfAbsent(
                new Key(type, AopUtils.getMostSpecificMethod(handler.getMethod(), type)),
                key -> AnnotatedRequirements.of(key.type(), key.method()));
    }
}
