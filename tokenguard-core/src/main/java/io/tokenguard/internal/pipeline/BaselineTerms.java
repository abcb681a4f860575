package io.tokenguard.internal.pipeline;

import java.time.Duration;

/**
 * What an unusual request causes.
 *
 * @param response what it causes, beside a report
 * @param reportScore from which score on it is reported
 * @param responseScore from which score on it causes more
 * @param maxAge how old an authentication may be, if one is demanded
 * @param maxPerMinute how many are granted in a minute, if they are limited
 */
public record BaselineTerms(Response response, int reportScore, int responseScore, Duration maxAge, int maxPerMinute) {
    /** What an unusual request causes, beside a report. */
    public enum Response {
        /** Nothing. */
        NONE,
        /** Its token is introspected. */
        FRESH,
        /** The user has to authenticate. */
        STEP_UP,
        /** There may be some in a minute. */
        LIMIT,
        /** Its token is revoked. */
        REVOKE
    }
}
