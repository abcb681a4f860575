/**
 * Counts and times what a guard does, and writes Java Flight Recorder events.
 *
 * <p>In: outcomes of decisions, signatures, loads and calls. Out: {@code GuardStats}. Refuses: nothing. Labels are configured
 * texts and constants, so that their number is bounded and nothing of a request is among them. Uses: {@code access}.
 */
@NullMarked
package io.tokenguard.internal.telemetry;

import org.jspecify.annotations.NullMarked;
