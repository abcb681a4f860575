package io.tokenguard.jaxrs;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Calls public methods of classes that this module does not compile against. */
final class PublicMethods {
    private static final String RESTEASY_CONTEXT = "org.jboss.resteasy.core.ResteasyContext";

    /** The supertypes of a class by name, itself included. Cached for as long as the class is loaded. */
    private static final ClassValue<Map<String, Class<?>>> SUPERTYPES = new ClassValue<>() {
        @Override
        protected Map<String, Class<?>> computeValue(Class<?> type) {
            Map<String, Class<?>> named = new ConcurrentHashMap<>();
            supertypes(type).forEach(one -> named.put(one.getName(), one));
            return named;
        }
    };

    /** The called methods by name. Cached for as long as the class is loaded. */
    private static final ClassValue<Map<String, Method>> FOUND = new ClassValue<>() {
        @Override
        protected Map<String, Method> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    private PublicMethods() {}

    static boolean hasSupertype(Object target, String className) {
        return SUPERTYPES.get(target.getClass()).containsKey(className);
    }

    /** Calls a method without parameters. */
    static @Nullable Object call(Object target, String name) throws ReflectiveOperationException {
        Map<String, Method> found = FOUND.get(target.getClass());
        @Nullable Method known = found.get(name);
        if (known == null) {
            known = declared(target.getClass(), name);
            found.put(name, known);
        }
        return known.invoke(target);
    }

    /** What RESTEasy keeps for the request of this thread. */
    static @Nullable Object ofResteasyContext(Object handler, Class<?> type) throws ReflectiveOperationException {
        Map<String, Method> found = FOUND.get(handler.getClass());
        @Nullable Method known = found.get(RESTEASY_CONTEXT);
        if (known == null) {
            ClassLoader loader = handler.getClass().getClassLoader();
            known = Class.forName(RESTEASY_CONTEXT, true, loader).getMethod("getContextData", Class.class);
            found.put(RESTEASY_CONTEXT, known);
        }
        return known.invoke(null, type);
    }

    /** The method of a public type: those of other types can't be called. */
    private static Method declared(Class<?> type, String name) throws NoSuchMethodException {
        for (Class<?> one : supertypes(type)) {
            if (Modifier.isPublic(one.getModifiers())) {
                for (Method method : one.getDeclaredMethods()) {
                    if (method.getName().equals(name)
                            && method.getParameterCount() == 0
                            && Modifier.isPublic(method.getModifiers())) {
                        return method;
                    }
                }
            }
        }
        throw new NoSuchMethodException(type.getName() + "." + name);
    }

    private static Set<Class<?>> supertypes(Class<?> type) {
        Set<Class<?>> all = new LinkedHashSet<>();
        Deque<Class<?>> open = new ArrayDeque<>(Set.of(type));
        while (!open.isEmpty()) {
            Class<?> one = open.remove();
            if (all.add(one)) {
                @Nullable Class<?> superclass = one.getSuperclass();
                if (superclass != null) {
                    open.add(superclass);
                }
                open.addAll(Set.of(one.getInterfaces()));
            }
        }
        return all;
    }
}
