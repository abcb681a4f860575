package io.tokenguard.internal.telemetry;

import io.tokenguard.access.Refusal;

/** A Java Flight Recorder event of a decision that is running. */
public interface DecisionRecording {
    /**
     * The request was granted.
     *
     * @param route the label of its route
     * @param issuer the label of its token's issuer
     */
    void granted(String route, String issuer);

    /**
     * The request was refused.
     *
     * @param route the label of its route
     * @param issuer the label of its token's issuer
     * @param refusal why; only its reason is recorded
     */
    void refused(String route, String issuer, Refusal refusal);
}
