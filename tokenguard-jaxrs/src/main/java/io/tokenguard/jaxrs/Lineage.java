package io.tokenguard.jaxrs;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A class with all its supertypes, nearest first, and their type arguments. A proxy class is treated like any other: its
 * supertypes have the rules.
 */
final class Lineage {
    private final Set<Class<?>> types = new LinkedHashSet<>();
    private final Map<TypeVariable<?>, Type> meanings = new HashMap<>();

    private Lineage() {}

    /** The types of a class and, if it is not one of them, of the class in which one of its methods was found. */
    static Lineage of(Class<?> type, Class<?> declaring) {
        Lineage lineage = new Lineage();
        lineage.add(type);
        lineage.add(declaring);
        return lineage;
    }

    static Lineage of(Class<?> type) {
        return of(type, type);
    }

    private void add(Class<?> type) {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            classes.add(c);
            learn(c.getGenericSuperclass());
        }
        types.addAll(classes);
        classes.forEach(this::addInterfaces);
    }

    Set<Class<?>> types() {
        return types;
    }

    /** All methods that it declares or inherits, including overridden ones, except bridge and static methods. */
    List<Method> methods() {
        return types.stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> !method.isBridge() && !Modifier.isStatic(method.getModifiers()))
                .toList();
    }

    /**
     * The declarations of one method: its own, those it overrides and those it implements. For a bridge method, those of the
     * method behind it.
     */
    List<Method> declarationsOf(Method method) {
        Set<List<Class<?>>> signatures = signaturesOf(method);
        return types.stream()
                .flatMap(type -> declaredIn(type, method))
                .filter(candidate -> signatures.contains(signature(candidate)))
                .toList();
    }

    private Set<List<Class<?>>> signaturesOf(Method method) {
        Set<List<Class<?>>> signatures = new LinkedHashSet<>();
        if (method.isBridge()) {
            types.stream()
                    .flatMap(type -> declaredIn(type, method))
                    .filter(behind -> Arrays.equals(behind.getParameterTypes(), method.getParameterTypes()))
                    .forEach(behind -> signatures.add(signature(behind)));
        }
        if (signatures.isEmpty()) {
            signatures.add(signature(method));
        }
        return signatures;
    }

    private static Stream<Method> declaredIn(Class<?> type, Method method) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(method.getName()))
                .filter(candidate -> !candidate.isBridge() && !Modifier.isStatic(candidate.getModifiers()));
    }

    private List<Class<?>> signature(Method method) {
        return Arrays.stream(method.getGenericParameterTypes())
                .<Class<?>>map(this::erase)
                .toList();
    }

    private void addInterfaces(Class<?> type) {
        Arrays.stream(type.getGenericInterfaces()).forEach(this::learn);
        for (Class<?> implemented : type.getInterfaces()) {
            types.add(implemented);
            addInterfaces(implemented);
        }
    }

    private void learn(@Nullable Type supertype) {
        if (supertype instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            for (int i = 0; i < raw.getTypeParameters().length; i++) {
                meanings.putIfAbsent(raw.getTypeParameters()[i], generic.getActualTypeArguments()[i]);
            }
        }
    }

    private Class<?> erase(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType generic) {
            return erase(generic.getRawType());
        }
        if (type instanceof GenericArrayType array) {
            return erase(array.getGenericComponentType()).arrayType();
        }
        if (type instanceof TypeVariable<?> variable) {
            Type meaning = meanings.get(variable);
            return erase(meaning == null ? variable.getBounds()[0] : meaning);
        }
        return erase(((WildcardType) type).getUpperBounds()[0]);
    }
}
