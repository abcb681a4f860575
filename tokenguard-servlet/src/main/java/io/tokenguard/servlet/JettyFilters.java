package io.tokenguard.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.EventListener;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Jetty's list of filter mappings. Jetty puts its filter for WebSocket upgrades first in that list, and answers there before
 * any other filter runs; it may do so at any time, such as when a servlet adds an endpoint. The Servlet API does not expose
 * the order, so this uses reflection on public methods: Jetty is needed neither to compile nor to run.
 *
 * @param servletHandler Jetty's {@code ServletHandler}
 */
record JettyFilters(Object servletHandler) {
    private static final String CONTEXT = ".servlet.ServletContextHandler$ServletContextApi";
    private static final String UPGRADE_FILTER = ".WebSocketUpgradeFilter";

    /** The mappings of an application; empty if it does not run on Jetty 12. */
    static Optional<JettyFilters> of(ServletContext context) throws ServletException {
        for (Class<?> type = context.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().startsWith("org.eclipse.jetty.")
                    && type.getName().endsWith(CONTEXT)) {
                return Optional.of(new JettyFilters(servletHandler(type.getEnclosingClass(), context)));
            }
        }
        return Optional.empty();
    }

    private static Object servletHandler(Class<?> contextHandler, ServletContext context) throws ServletException {
        try {
            Object handler = contextHandler
                    .getMethod("getServletContextHandler", ServletContext.class)
                    .invoke(null, context);
            return Objects.requireNonNull(Reflected.call(handler, "getServletHandler"));
        } catch (ReflectiveOperationException unknown) {
            throw unreadable(unknown);
        }
    }

    /** Maps a filter for every dispatch, and keeps it before every filter that answers upgrades. */
    Runnable secure(String filterName) throws ServletException {
        try {
            JettyHandlers.requireNoUpgradesBefore(servletHandler);
            mapForEveryDispatch(filterName);
            putFirst(filterName);
            return keepFirst(filterName);
        } catch (ReflectiveOperationException unknown) {
            throw unreadable(unknown);
        }
    }

    private void mapForEveryDispatch(String filterName) throws ReflectiveOperationException, ServletException {
        List<Object> own = new ArrayList<>(mappings());
        own.removeIf(mapping -> !filterName.equals(nameOf(mapping)));
        if (own.isEmpty()) {
            throw new ServletException("TokenGuardFilter is not mapped: Jetty has no mapping for a filter named '"
                    + filterName + "'. Map it to /*, or register it with TokenGuardFilter.register");
        }
        for (Object mapping : own) {
            Reflected.call(mapping, "setDispatcherTypes", EnumSet.class, EnumSet.allOf(DispatcherType.class));
        }
        Object holder = Reflected.call(servletHandler, "getFilter", String.class, filterName);
        Reflected.call(holder, "setAsyncSupported", boolean.class, true);
        write(mappings());
    }

    private void putFirst(String filterName) throws ReflectiveOperationException {
        List<Object> mappings = mappings();
        List<Object> ordered = ordered(mappings, filterName);
        if (!ordered.equals(mappings)) {
            write(ordered);
        }
    }

    /** The same mappings, with the filter's before the first one that answers upgrades, and the others in order. */
    private List<Object> ordered(List<Object> mappings, String filterName) {
        int first = 0;
        while (first < mappings.size() && !answersUpgrades(nameOf(mappings.get(first)))) {
            first++;
        }
        List<Object> behind = new ArrayList<>(mappings.subList(first, mappings.size()));
        List<Object> moved = behind.stream()
                .filter(mapping -> filterName.equals(nameOf(mapping)))
                .toList();
        behind.removeAll(moved);
        List<Object> ordered = new ArrayList<>(mappings.subList(0, first));
        ordered.addAll(moved);
        ordered.addAll(behind);
        return ordered;
    }

    /** Jetty notifies listeners of each mapping while it adds it, before any request can use it. */
    private Runnable keepFirst(String filterName) throws ReflectiveOperationException {
        EventListener listener = Reflected.listener(
                servletHandler, "org.eclipse.jetty.util.component.Container$Listener", "beanAdded", added -> {
                    try {
                        requireNoReplacement(added);
                        putFirst(filterName);
                    } catch (ReflectiveOperationException unknown) {
                        throw new IllegalStateException(unreadable(unknown));
                    }
                });
        Reflected.call(servletHandler, "addEventListener", EventListener.class, listener);
        return () -> {
            try {
                Reflected.call(servletHandler, "removeEventListener", EventListener.class, listener);
            } catch (ReflectiveOperationException gone) {
                throw new IllegalStateException(gone);
            }
        };
    }

    /** Jetty notifies listeners before {@code setFilterMappings} replaces the list: then no mapping can be moved. */
    private void requireNoReplacement(Object added) throws ReflectiveOperationException {
        if (Reflected.isA(added.getClass(), ".FilterMapping")
                && !mappings().contains(added)
                && answersUpgrades(nameOf(added))) {
            throw new IllegalStateException("ServletHandler.setFilterMappings would put the filter '" + nameOf(added)
                    + "', which answers WebSocket upgrades, before TokenGuardFilter. Add it with addFilterMapping or"
                    + " prependFilterMapping, or before the server starts");
        }
    }

    private boolean answersUpgrades(String filterName) {
        try {
            Object holder = Reflected.call(servletHandler, "getFilter", String.class, filterName);
            return String.valueOf(Reflected.call(holder, "getClassName")).endsWith(UPGRADE_FILTER)
                    || Reflected.isA(Reflected.call(holder, "getHeldClass"), UPGRADE_FILTER);
        } catch (ReflectiveOperationException unknown) {
            throw new IllegalStateException(unreadable(unknown));
        }
    }

    private static String nameOf(Object mapping) {
        try {
            return String.valueOf(Reflected.call(mapping, "getFilterName"));
        } catch (ReflectiveOperationException unknown) {
            throw new IllegalStateException(unreadable(unknown));
        }
    }

    private List<Object> mappings() throws ReflectiveOperationException {
        return Reflected.call(servletHandler, "getFilterMappings") instanceof Object[] found
                ? Arrays.asList(found)
                : List.of();
    }

    private void write(List<Object> mappings) throws ReflectiveOperationException {
        Object array = Array.newInstance(mappings.get(0).getClass(), mappings.size());
        for (int i = 0; i < mappings.size(); i++) {
            Array.set(array, i, mappings.get(i));
        }
        Reflected.call(servletHandler, "setFilterMappings", array.getClass(), array);
    }

    private static ServletException unreadable(ReflectiveOperationException unknown) {
        return new ServletException(
                "TokenGuardFilter can't read which filters of this Jetty run before it: a method of Jetty 12 is"
                        + " missing. Use a version of Jetty that TokenGuard supports (12.1)",
                unknown);
    }
}
