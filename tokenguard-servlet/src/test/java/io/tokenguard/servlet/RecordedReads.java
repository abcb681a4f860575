package io.tokenguard.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes who reads what a filter for tokens has no business with. */
final class RecordedReads implements Filter {
    private final List<String> names = new CopyOnWriteArrayList<>();

    /** Has to come before the filter that reads. */
    void register(ServletContext context) {
        context.addFilter("recorded", this).addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    List<String> names() {
        return List.copyOf(names);
    }

    void reset() {
        names.clear();
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(new RecordingRequest((HttpServletRequest) request), response);
    }

    private final class RecordingRequest extends HttpServletRequestWrapper {
        RecordingRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getParameter(String name) {
            names.add("getParameter");
            return super.getParameter(name);
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            names.add("getParameterMap");
            return super.getParameterMap();
        }

        @Override
        public Enumeration<String> getParameterNames() {
            names.add("getParameterNames");
            return super.getParameterNames();
        }

        @Override
        public String[] getParameterValues(String name) {
            names.add("getParameterValues");
            return super.getParameterValues(name);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            names.add("getInputStream");
            return super.getInputStream();
        }

        @Override
        public BufferedReader getReader() throws IOException {
            names.add("getReader");
            return super.getReader();
        }

        @Override
        public String getQueryString() {
            names.add("getQueryString");
            return super.getQueryString();
        }

        @Override
        public StringBuffer getRequestURL() {
            names.add("getRequestURL");
            return super.getRequestURL();
        }

        @Override
        public Cookie[] getCookies() {
            names.add("getCookies");
            return super.getCookies();
        }

        @Override
        public Map<String, String> getTrailerFields() {
            names.add("getTrailerFields");
            return super.getTrailerFields();
        }

        @Override
        public Collection<Part> getParts() throws IOException, ServletException {
            names.add("getParts");
            return super.getParts();
        }

        @Override
        public Part getPart(String name) throws IOException, ServletException {
            names.add("getPart");
            return super.getPart(name);
        }

        @Override
        public HttpSession getSession() {
            names.add("getSession");
            return super.getSession();
        }

        @Override
        public HttpSession getSession(boolean create) {
            names.add("getSession");
            return super.getSession(create);
        }
    }
}
