package io.tokenguard.internal.telemetry;

import io.tokenguard.access.Revocation;
import io.tokenguard.access.SignatureAlgorithm;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Begins Java Flight Recorder events. Works in runtimes without the module {@code jdk.jfr}, which then record nothing. Until
 * something starts the flight recorder, no event class is loaded: loading the first one starts much of the recorder. After that, a
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

    private static boolean isStarted() {
        return ARE_SUPPORTED && FlightRecorder.isInitialized();
    }

    /** A decision begins; null if it is not recorded. */
    public static @Nullable DecisionRecording decision() {
        return isStarted() ? JfrDecisionEvent.start() : null;
    }

    static Recording signature(SignatureAlgorithm algorithm, String provider) {
        return isStarted() ? JfrSignatureEvent.start(algorithm.toString(), provider) : Recording.NONE;
    }

    static Recording keyLoad(String issuer) {
        return isStarted() ? JfrKeyLoadEvent.start(issuer) : Recording.NONE;
    }

    static Recording introspection(String issuer) {
        return isStarted() ? JfrIntrospectionEvent.start(issuer) : Recording.NONE;
    }

    /** A revocation was added; records its kind, not its target. */
    static void revoked(Revocation revocation, boolean isKept) {
        if (isStarted()) {
            JfrRevocationEvent.write(revocation.kind().name(), isKept);
        }
    }
}
