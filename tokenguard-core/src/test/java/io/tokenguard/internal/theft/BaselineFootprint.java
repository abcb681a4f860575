package io.tokenguard.internal.theft;

import java.lang.management.ManagementFactory;

/** A process of its own, in which nothing else is on the heap: prints how many bytes a subject takes. */
final class BaselineFootprint {
    private static final int SUBJECTS = 100_000;
    private static final int DAYS = 5;

    private BaselineFootprint() {}

    /** Argument: whether the subjects are new, and not settled. */
    public static void main(String[] arguments) {
        boolean areNew = Boolean.parseBoolean(arguments[0]);
        BaselineLimits limits = new BaselineLimits(areNew ? 100 : 3, 50, 10 * SUBJECTS);
        BaselineTable table = new BaselineTable();
        fill(table, limits, 1);
        long before = used();
        fill(table, limits, SUBJECTS);
        long taken = used() - before;
        System.out.println("subjects " + table.size() + " bytes " + taken / SUBJECTS);
    }

    private static void fill(BaselineTable table, BaselineLimits limits, int subjects) {
        for (long subject = 0; subject < subjects; subject++) {
            for (int day = 0; day < DAYS; day++) {
                Baseline baseline = table.of("issuer", subject * 0x9e3779b97f4a7c15L, limits, day);
                for (int i = 0; i < 4; i++) {
                    int value = day * 4 + i;
                    baseline.learn(
                            new Observation(value + 1, value + 1, value + 1, value + 1, day * 86_400L + i * 7_000L),
                            true);
                }
            }
        }
    }

    /** The least of several collections: a collector may leave some garbage where it lies. */
    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
