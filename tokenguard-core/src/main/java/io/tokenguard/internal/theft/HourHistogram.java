package io.tokenguard.internal.theft;

/**
 * On how many days a subject was active in each hour, apart for working days and weekends (UTC): 50 bytes. Halved when a
 * count is full, so that old days weigh less. The caller guards it.
 */
final class HourHistogram {
    private static final int HOURS = 24;
    private static final int FULL = 60;
    private static final double MOST_BITS = 2.5;
    private static final double UNSEEN = 0.5;

    private final byte[] counts = new byte[2 * HOURS + 2];

    /** How surprising a request in this hour is, in bits. An hour beside a usual one counts half. */
    double bits(Observation use) {
        int kind = kind(use);
        int hour = use.hour();
        double near =
                count(kind, hour) + (count(kind, (hour + 1) % HOURS) + count(kind, (hour + HOURS - 1) % HOURS)) / 2;
        double share = (near + UNSEEN) / (counts[2 * HOURS + kind] + 1);
        return Math.min(MOST_BITS, Math.max(0, -Math.log(share) / Math.log(2)));
    }

    /** The first request of a subject in this hour of a day. */
    void add(Observation use) {
        counts[kind(use) * HOURS + use.hour()]++;
    }

    /** The first request of a subject on this day. */
    void addDay(Observation use) {
        int kind = kind(use);
        counts[2 * HOURS + kind]++;
        if (counts[2 * HOURS + kind] >= FULL) {
            counts[2 * HOURS + kind] = FULL / 2;
            for (int i = kind * HOURS; i < (kind + 1) * HOURS; i++) {
                counts[i] = (byte) (counts[i] / 2);
            }
        }
    }

    private double count(int kind, int hour) {
        return counts[kind * HOURS + hour];
    }

    private static int kind(Observation use) {
        return use.isOnWeekend() ? 1 : 0;
    }
}
