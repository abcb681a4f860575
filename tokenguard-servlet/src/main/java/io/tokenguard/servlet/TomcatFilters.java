package io.tokenguard.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import org.jspecify.annotations.Nullable;

/** Reads Tomcat's filter mappings by reflection on public methods: Tomcat is needed neither to compile nor to run. */
final class TomcatFilters {
    /** The attribute of an application that leads to Tomcat's context. */
    private static final String RESOURCES = "org.apache.catalina.resources";

    private TomcatFilters() {}

    /**
     * Whether a filter is mapped to the servlet name {@code *}, which {@code getServletNameMappings} leaves out. False on
     * other containers.
     *
     * @throws ServletException if this is Tomcat and its mappings cannot be read
     */
    static boolean mapsToEveryServlet(ServletContext context, String filterName) throws ServletException {
        try {
            @Nullable Object tomcat = Reflected.call(context.getAttribute(RESOURCES), "getContext");
            if (Reflected.call(tomcat, "findFilterMaps") instanceof Object[] mappings) {
                for (Object mapping : mappings) {
                    if (filterName.equals(Reflected.call(mapping, "getFilterName"))
                            && Boolean.TRUE.equals(Reflected.call(mapping, "getMatchAllServletNames"))) {
                        return true;
                    }
                }
            }
            return false;
        } catch (ReflectiveOperationException unknown) {
            throw new ServletException(
                    "TokenGuardFilter cannot read the filter mappings of this Tomcat: a method is missing. Use a version of"
                            + " Tomcat that TokenGuard supports (10.1 or 11.0)",
                    unknown);
        }
    }
}
