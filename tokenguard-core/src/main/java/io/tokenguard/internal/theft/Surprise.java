package io.tokenguard.internal.theft;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How unusual a request is for its subject. Each part is in bits: one bit more is half as likely.
 *
 * @param network the client's network
 * @param agent the kind of client program
 * @param route the route
 * @param token a token that another program, or another network, used first; {@code isFirst} for a program
 * @param hour the hour
 * @param ratio requests in the current ten minutes, as a multiple of the usual
 */
record Surprise(Novelty network, Novelty agent, Novelty route, Novelty token, double hour, double ratio) {
    static final Surprise NONE = new Surprise(Novelty.NONE, Novelty.NONE, Novelty.NONE, Novelty.NONE, 0, 0);

    private static final int POINTS_PER_BIT = 5;
    private static final int MOST = 100;
    private static final double USUAL_RATIO = 2;
    private static final double MOST_RATE_BITS = 8;
    private static final double NOTABLE = 1;

    /**
     * A value that is not known.
     *
     * @param bits how surprising it is
     * @param isFirst whether it was never seen
     */
    record Novelty(double bits, boolean isFirst) {
        static final Novelty NONE = new Novelty(0, false);
    }

    /** 0 to 100: five points a bit. */
    int score() {
        double bits = network.bits() + agent.bits() + route.bits() + token.bits() + hour + rateBits();
        return (int) Math.min(MOST, Math.round(bits * POINTS_PER_BIT));
    }

    private double rateBits() {
        return ratio <= USUAL_RATIO ? 0 : Math.min(MOST_RATE_BITS, 2 * Math.log(ratio / USUAL_RATIO) / Math.log(2));
    }

    /** The reasons in words, without any value of the request. */
    String explanation() {
        List<String> reasons = new ArrayList<>();
        add(reasons, network, "first request ever from this network", "a network that is seldom used");
        add(reasons, agent, "first request ever by this kind of program", "a program that is seldom used");
        add(reasons, route, "first request ever for this route", "a route that is seldom used");
        add(
                reasons,
                token,
                "the token was used by another program before",
                "the token came from another network before");
        if (rateBits() >= NOTABLE) {
            reasons.add(String.format(Locale.ROOT, "%.0f times the usual rate", ratio));
        }
        if (hour >= NOTABLE) {
            reasons.add("an unusual hour");
        }
        return String.join(", ", reasons);
    }

    private static void add(List<String> reasons, Novelty novelty, String first, String seldom) {
        if (novelty.bits() >= NOTABLE) {
            reasons.add(novelty.isFirst() ? first : seldom);
        }
    }
}
