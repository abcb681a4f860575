package io.tokenguard.jaxrs;

import io.tokenguard.access.ConfigurationException;

/**
 * Recognises that Quarkus REST is looking at an {@link jakarta.ws.rs.core.Application} while it builds. It takes the classes
 * of the application from there and drops its singletons: a feature among them would guard nothing, and nothing would be
 * logged, for the application that runs never makes it.
 */
final class BuildTimeScan {
    private static final String SCANNER = "org.jboss.resteasy.reactive.common.processor.";

    private BuildTimeScan() {}

    /**
     * Refuses to make a feature while the scan goes on.
     *
     * @throws ConfigurationException if the caller was called by the scan
     */
    static void requireNone() {
        boolean isScan = StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().startsWith(SCANNER)));
        if (isScan) {
            throw ConfigurationException.of(
                    "TokenGuardFeature",
                    "part of an Application",
                    "Quarkus REST would ignore it and serve every resource without a token; register it by a @Provider"
                            + " class that is a Feature and a DynamicFeature, see Quarkus REST in docs/jaxrs.md");
        }
    }
}
