package io.tokenguard.bench.token;

import java.util.Arrays;
import java.util.Random;

/** Which token is used when. Immutable, and the same in every run. */
public final class TurnOrder {
    private static final int TURNS = 1 << 20;
    private static final long SEED = 42;

    private final int[] turns;

    private TurnOrder(int[] turns) {
        this.turns = turns;
    }

    /** Each in its turn. */
    public static TurnOrder inTurn(int tokens) {
        int[] turns = new int[TURNS];
        Arrays.setAll(turns, turn -> turn % tokens);
        return new TurnOrder(turns);
    }

    /** Any of them, each as likely as the others. */
    public static TurnOrder uniform(int tokens) {
        Random random = new Random(SEED);
        int[] turns = new int[TURNS];
        Arrays.setAll(turns, turn -> random.nextInt(tokens));
        return new TurnOrder(turns);
    }

    /** As callers are in life: the second is seen half as often as the first, the third a third as often (Zipf, exponent 1). */
    public static TurnOrder zipf(int tokens) {
        double[] sums = new double[tokens];
        double sum = 0;
        for (int rank = 0; rank < tokens; rank++) {
            sum += 1.0 / (rank + 1);
            sums[rank] = sum;
        }
        double total = sum;
        Random random = new Random(SEED);
        int[] turns = new int[TURNS];
        Arrays.setAll(turns, turn -> rankOf(random.nextDouble() * total, sums));
        return new TurnOrder(turns);
    }

    private static int rankOf(double point, double[] sums) {
        int found = Arrays.binarySearch(sums, point);
        return Math.min(found < 0 ? -found - 1 : found, sums.length - 1);
    }

    int of(int turn) {
        return turns[turn & (TURNS - 1)];
    }
}
