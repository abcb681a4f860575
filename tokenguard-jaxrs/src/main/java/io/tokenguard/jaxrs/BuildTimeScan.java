package io.tokenguard.jaxrs;

import io.tokenguard.access.ConfigurationException;

/**
 * Detects the scan of an {@link jakarta.ws.rs.core.Application} during a build of Quarkus REST. That takes the classes from the
 * application and drops its singletons: a feature among them would protect nothing and log nothing, because the running
 * application never creates it.
 */
final class BuildTimeScan {
    private static final String SCANNER = "org.jboss.resteasy.reactive.common.processor.";

    private BuildTimeScan() {}

    /**
     * Refuses to create a feature during the scan.
     *
     * @throws ConfigurationException if the scan is among the callers
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
