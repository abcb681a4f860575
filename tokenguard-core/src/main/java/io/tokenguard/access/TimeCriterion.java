package io.tokenguard.access;

import io.tokenguard.access.AccessRequirement.Condition.Facts;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether it is a certain time of the week, by the wall clock of a time zone: an hour that its clocks skip never comes, and
 * one that they repeat comes twice.
 *
 * @param days the days on which a period begins
 * @param start the minute of the day when it begins, inclusive
 * @param end the minute when it ends, exclusive; on the next day if it is not later than the start
 * @param zone the time zone
 */
record TimeCriterion(Set<DayOfWeek> days, int start, int end, ZoneId zone) implements Criterion {
    static final int MINUTES_OF_DAY = 1_440;

    TimeCriterion {
        days = Collections.unmodifiableSet(EnumSet.copyOf(days));
    }

    @Override
    public Truth evaluate(Facts facts) {
        ZonedDateTime now = facts.attempt().now().atZone(zone);
        int minute = now.getHour() * 60 + now.getMinute();
        boolean isDay = days.contains(now.getDayOfWeek());
        if (start < end) {
            return Truth.of(isDay && minute >= start && minute < end);
        }
        boolean beganYesterday = days.contains(now.getDayOfWeek().minus(1));
        return Truth.of((isDay && minute >= start) || (beganYesterday && minute < end));
    }

    @Override
    public String topic() {
        return "during";
    }

    @Override
    public String notation() {
        String names = days.size() == DayOfWeek.values().length
                ? ""
                : days.stream().map(TimeCriterion::name).collect(Collectors.joining(",")) + " ";
        return "during " + names + time(start) + "-" + time(end) + " " + zone.getId();
    }

    static String name(DayOfWeek day) {
        return day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    }

    private static String time(int minute) {
        return digits(minute / 60) + ":" + digits(minute % 60);
    }

    private static String digits(int number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }

    @Override
    public String found(Facts facts) {
        ZonedDateTime now = facts.attempt().now().atZone(zone);
        return name(now.getDayOfWeek()) + " " + time(now.getHour() * 60 + now.getMinute()) + " " + zone.getId();
    }

    @Override
    public List<String> lists() {
        return List.of();
    }
}
