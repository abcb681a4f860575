package io.tokenguard.internal.claims;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns once if a configured claim is in none of the first accepted tokens of an issuer. Shows the names of claims that were
 * found, never values. Bounded; thread-safe.
 */
final class UnfoundClaim {
    private static final Logger LOG = LoggerFactory.getLogger(UnfoundClaim.class);
    private static final int TOKENS = 20;
    private static final int MOST_NAMES = 40;
    private static final int LONGEST_NAME = 48;

    private final String setting;
    private final NameClaim claim;
    private final String issuer;
    private final AtomicInteger tokens = new AtomicInteger();
    private final Set<String> names = new ConcurrentSkipListSet<>();
    private volatile boolean isDone;

    UnfoundClaim(String setting, NameClaim claim, String issuer) {
        this.setting = setting;
        this.claim = claim;
        this.issuer = issuer;
        this.isDone = !claim.isStated();
    }

    /** Takes a token into account. */
    void see(Map<String, @Nullable Object> claims, boolean isFound) {
        if (isDone) {
            return;
        }
        if (isFound) {
            isDone = true;
            return;
        }
        claims.keySet().forEach(this::keep);
        if (tokens.incrementAndGet() == TOKENS) {
            isDone = true;
            LOG.warn(
                    "{} = {}: the first {} tokens of issuer {} have no such claim, so they grant nothing by it. Their claims are"
                            + " {}. Set {} to the one that is meant",
                    setting,
                    claim,
                    TOKENS,
                    issuer,
                    names,
                    setting);
        }
    }

    private void keep(String name) {
        if (names.size() < MOST_NAMES) {
            names.add(printable(name));
        }
    }

    /** Cut, and without characters that could forge a line of the log. */
    private static String printable(String name) {
        String cut = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "..." : name;
        StringBuilder printed = new StringBuilder(cut);
        for (int i = 0; i < printed.length(); i++) {
            boolean isPlain = printed.charAt(i) > ' ' && printed.charAt(i) <= '~';
            printed.setCharAt(i, isPlain ? printed.charAt(i) : '?');
        }
        return printed.toString();
    }
}
