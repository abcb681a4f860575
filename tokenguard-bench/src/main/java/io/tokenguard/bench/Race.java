package io.tokenguard.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * Two that do the same work in turns.
 *
 * @param floor who the other one is held against
 * @param contestant the other one
 */
record Race(Runner floor, Runner contestant) {
    private static final long TURN_NANOSECONDS = 50_000_000;
    private static final int WARMUP_ROUNDS = 15;
    private static final int BATCH = 10;

    /** Does one piece of work. */
    @FunctionalInterface
    interface Runner {
        void run(int number) throws Exception;
    }

    /**
     * How much of the floor's throughput the contestant keeps.
     *
     * @param median over all rounds
     * @param lowQuartile a quarter of the rounds were below
     * @param highQuartile a quarter of the rounds were above
     */
    record Result(double median, double lowQuartile, double highQuartile) {
        static Result of(double[] ratios) {
            double[] sorted = ratios.clone();
            Arrays.sort(sorted);
            return new Result(sorted[sorted.length / 2], sorted[sorted.length / 4], sorted[sorted.length * 3 / 4]);
        }

        /** The median, and what half of the rounds lie between. */
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", median, lowQuartile, highQuartile);
        }
    }

    Result run(int rounds) throws Exception {
        double[] ratios = new double[rounds];
        for (int round = -WARMUP_ROUNDS; round < rounds; round++) {
            double ratio = timeOf(floor) / timeOf(contestant);
            if (round >= 0) {
                ratios[round] = ratio;
            }
        }
        return Result.of(ratios);
    }

    /** The mean time of one piece of work during one turn. */
    private static double timeOf(Runner runner) throws Exception {
        int done = 0;
        long start = System.nanoTime();
        long end = start;
        while (end - start < TURN_NANOSECONDS) {
            for (int i = 0; i < BATCH; i++) {
                runner.run(done++);
            }
            end = System.nanoTime();
        }
        return (double) (end - start) / done;
    }
}
