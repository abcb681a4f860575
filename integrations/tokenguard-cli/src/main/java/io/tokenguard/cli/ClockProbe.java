package io.tokenguard.cli;

import io.tokenguard.internal.settings.IssuerSettings;
import java.time.Clock;
import java.time.Duration;

/**
 * Compares this machine's clock with that of an issuer, to about a second.
 *
 * @param issuer the issuer's settings
 * @param report receives the difference
 * @param clock this machine's clock
 */
record ClockProbe(IssuerSettings issuer, Report report, Clock clock) {
    /** A Date field has whole seconds, and the answer takes time. */
    private static final Duration ERROR_OF_MEASUREMENT = Duration.ofSeconds(2);

    void compare(DocumentProbe.Answer answer) {
        answer.date().ifPresent(date -> {
            Duration offset = Duration.between(clock.instant(), date);
            Duration skew = issuer.tokens().lifetime().clockSkew();
            if (offset.abs().compareTo(skew.plus(ERROR_OF_MEASUREMENT)) > 0) {
                report.warning(
                        "clock",
                        issuer.keyPrefix() + "clock-skew",
                        "the issuer's clock is " + offset.abs().toSeconds() + " s "
                                + (offset.isNegative() ? "behind" : "ahead of") + " this machine's; accepted are "
                                + skew.toSeconds() + " s",
                        "synchronize the clocks by NTP");
            } else {
                report.fine("clock", "differs from the issuer's by less than the accepted " + skew.toSeconds() + " s");
            }
        });
    }
}
