package io.tokenguard.internal.theft;

import io.tokenguard.internal.theft.Surprise.Novelty;

/**
 * What is usual for one subject and client. At most 512 bytes with its entry in a {@link BaselineTable}: it holds hashes and
 * counts, nothing in clear. Learns from day to day: what a thief does in one day, in however many requests, changes little.
 * Thread-safe; its lock is held for less than a microsecond.
 */
final class Baseline {
    private static final KnownValues NETWORKS = new KnownValues(0, 8);
    private static final KnownValues AGENTS = new KnownValues(8, 5);
    private static final KnownValues ROUTES = new KnownValues(13, 8);
    private static final RecentTokens TOKENS = new RecentTokens(21);
    private static final int PLACES = 23;

    private static final double MOST_ROUTE_BITS = 3;
    private static final double MOST_BITS = 6;
    private static final int HOUR_SECONDS = 3_600;

    private final long[] places = new long[PLACES];
    private final HourHistogram hours = new HourHistogram();
    private final UsualRate rate = new UsualRate();
    private int day = -1;
    private int lastHour = -1;
    private int lastSignal = Integer.MIN_VALUE;
    private long challengedAt = Long.MAX_VALUE;
    private byte lastScore;
    private byte days;
    private byte newNetworks;
    private byte newAgents;
    private byte newRoutes;
    private byte otherAgents;
    private byte otherNetworks;
    private byte newToday;
    private short activeDays;

    /** How unusual a request is. Changes nothing. */
    synchronized Surprise assess(Observation use) {
        return new Surprise(
                use.network() == 0 ? Novelty.NONE : novelty(NETWORKS, use.network(), use.day(), newNetworks, MOST_BITS),
                novelty(AGENTS, use.agent(), use.day(), newAgents, MOST_BITS),
                novelty(ROUTES, use.route(), use.day(), newRoutes, MOST_ROUTE_BITS),
                token(use),
                hours.bits(use),
                rate.ratio(use));
    }

    /** By how often the subject has used new ones: less surprising for somebody who often does. */
    private Novelty novelty(KnownValues known, int hash, int today, int newDays, double most) {
        int credit = known.credit(places, hash, today);
        if (credit >= KnownValues.KNOWN) {
            return Novelty.NONE;
        }
        double bits = bits(newDays, most);
        return new Novelty(credit >= KnownValues.CLEAN ? bits / 2 : bits, credit == 0);
    }

    private double bits(int unusualDays, double most) {
        double chance = (unusualDays + 0.5) / (days + 1);
        return Math.min(most, Math.max(0, -Math.log(chance) / Math.log(2)));
    }

    /** A token belongs to one program; it may move with its program, but seldom into a network that is not known. */
    private Novelty token(Observation use) {
        boolean isOfOther = TOKENS.hasOtherAgent(places, use);
        boolean hasMoved = isMoved(use);
        double byAgent = isOfOther ? bits(otherAgents, MOST_BITS) : 0;
        double byNetwork = hasMoved ? bits(otherNetworks, MOST_BITS) : 0;
        return new Novelty(Math.max(byAgent, byNetwork), isOfOther);
    }

    private boolean isMoved(Observation use) {
        return use.network() != 0
                && TOKENS.hasOtherNetwork(places, use)
                && NETWORKS.credit(places, use.network(), use.day()) < KnownValues.KNOWN;
    }

    /**
     * A request was granted.
     *
     * @param isClean whether it was not suspicious; if it was, it teaches next to nothing
     */
    synchronized void learn(Observation use, boolean isClean) {
        if (isClean) {
            beginDay(use);
            noteNew(use);
        }
        rate.add(use, isClean);
        if (use.network() != 0) {
            NETWORKS.learn(places, use.network(), use.day(), isClean);
        }
        AGENTS.learn(places, use.agent(), use.day(), isClean);
        ROUTES.learn(places, use.route(), use.day(), isClean);
        TOKENS.learn(places, use);
    }

    private void beginDay(Observation use) {
        if (use.day() > day) {
            rate.endDay();
            newNetworks += (byte) (newToday & 1);
            newAgents += (byte) (newToday >> 1 & 1);
            newRoutes += (byte) (newToday >> 2 & 1);
            otherAgents += (byte) (newToday >> 3 & 1);
            otherNetworks += (byte) (newToday >> 4 & 1);
            newToday = 0;
            day = use.day();
            lastHour = -1;
            activeDays = (short) Math.min(Short.MAX_VALUE, activeDays + 1);
            countDay();
            hours.addDay(use);
        }
        if (use.hour() > lastHour) {
            lastHour = use.hour();
            hours.add(use);
        }
    }

    /** Halves the counts in time, so that old days weigh less. */
    private void countDay() {
        days++;
        if (days >= 60) {
            days = (byte) (days / 2);
            newNetworks = (byte) (newNetworks / 2);
            newAgents = (byte) (newAgents / 2);
            newRoutes = (byte) (newRoutes / 2);
            otherAgents = (byte) (otherAgents / 2);
            otherNetworks = (byte) (otherNetworks / 2);
        }
    }

    /** All that was used on the first day was new. */
    private void noteNew(Observation use) {
        if (activeDays > 1) {
            newToday |= (byte) (isNew(NETWORKS, use.network(), use) ? 1 : 0);
            newToday |= (byte) (isNew(AGENTS, use.agent(), use) ? 2 : 0);
            newToday |= (byte) (isNew(ROUTES, use.route(), use) ? 4 : 0);
            newToday |= (byte) (TOKENS.hasOtherAgent(places, use) ? 8 : 0);
            newToday |= (byte) (isMoved(use) ? 16 : 0);
        }
    }

    private boolean isNew(KnownValues known, int hash, Observation use) {
        return hash != 0 && known.credit(places, hash, use.day()) == 0;
    }

    /** The user has authenticated because of a challenge: what the request came with is known from now on. */
    synchronized void trust(Observation use) {
        beginDay(use);
        if (use.network() != 0) {
            NETWORKS.trust(places, use.network(), use.day());
        }
        AGENTS.trust(places, use.agent(), use.day());
        ROUTES.trust(places, use.route(), use.day());
    }

    /** On how many days the subject made requests that were not suspicious. */
    synchronized int activeDays() {
        return activeDays;
    }

    /** The day of the last such request, in days since 1970. */
    synchronized int lastDay() {
        return day;
    }

    /** Whether a sign is due: one an hour, and one more whenever the score is higher by {@code step}. */
    synchronized boolean isSignalDue(Observation use, int score, int step) {
        int hour = (int) (use.second() / HOUR_SECONDS);
        if (hour == lastSignal && score < lastScore + step) {
            return false;
        }
        lastSignal = hour;
        lastScore = (byte) score;
        return true;
    }

    /** A challenge is sent. Another one within an hour is the same. */
    synchronized void challenge(long second) {
        if (challengedAt > second || second - challengedAt > HOUR_SECONDS) {
            challengedAt = second;
        }
    }

    /** Whether an authentication came after a challenge; the next challenge is then a new one. */
    synchronized boolean answersChallenge(long authenticatedAt) {
        boolean isAnswer = authenticatedAt >= challengedAt;
        if (isAnswer) {
            challengedAt = Long.MAX_VALUE;
        }
        return isAnswer;
    }

    /** Takes one of the requests that may be suspicious in a minute. */
    synchronized boolean takePlace(Observation use, int most) {
        return rate.takePlace(use, most);
    }
}
