package io.tokenguard.internal.limits;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.bounds.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses limits: {@code limit 100/1m per subject [burst 20] [cost 5] [as NAME] [report-only]}, one or more. */
final class LimitReader {
    private static final String REMEDY =
            "write 'limit 100/1m per subject' (or client, issuer, network, address, 'claim NAME'), and behind it any of 'burst 20',"
                    + " 'cost 5', 'as NAME' and report-only; write further limits behind another 'limit'";
    private static final String LIMIT = "limit";
    private static final Pattern RATE = Pattern.compile("(\\d{1,9})/(\\d{1,9}[smhd])");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Duration LONGEST = Duration.ofDays(31);

    /** Bounds the times in answers, which are counted in nanoseconds. */
    private static final Duration LONGEST_REFILL = Duration.ofDays(3_660);

    private final Rate rate;
    private final LimitKey key;
    private Optional<Long> burst = Optional.empty();
    private long cost = 1;
    private String name = "";
    private boolean isReportOnly;

    private LimitReader(Rate rate, LimitKey key) {
        this.rate = rate;
        this.key = key;
    }

    static List<Charge> read(List<String> words) {
        List<Charge> charges = new ArrayList<>();
        int start = 0;
        while (start < words.size()) {
            if (!words.get(start).equals(LIMIT)) {
                throw wrong(words.get(start));
            }
            int next = words.subList(start + 1, words.size()).indexOf(LIMIT);
            int end = next < 0 ? words.size() : start + 1 + next;
            charges.add(readOne(words.subList(start + 1, end).iterator()));
            start = end;
        }
        return charges;
    }

    private static Charge readOne(Iterator<String> words) {
        Rate rate = rate(argument(LIMIT, words));
        String per = argument(LIMIT, words);
        if (!per.equals("per")) {
            throw wrong(per);
        }
        LimitReader reader = new LimitReader(rate, key(argument("per", words), words));
        while (words.hasNext()) {
            reader.readOption(words.next(), words);
        }
        return reader.charge();
    }

    private static Rate rate(String text) {
        Matcher rate = RATE.matcher(text);
        if (!rate.matches()) {
            throw ConfigurationException.of(LIMIT, text, "write requests/period, such as 100/1m or 5/1s");
        }
        long requests = Long.parseLong(rate.group(1));
        Duration period = Durations.read(LIMIT, rate.group(2));
        if (requests == 0 || period.isZero() || period.compareTo(LONGEST) > 0) {
            throw ConfigurationException.of(
                    LIMIT, text, "write 1 to 999999999 requests, and a period between 1s and 31d");
        }
        return new Rate(requests, period, requests);
    }

    private static LimitKey key(String word, Iterator<String> words) {
        return switch (word) {
            case "subject" -> LimitKey.of(LimitKey.Kind.SUBJECT);
            case "client" -> LimitKey.of(LimitKey.Kind.CLIENT);
            case "issuer" -> LimitKey.of(LimitKey.Kind.ISSUER);
            case "network" -> LimitKey.of(LimitKey.Kind.NETWORK);
            case "address" -> LimitKey.of(LimitKey.Kind.ADDRESS);
            case "claim" -> LimitKey.ofClaim(argument(word, words));
            default -> throw wrong(word);
        };
    }

    private void readOption(String word, Iterator<String> words) {
        switch (word) {
            case "burst" -> burst = Optional.of(number(word, words));
            case "cost" -> cost = number(word, words);
            case "as" -> name = name(argument(word, words));
            case "report-only" -> isReportOnly = true;
            default -> throw wrong(word);
        }
    }

    private static long number(String word, Iterator<String> words) {
        String text = argument(word, words);
        if (!NUMBER.matcher(text).matches() || Long.parseLong(text) == 0) {
            throw ConfigurationException.of(
                    LIMIT, text, "write a number between 1 and 999999999 behind '" + word + "'");
        }
        return Long.parseLong(text);
    }

    private static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw ConfigurationException.of(LIMIT, text, "name a limit by up to 64 letters, digits and any of '_.-'");
        }
        return text;
    }

    private Charge charge() {
        long most = burst.orElse(rate.requests());
        if (cost > most) {
            throw ConfigurationException.of(
                    LIMIT,
                    "cost " + cost,
                    "a request that costs more than " + most + " is never allowed; lower the cost, or raise the burst");
        }
        Duration refill = rate.period().multipliedBy(most).dividedBy(rate.requests());
        if (refill.compareTo(LONGEST_REFILL) > 0) {
            throw ConfigurationException.of(
                    LIMIT,
                    "burst " + most,
                    "its refill would take " + refill.toDays() + "d, at most " + LONGEST_REFILL.toDays()
                            + "d are possible; lower the burst, or raise the rate");
        }
        return Charge.of(new Limit(name, new Rate(rate.requests(), rate.period(), most), key, isReportOnly), cost);
    }

    private static String argument(String word, Iterator<String> words) {
        if (!words.hasNext()) {
            throw ConfigurationException.of(LIMIT, word, "'" + word + "' needs a value behind it; " + REMEDY);
        }
        return words.next();
    }

    private static ConfigurationException wrong(String word) {
        return ConfigurationException.of(LIMIT, word, "'" + word + "' is not part of a limit here; " + REMEDY);
    }
}
