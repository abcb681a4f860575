package io.tokenguard.spring;

import io.tokenguard.access.AccessRequirement;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.method.HandlerMethod;

/** The requirement of each handler method, read once. Bounded by the number of handler methods. Thread-safe. */
final class RequirementCache {
    private record Key(Class<?> type, Method method) {}

    private final Map<Key, Optional<AccessRequirement>> known = new ConcurrentHashMap<>();

    Optional<AccessRequirement> of(HandlerMethod handler) {
        return known.computeIfAbsent(
                new Key(handler.getBeanType(), handler.getMethod()),
                key -> AnnotatedRequirements.of(key.type(), key.method()));
    }
}
