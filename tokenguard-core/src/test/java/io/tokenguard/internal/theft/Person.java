package io.tokenguard.internal.theft;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * One user of the generated population over {@value #DAYS} days, from Monday, 7 January 2030. Office workers (45 %), mobile users
 * (35 %), travellers (8 %), programs (7 %) and people who come seldom (5 %). Things happen to each of them: new devices, other
 * providers, cafés, holidays, busy days, routes that they had not used before.
 */
final class Person {
    static final int DAYS = 30;
    static final long START = 1_893_974_400L;

    private static final int DAY = 86_400;
    private static final int HOUR = 3_600;
    private static final int ROUTES = 40;
    private static final List<String> AGENTS = List.of(
            "Mozilla/5.0 (Windows NT 10.0) Chrome/%d",
            "Mozilla/5.0 (Macintosh) Safari/%d",
            "Mozilla/5.0 (X11) Firefox/%d",
            "ShopApp/%d (iPhone)",
            "ShopApp/%d (Android)",
            "Mozilla/5.0 (iPad) Safari/%d",
            "Mozilla/5.0 (Windows) Edg/%d");

    enum Kind {
        OFFICE,
        MOBILE,
        TRAVELLER,
        PROGRAM,
        SELDOM
    }

    private final SplittableRandom chance;
    private final Kind kind;
    private final List<String> devices = new ArrayList<>();
    private final List<Integer> carrier;
    private final List<Integer> routes;
    private final int office;
    private final int pace;
    private final int zone;
    private int home;
    private int holidayUntil = -1;
    private int abroad;
    private final List<Event> events = new ArrayList<>();
    private long lastSession = START;

    Person(SplittableRandom chance) {
        this.chance = chance;
        int share = chance.nextInt(100);
        this.kind = share < 45
                ? Kind.OFFICE
                : share < 80 ? Kind.MOBILE : share < 88 ? Kind.TRAVELLER : share < 95 ? Kind.PROGRAM : Kind.SELDOM;
        this.home = network();
        this.office = network();
        this.carrier = IntStream.range(0, 3 + chance.nextInt(4))
                .mapToObj(i -> network())
                .toList();
        this.routes = new ArrayList<>(IntStream.range(0, 4 + chance.nextInt(7))
                .mapToObj(i -> chance.nextInt(chance.nextInt(1, ROUTES)))
                .toList());
        this.zone = chance.nextInt(3) * 4 - 5;
        this.pace = 4 + chance.nextInt(14);
        devices.add(kind == Kind.PROGRAM ? "reports-client/%d" : agent());
        if (kind == Kind.MOBILE || chance.nextInt(4) == 0) {
            devices.add(agent());
        }
    }

    private int network() {
        return chance.nextInt(0x10000);
    }

    private String agent() {
        return AGENTS.get(chance.nextInt(AGENTS.size()));
    }

    /** All of the owner's requests, in no order. */
    List<Event> live() {
        for (int day = 0; day < DAYS; day++) {
            happen(day);
            if (isActive(day)) {
                live(day);
            }
        }
        return events;
    }

    private void happen(int day) {
        if (kind == Kind.PROGRAM) {
            return;
        }
        if (chance.nextInt(60) == 0) {
            devices.set(chance.nextInt(devices.size()), agent());
        }
        if (chance.nextInt(30) == 0) {
            home = network();
        }
        if (chance.nextInt(10) == 0) {
            routes.add(chance.nextInt(ROUTES));
        }
        boolean leaves = chance.nextInt(kind == Kind.TRAVELLER ? 6 : 150) == 0;
        if (leaves && day > holidayUntil) {
            holidayUntil = day + 1 + chance.nextInt(kind == Kind.TRAVELLER ? 3 : 8);
            abroad = network();
        }
    }

    private boolean isActive(int day) {
        boolean isWeekend = day % 7 >= 5;
        return switch (kind) {
            case OFFICE -> chance.nextInt(100) < (isWeekend ? 8 : 92);
            case MOBILE -> chance.nextInt(100) < 80;
            case TRAVELLER -> chance.nextInt(100) < (isWeekend ? 30 : 85);
            case PROGRAM -> true;
            case SELDOM -> chance.nextInt(6) == 0;
        };
    }

    private void live(int day) {
        long midnight = START + (long) day * DAY;
        if (kind == Kind.PROGRAM) {
            for (int hour = 0; hour < 24; hour += 2) {
                session(midnight + (long) hour * HOUR, office, devices.get(0), 6 + pace / 2);
            }
            return;
        }
        int busy = chance.nextInt(20) == 0 ? 3 + chance.nextInt(4) : 1;
        int sessions = 1 + chance.nextInt(4);
        for (int i = 0; i < sessions; i++) {
            int local = kind == Kind.OFFICE ? 8 + chance.nextInt(10) : 7 + chance.nextInt(16);
            int shift = day <= holidayUntil && kind != Kind.TRAVELLER ? 6 : 0;
            long start = midnight + (long) (local - zone + shift) * HOUR + chance.nextInt(HOUR);
            String device = devices.get(chance.nextInt(devices.size()));
            session(start, place(day, local), device, (int) (busy * pace * Math.exp(gaussian() * 0.5)));
        }
    }

    private double gaussian() {
        return IntStream.range(0, 12).mapToDouble(i -> chance.nextDouble()).sum() - 6;
    }

    private int place(int day, int hour) {
        if (day <= holidayUntil) {
            return abroad;
        }
        if (chance.nextInt(15) == 0) {
            return network(); // a café
        }
        if (kind == Kind.OFFICE) {
            return day % 7 < 5 && hour < 17 && chance.nextInt(10) < 8 ? office : home;
        }
        return chance.nextBoolean() ? home : carrier.get(chance.nextInt(carrier.size()));
    }

    private void session(long start, int network, String device, int requests) {
        String agent = String.format(device, 100 + (start - START) / DAY / 14);
        long second = start;
        boolean isMoving = kind == Kind.MOBILE && chance.nextInt(5) == 0;
        int moves = isMoving ? requests / 2 : requests;
        int next = isMoving ? place((int) ((start - START) / DAY), 20) : network;
        for (int i = 0; i < Math.max(1, requests); i++) {
            int now = i < moves ? network : next;
            events.add(new Event(second, now, agent, route(), device + second / HOUR, null));
            second += 1 + chance.nextInt(90);
        }
        if (start < START + (DAYS - 1L) * DAY) {
            lastSession = start;
        }
    }

    private int route() {
        return routes.get(chance.nextInt(chance.nextInt(1, routes.size() + 1)));
    }

    /** Somebody uses the token of a session of the last days; its first request is at least ten days after the start. */
    void rob(Theft theft) {
        long after = START + (10L + chance.nextInt(18)) * DAY;
        Event taken = events.stream()
                .filter(event -> event.second() > after)
                .min(Event::compareTo)
                .orElse(new Event(lastSession, home, String.format(devices.get(0), 101), 0, "last", null));
        long at = taken.second() + 60 + chance.nextInt(2_400);
        String script = chance.nextBoolean() ? "curl/8.5" : "python-requests/2.31";
        int elsewhere = network();
        switch (theft) {
            case LOG_REPLAY ->
                steal(
                        theft,
                        at,
                        5 + chance.nextInt(16),
                        30,
                        () -> new Event(0, elsewhere, script, route(), taken.token(), theft));
            case SCRAPING ->
                steal(
                        theft,
                        at,
                        300 + chance.nextInt(1_200),
                        2,
                        () -> new Event(0, network(), script, chance.nextInt(ROUTES), taken.token(), theft));
            case STEALER ->
                steal(
                        theft,
                        at + (5L + chance.nextInt(8)) * HOUR,
                        10 + chance.nextInt(50),
                        20,
                        () -> new Event(
                                0,
                                elsewhere,
                                taken.agent(),
                                chance.nextInt(4) == 0 ? chance.nextInt(ROUTES) : route(),
                                "refreshed",
                                theft));
            case ON_DEVICE ->
                steal(
                        theft,
                        at,
                        pace * (5 + chance.nextInt(26)),
                        2,
                        () -> new Event(
                                0,
                                taken.network(),
                                taken.agent(),
                                chance.nextInt(3) == 0 ? chance.nextInt(ROUTES) : route(),
                                taken.token(),
                                theft));
            case QUIET ->
                steal(theft, at, pace, 60, () -> new Event(0, elsewhere, taken.agent(), route(), taken.token(), theft));
        }
    }

    private void steal(Theft theft, long from, int requests, int pause, java.util.function.Supplier<Event> next) {
        long second = from;
        for (int i = 0; i < requests; i++) {
            Event made = next.get();
            events.add(new Event(second, made.network(), made.agent(), made.route(), made.token(), theft));
            second += chance.nextInt(pause);
        }
    }
}
