package io.tokenguard.internal.telemetry;

import io.tokenguard.access.Revocation;
import io.tokenguard.access.SignatureAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * Begins Java Flight Recorder events. Works in runtimes without the module {@code jdk.jfr}, which then record nothing. A
 * disabled event costs one look at whether it is enabled.
 */
public final class FlightEvents {
    private static final boolean ARE_SUPPORTED =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent() && isReadable();

    private FlightEvents() {}

    /** On the module path, the module is found only if something requires it or adds it. */
    private static boolean isReadable() {
        try {
            return Class.forName("jdk.jfr.Event").getModule().isNamed();
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }

    /** A decision begins; null if it is not recorded. */
    public static @Nullable DecisionRecording decision() {
        return ARE_SUPPORTED ? JfrDecisionEvent.start() : null;
    }

    static Recording signature(SignatureAlgorithm algorithm, String provider) {
        return ARE_SUPPORTED ? JfrSignatureEvent.start(algorithm.toString(), provider) : Recording.NONE;
    }

    static Recording keyLoad(String issuer) {
        return ARE_SUPPORTED ? JfrKeyLoadEvent.start(issuer) : Recording.NONE;
    }

    static Recording introspection(String issuer) {
        return ARE_SUPPORTED ? JfrIntrospectionEvent.start(issuer) : Recording.NONE;
    }

    /** A revocation was added; records its kind, not its target. */
    static void revoked(Revocation revocation, boolean isKept) {
        if (ARE_SUPPORTED) {
            JfrRevocationEvent.write(revocation.kind().name(), isKept);
        }
    }
}
