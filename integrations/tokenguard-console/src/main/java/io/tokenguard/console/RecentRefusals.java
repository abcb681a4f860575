package io.tokenguard.console;

import io.tokenguard.access.Refusal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.LongStream;

/** The last 100 refusals, with the fields of their audit events. No lock. */
final class RecentRefusals {
    private static final int MOST = 100;

    private final AtomicReferenceArray<Event> events = new AtomicReferenceArray<>(MOST);
    private final AtomicLong count = new AtomicLong();

    /**
     * A refusal.
     *
     * @param at when
     * @param name the name of the audit event
     * @param refusal why
     */
    private record Event(Instant at, String name, Refusal refusal) {
        Map<String, Object> document() {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("at", at);
            document.put("event", name);
            document.put("fields", refusal.fields());
            return document;
        }
    }

    void add(Instant at, String name, Refusal refusal) {
        events.set((int) (count.getAndIncrement() % MOST), new Event(at, name, refusal));
    }

    /** The last first. */
    List<Map<String, Object>> document() {
        long newest = count.get();
        return LongStream.range(Math.max(0, newest - MOST), newest)
                .map(index -> Math.max(0, newest - MOST) + newest - 1 - index)
                .mapToObj(index -> events.get((int) (index % MOST)))
                .filter(Objects::nonNull)
                .map(Event::document)
                .toList();
    }
}
