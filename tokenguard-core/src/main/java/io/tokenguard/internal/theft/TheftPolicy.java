package io.tokenguard.internal.theft;

import io.tokenguard.access.AddressRange;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What counts as suspicious.
 *
 * @param mostNetworks from how many networks a token may come within the window
 * @param mostAgents from how many kinds of client programs
 * @param mostRefusals how many of its proofs may be refused
 * @param window how long what was seen counts
 * @param proxies whose word on a client's address counts
 * @param nanoTime the time for the window, from a source that never jumps
 */
public record TheftPolicy(
        int mostNetworks,
        int mostAgents,
        int mostRefusals,
        Duration window,
        List<AddressRange> proxies,
        LongSupplier nanoTime) {}
