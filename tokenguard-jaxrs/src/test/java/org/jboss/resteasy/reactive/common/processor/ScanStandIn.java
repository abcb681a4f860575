package org.jboss.resteasy.reactive.common.processor;

import java.util.function.Supplier;

/** Calls what it is given from the package of Quarkus REST's scanner. */
public final class ScanStandIn {
    private ScanStandIn() {}

    /** Calls. */
    public static <T> T scan(Supplier<T> application) {
        return application.get();
    }
}
