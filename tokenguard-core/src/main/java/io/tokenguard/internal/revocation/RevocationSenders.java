package io.tokenguard.internal.revocation;

import io.tokenguard.access.Revocation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;

/**
 * Numbers the issuers that have sent revocations. A number is used again once its issuer has no entry any more, so that there
 * are not many more numbers than entries. Thread-safe.
 */
final class RevocationSenders {
    private static final int FEW = 1_024;
    private static final int MOST_NAMES = 10_000;

    /** As the targets of revocations of whole issuers, because that is all that other nodes send of them. */
    private final List<String> issuers = new ArrayList<>();

    private final Map<String, Integer> numbers = new HashMap<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private int reviewAt = FEW;

    /**
     * The number of the issuer that has sent a revocation; zero for none.
     *
     * @param isUnused whether an issuer's number has no entry
     */
    synchronized int numberOf(Revocation revocation, IntPredicate isUnused) {
        String issuer = revocation.sender().orElse("");
        if (issuer.isEmpty()) {
            return 0;
        }
        Integer known = numbers.get(issuer);
        return known == null ? newNumber(issuer, isUnused) : known;
    }

    private int newNumber(String issuer, IntPredicate isUnused) {
        if (free.isEmpty() && issuers.size() >= reviewAt) {
            release(isUnused);
        }
        Integer reused = free.poll();
        if (reused != null) {
            issuers.set(reused - 1, issuer);
            numbers.put(issuer, reused);
            return reused;
        }
        if (issuers.size() == RevocationTarget.MOST_SENDERS) {
            return 0;
        }
        issuers.add(issuer);
        numbers.put(issuer, issuers.size());
        return issuers.size();
    }

    private void release(IntPredicate isUnused) {
        for (int number = 1; number <= issuers.size(); number++) {
            if (isUnused.test(number)) {
                numbers.remove(issuers.get(number - 1));
                free.add(number);
            }
        }
        reviewAt = 2 * numbers.size() + FEW;
    }

    /** How many issuers have a number. */
    synchronized int count() {
        return numbers.size();
    }

    /** Learns how an issuer is called, for the log. */
    void learn(String issuer) {
        if (names.size() < MOST_NAMES) {
            names.putIfAbsent(Revocation.issuer(issuer).target(), issuer);
        }
    }

    /** An issuer by its name, or by its hash if the name is not known here. */
    String name(int number) {
        String issuer = issuer(number);
        return names.getOrDefault(issuer, "an issuer with the hash " + issuer);
    }

    /** The revocation as the issuer with this number has sent it; zero if none did. */
    Revocation sent(int number, Revocation revocation) {
        return number == 0
                ? revocation
                : new Revocation(
                        revocation.kind(),
                        revocation.target(),
                        revocation.issuedBefore(),
                        revocation.forgetAt(),
                        revocation.retainedFrom(),
                        Revocation.Origin.sentBy(Optional.of(issuer(number))));
    }

    synchronized String issuer(int number) {
        return issuers.get(number - 1);
    }
}
