package io.tokenguard.internal.theft;

import io.tokenguard.access.AddressRange;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * What counts as suspicious.
 *
 * @param mostNetworks from how many networks a token may come within the window
 * @param mostAgents from how many kinds of client programs
 * @param mostRefusals how many of its proofs may be refused
 * @param window how long a use counts
 * @param proxies the proxies that are trusted to state a client's address
 * @param clock a steady clock, for the window
 */
public record TheftPolicy(
        int mostNetworks, int mostAgents, int mostRefusals, Duration window, List<AddressRange> proxies, Clock clock) {}
