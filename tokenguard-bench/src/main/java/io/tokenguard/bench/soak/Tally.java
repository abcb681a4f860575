package io.tokenguard.bench.soak;

import io.tokenguard.access.Decision;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** What was answered, how fast, and what was wrong. Thread-safe. */
final class Tally {
    private static final int DIGITS = 2;

    private final Map<String, LongAdder> answers = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> wrong = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> late = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> needless = new ConcurrentSkipListMap<>();
    private final Recorder nanos = new Recorder(DIGITS);

    /** Counts an answer; a token of this kind should have got it. */
    void expected(String kind, Decision decision) {
        count(answers, kind + ": " + text(decision));
    }

    /** Counts an answer that a token of this kind should not have got. */
    void wrong(String kind, Decision decision) {
        count(wrong, kind + ": " + text(decision));
    }

    /** Counts a 503 for a good token of this kind while nothing was disturbed. */
    void needless(String kind, Decision decision) {
        count(needless, kind + ": " + text(decision));
    }

    /** Counts an answer to a token that must not be accepted. */
    void answered(String kind, Decision decision) {
        count(decision instanceof Decision.Granted ? wrong : answers, kind + ": " + text(decision));
    }

    /** Counts a token that another node has revoked and this one still accepts. */
    void late(String kind, Decision decision) {
        count(late, kind + ": " + text(decision));
    }

    /** Counts a call that ended in an exception. */
    void failed(String kind, Throwable failure) {
        count(wrong, kind + ": " + failure);
    }

    void took(long duration) {
        nanos.recordValue(Math.max(0, duration));
    }

    private static void count(Map<String, LongAdder> counts, String key) {
        counts.computeIfAbsent(key, unseen -> new LongAdder()).increment();
    }

    private static String text(Decision decision) {
        return decision instanceof Decision.Refused refused
                ? refused.challenge().status() + " " + refused.refusal().reason()
                : "granted";
    }

    Map<String, LongAdder> answers() {
        return answers;
    }

    Map<String, LongAdder> wrongAnswers() {
        return wrong;
    }

    Map<String, LongAdder> lateAnswers() {
        return late;
    }

    Map<String, LongAdder> needlessAnswers() {
        return needless;
    }

    Histogram durations() {
        return nanos.getIntervalHistogram();
    }
}
