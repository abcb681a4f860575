package io.tokenguard.console;

import io.tokenguard.access.AddressRange;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.Revocation;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * Counts clients, subjects and networks between two samples: at most 1 000 of each, further ones are left out. Thread-safe,
 * without a lock.
 */
final class NameCounts {
    private static final int MOST = 1_000;
    private static final int SHOWN_OF_HASH = 16;

    private final Map<String, LongAdder> granted = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> clients = new ConcurrentHashMap<>();
    private final Map<Subject, LongAdder> subjects = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> addresses = new ConcurrentHashMap<>();

    private record Subject(String issuer, String name) {}

    /** A client's token was accepted. */
    void granted(String client) {
        count(granted, client);
    }

    /** A request was refused. */
    void refused(Refusal refusal) {
        if (!refusal.clientId().isEmpty()) {
            count(clients, refusal.clientId());
        }
        if (!refusal.subject().isEmpty() && !refusal.issuer().isEmpty()) {
            count(subjects, new Subject(refusal.issuer(), refusal.subject()));
        }
        if (!refusal.clientAddress().isEmpty()) {
            count(addresses, refusal.clientAddress());
        }
    }

    private static <K> void count(Map<K, LongAdder> counts, K name) {
        LongAdder known = counts.get(name);
        if (known != null) {
            known.increment();
        } else if (counts.size() < MOST) {
            counts.computeIfAbsent(name, unused -> new LongAdder()).increment();
        }
    }

    /** What was counted since the last call. */
    Map<Series, Long> drain() {
        Map<Series, Long> drained = new HashMap<>();
        drain(granted, drained, client -> Series.of(Group.CLIENTS, "granted " + client));
        drain(clients, drained, client -> Series.of(Group.CLIENTS, "refused " + client));
        drain(subjects, drained, subject -> Series.of(Group.SUBJECTS, "refused " + hash(subject)));
        drain(addresses, drained, address -> Series.of(Group.NETWORKS, "refused " + network(address)));
        return drained;
    }

    /** A name that was not counted since the last call is removed. */
    private static <K> void drain(Map<K, LongAdder> counts, Map<Series, Long> drained, Function<K, Series> naming) {
        counts.forEach((name, adder) -> {
            long count = adder.sumThenReset();
            if (count > 0) {
                drained.merge(naming.apply(name), count, Long::sum);
            } else {
                counts.remove(name, adder);
            }
        });
    }

    /** The hash by which revocations name a subject. */
    private static String hash(Subject subject) {
        return Revocation.subject(subject.issuer(), subject.name()).target().substring(0, SHOWN_OF_HASH);
    }

    private static String network(String address) {
        return AddressRange.network(address).map(NameCounts::text).orElse("unknown");
    }

    private static String text(AddressRange network) {
        byte[] bytes = new byte[network.length()];
        byte[] number = network.prefix().shiftLeft(network.shift()).toByteArray();
        for (int i = 1; i <= Math.min(bytes.length, number.length); i++) {
            bytes[bytes.length - i] = number[number.length - i];
        }
        try {
            return InetAddress.getByAddress(bytes).getHostAddress() + "/" + (network.length() * 8 - network.shift());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
        }
    }
}
