package io.tokenguard.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails the test class after which some log event, of whatever logger and level, showed a token. On for every class. */
public final class NoTokenInLogs implements BeforeAllCallback, AfterAllCallback {
    /** The logger whose events may look like a token: it proves that they would be found. */
    public static final String CANARY = "somebody.else";

    private static final AtomicLong CHECKS = new AtomicLong();

    /** How often the log was checked in this process. */
    public static long checks() {
        return CHECKS.get();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        check();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        check();
    }

    private static void check() {
        CHECKS.incrementAndGet();
        assertThat(RecordedLog.leaks())
                .as("log events that show a token")
                .allMatch(event -> event.logger().equals(CANARY));
    }
}
