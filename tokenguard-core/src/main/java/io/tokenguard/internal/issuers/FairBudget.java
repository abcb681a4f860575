package io.tokenguard.internal.issuers;

import io.tokenguard.access.AddressRange;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A number of places in each minute, shared by client networks: a network that has some gets another one only while fewer are
 * its own than are free. So half of them are left for other networks, however many one asks for. Thread-safe; its lock is held
 * for a few instructions.
 */
final class FairBudget {
    private static final long WINDOW = Duration.ofMinutes(1).toNanos();

    private final int most;
    private final LongSupplier nanoTime;
    private final Deque<Place> taken = new ArrayDeque<>();

    FairBudget(int most, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
    }

    /** A place that was taken. Each is another one, even for the same network at the same time. */
    static final class Place {
        private final Optional<AddressRange> network;
        private final long takenAt;

        private Place(Optional<AddressRange> network, long takenAt) {
            this.network = network;
            this.takenAt = takenAt;
        }
    }

    /**
     * Takes a place; null if none is left for this network.
     *
     * @param network the client's network; empty if it is not known, which counts as one network
     */
    synchronized @Nullable Place take(Optional<AddressRange> network) {
        long now = nanoTime.getAsLong();
        while (!taken.isEmpty() && now - taken.getFirst().takenAt >= WINDOW) {
            taken.removeFirst();
        }
        int free = most - taken.size();
        long own = taken.stream().filter(place -> place.network.equals(network)).count();
        if (free <= 0 || (own > 0 && own >= free)) {
            return null;
        }
        Place place = new Place(network, now);
        taken.addLast(place);
        return place;
    }

    /** Gives a place back before its minute is over; does nothing if it was given back. */
    synchronized void giveBack(Place place) {
        boolean unused = taken.remove(place);
    }
}
