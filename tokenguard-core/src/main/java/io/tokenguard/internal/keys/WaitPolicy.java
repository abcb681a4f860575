package io.tokenguard.internal.keys;

import java.time.Duration;

/**
 * How requests wait for a load of keys that is under way.
 *
 * @param longest the longest wait of one request
 * @param most how many requests may wait at the same time
 */
public record WaitPolicy(Duration longest, int most) {}
