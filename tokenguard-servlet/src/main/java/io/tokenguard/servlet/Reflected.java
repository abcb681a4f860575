package io.tokenguard.servlet;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.EventListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls public methods of classes that this module does not compile against. */
final class Reflected {
    /** The called public methods without parameters, by name. Cached for as long as the class is loaded. */
    private static final ClassValue<Map<String, Method>> FOUND = new ClassValue<>() {
        @Override
        protected Map<String, Method> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    private Reflected() {}

    static @Nullable Object call(@Nullable Object target, String method) throws ReflectiveOperationException {
        return target == null ? null : known(target, method).invoke(target);
    }

    static @Nullable Object call(@Nullable Object target, String method, Class<?> type, @Nullable Object argument)
            throws ReflectiveOperationException {
        return target == null ? null : method(target, method, type).invoke(target, argument);
    }

    /** Whether a class, or one that it extends, has a name that ends like this. */
    static boolean isA(@Nullable Object type, String nameEnding) {
        for (Class<?> at = type instanceof Class<?> found ? found : null; at != null; at = at.getSuperclass()) {
            if (at.getName().endsWith(nameEnding)) {
                return true;
            }
        }
        return false;
    }

    /** A listener of a type from the target's class loader. It passes on the last argument of one method. */
    static EventListener listener(Object target, String type, String method, Consumer<Object> action)
            throws ReflectiveOperationException {
        ClassLoader loader = target.getClass().getClassLoader();
        Class<?> listener = Class.forName(type, false, loader);
        return (EventListener) Proxy.newProxyInstance(
                listener.getClassLoader(), new Class<?>[] {listener}, (proxy, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        action.accept(arguments[arguments.length - 1]);
                    }
                    return switch (called.getName()) {
                        case "equals" -> proxy == arguments[0];
                        case "hashCode" -> System.identityHashCode(proxy);
                        case "toString" -> Reflected.class.getName();
                        default -> null;
                    };
                });
    }

    private static Method known(Object target, String name) throws NoSuchMethodException {
        Map<String, Method> found = FOUND.get(target.getClass());
        Method known = found.get(name);
        if (known == null) {
            known = method(target, name);
            found.put(name, known);
        }
        return known;
    }

    /** Frameworks extend the container's classes by non-public ones, whose methods can't be called. */
    private static Method method(Object target, String name, Class<?>... types) throws NoSuchMethodException {
        for (Class<?> at = target.getClass(); at != null; at = at.getSuperclass()) {
            if (Modifier.isPublic(at.getModifiers()) && has(at, name, types)) {
                return at.getMethod(name, types);
            }
        }
        throw new NoSuchMethodException(target.getClass().getName() + "." + name);
    }

    private static boolean has(Class<?> type, String name, Class<?>... types) {
        try {
            return Modifier.isPublic(
                    type.getMethod(name, types).getDeclaringClass().getModifiers());
        } catch (NoSuchMethodException missing) {
            return false;
        }
    }
}
