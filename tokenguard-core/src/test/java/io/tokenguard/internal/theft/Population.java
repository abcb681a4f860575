package io.tokenguard.internal.theft;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.internal.theft.BaselineWatch.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs a generated population through both kinds of theft detection, as a guard would: the same users and thefts for a seed,
 * whatever else runs. The first {@code thefts} users are robbed, of each kind as many.
 */
final class Population {
    private static final int HOUR = 3_600;
    private static final List<Theft> KINDS = List.of(Theft.values());

    private final int users;
    private final int thefts;
    private final long seed;
    private final int report;
    private final int response;
    private final BaselineWatch watch;
    private final Map<String, Map<Theft, Integer>> found = new TreeMap<>();
    private final Map<String, Long> falseAlarms = new TreeMap<>();
    private long requests;

    Population(int users, int thefts, long seed, int report, int response) {
        this.users = users;
        this.thefts = thefts;
        this.seed = seed;
        this.report = report;
        this.response = response;
        this.watch = new BaselineWatch(new BaselineTable(), new BaselineLimits(3, report, 2 * users), List.of());
    }

    static final List<String> DETECTORS = List.of("fixed", "report", "response");

    Population run() {
        SplittableRandom all = new SplittableRandom(seed);
        for (int i = 0; i < users; i++) {
            Person person = new Person(all.split());
            List<Event> events = person.live();
            if (i < thefts) {
                person.rob(KINDS.get(i % KINDS.size()));
            }
            events.sort(null);
            observe(i, events);
        }
        return this;
    }

    private void observe(int user, List<Event> events) {
        AtomicLong nanos = new AtomicLong();
        TheftWatch fixed = new TheftWatch(new TheftPolicy(4, 4, 20, Duration.ofMinutes(10), List.of(), nanos::get));
        Set<String> seen = new HashSet<>();
        Map<String, IncomingRequest> known = new HashMap<>();
        for (Event event : events) {
            requests++;
            nanos.set((event.second() - Person.START) * 1_000_000_000L);
            String key = event.network() + event.agent() + event.route();
            IncomingRequest request = known.computeIfAbsent(key, unused -> request(event));
            AccessToken token = token(user, event);
            fixed.passed(request, token, (kind, count) -> alarm("fixed", event, seen, true));
            Place place = new Place("issuer", "route " + event.route(), Instant.ofEpochSecond(event.second()));
            Assessment assessment = watch.assess(request, token, place).orElseThrow();
            if (assessment.score() >= response) {
                alarm("response", event, seen, seen.add("response" + event.second() / HOUR / 24 + event.theft()));
            }
            if (assessment.score() >= report && assessment.isSignalDue()) {
                alarm("report", event, seen, true);
            }
            watch.learn(assessment, token, place);
        }
    }

    private void alarm(String detector, Event event, Set<String> seen, boolean isNew) {
        if (event.theft() == null) {
            falseAlarms.merge(detector, isNew ? 1L : 0L, Long::sum);
        } else if (seen.add(detector + event.theft())) {
            found.computeIfAbsent(detector, unused -> new EnumMap<>(Theft.class))
                    .merge(event.theft(), 1, Integer::sum);
        }
    }

    private static IncomingRequest request(Event event) {
        return IncomingRequest.builder("GET", "/" + event.route())
                .overTls()
                .clientAddress(event.address())
                .header("User-Agent", event.agent())
                .build();
    }

    private static AccessToken token(int user, Event event) {
        return AccessToken.builder("https://issuer.example")
                .subject("user" + user)
                .clientId("shop")
                .presented("token-" + user + "-"
                        + Integer.toHexString(event.token().hashCode()))
                .build();
    }

    int found(String detector, Theft theft) {
        return found.getOrDefault(detector, Map.of()).getOrDefault(theft, 0);
    }

    double falseAlarmsPerDay(String detector) {
        return falseAlarms.getOrDefault(detector, 0L) / (double) Person.DAYS;
    }

    long requests() {
        return requests;
    }

    int thefts(Theft theft) {
        return thefts / Theft.values().length;
    }
}
