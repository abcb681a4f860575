package io.tokenguard.access;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;

/** Reads the time of a condition, such as {@code Mon-Fri 08:00-18:00 Europe/Berlin}. */
final class PeriodWords {
    private static final String REMEDY =
            "write days, times of the day, or both, and a time zone, such as 'during Mon-Fri 08:00-18:00 Europe/Berlin'";
    private static final int LENGTH_OF_TIMES = "08:00-18:00".length();
    private static final int LENGTH_OF_TIME = "08:00".length();

    private PeriodWords() {}

    static TimeCriterion read(RuleScanner words) {
        String first = next(words);
        Set<DayOfWeek> days = EnumSet.allOf(DayOfWeek.class);
        boolean isTime = Character.isDigit(first.charAt(0));
        if (!isTime) {
            days = days(words, first);
        }
        String second = isTime ? first : next(words);
        if (!Character.isDigit(second.charAt(0))) {
            return new TimeCriterion(days, 0, TimeCriterion.MINUTES_OF_DAY, zone(words, second));
        }
        int start = minute(words, second, 0);
        int end = minute(words, second, LENGTH_OF_TIME + 1);
        if (second.length() != LENGTH_OF_TIMES || second.charAt(LENGTH_OF_TIME) != '-' || start == end) {
            throw words.wrong("write two different times of the day, such as 08:00-18:00");
        }
        if (start == TimeCriterion.MINUTES_OF_DAY) {
            throw words.wrong("a period begins at 00:00, not at 24:00");
        }
        return new TimeCriterion(days, start, end, zone(words, next(words)));
    }

    private static String next(RuleScanner words) {
        if (!words.hasMore() || words.isAt("or") || words.isAt("report-only")) {
            throw words.wrongNext(REMEDY);
        }
        String word = words.value();
        if (word.isEmpty()) {
            throw words.wrong(REMEDY);
        }
        return word;
    }

    private static Set<DayOfWeek> days(RuleScanner words, String list) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : RuleWords.parts(list)) {
            int dash = part.indexOf('-');
            DayOfWeek first = day(words, dash < 0 ? part : part.substring(0, dash));
            DayOfWeek last = dash < 0 ? first : day(words, part.substring(dash + 1));
            days.add(first);
            for (DayOfWeek day = first; day != last; ) {
                day = day.plus(1);
                days.add(day);
            }
        }
        return days;
    }

    private static DayOfWeek day(RuleScanner words, String name) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (TimeCriterion.name(day).equals(name)) {
                return day;
            }
        }
        throw words.wrong(
                "write days as Mon, Tue, Wed, Thu, Fri, Sat and Sun, such as Mon-Fri or Mon,Wed; then the times of the"
                        + " day and a time zone");
    }

    /** The minute of the day that five characters state. */
    private static int minute(RuleScanner words, String times, int at) {
        boolean isLongEnough = times.length() >= at + LENGTH_OF_TIME;
        int hour = isLongEnough ? number(times, at) : -1;
        int minute = isLongEnough && times.charAt(at + 2) == ':' ? number(times, at + 3) : -1;
        boolean isTime = hour >= 0 && minute >= 0 && minute < 60 && hour * 60 + minute <= TimeCriterion.MINUTES_OF_DAY;
        if (!isTime) {
            throw words.wrong("write times of the day such as 08:00-18:00, from 00:00 to 24:00");
        }
        return hour * 60 + minute;
    }

    /** Two digits; negative if they are none. */
    private static int number(String text, int at) {
        String digits = text.substring(at, at + 2);
        return digits.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(digits) : -1;
    }

    private static ZoneId zone(RuleScanner words, String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw words.wrong("there is no such time zone; write one such as Europe/Berlin or UTC");
        }
    }
}
