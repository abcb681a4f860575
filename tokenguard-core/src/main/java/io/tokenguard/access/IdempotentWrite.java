package io.tokenguard.access;

import io.tokenguard.access.Decision.Challenge;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A granted request that happens once for each {@code Idempotency-Key} (draft-ietf-httpapi-idempotency-key-header).
 *
 * <p>For adapters, which call {@link #refusal}, {@link #begin} and, if the request is to run, exactly one of {@link #end},
 * {@link #endUnstored} and {@link #abandon}. An application finds it in the request attribute or property that has the name of
 * this class, and needs it only to store the answer in a transaction of its own. For one request; not thread-safe.
 */
public interface IdempotentWrite {
    /** How a request goes on. */
    sealed interface Start {
        /** It is the first one with its key: the application runs. */
        record Run() implements Start {}

        /** It was answered before: the answer is sent again, and the application does not run. */
        record Repeat(Answer answer) implements Start {}

        /** It must not run. */
        record Refuse(Challenge challenge) implements Start {}
    }

    /**
     * An answer of the application.
     *
     * @param status the HTTP status
     * @param fields the header fields; only those that may be stored are kept
     * @param body the body; not changed
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on once and never changed
    record Answer(int status, Map<String, List<String>> fields, byte[] body) {
        /** Copies the header fields. */
        public Answer {
            fields = fields.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, field -> List.copyOf(field.getValue())));
        }

        /** Shows the status only. */
        @Override
        public String toString() {
            return "Answer[" + status + "]";
        }
    }

    /**
     * What an application writes into its own transaction, such as with {@code JdbcWrites}.
     *
     * @param key identifies the write: 43 characters
     * @param owner identifies this attempt
     * @param record the stored form of the answer; at most 1000000 characters
     * @param forgetAt when it may be removed
     */
    record Receipt(String key, String owner, String record, Instant forgetAt) {
        /** Shows nothing: the record contains an answer. */
        @Override
        public String toString() {
            return "Receipt[not shown]";
        }
    }

    /** Why the request can't run: its key is missing or malformed. Asked before the body is read. */
    Optional<Challenge> refusal();

    /** How many bytes of the body the adapter reads before {@link #begin}, if there are as many. */
    int maxBody();

    /** How many bytes of the answer's body are stored at most. */
    int maxAnswer();

    /**
     * Claims the key. Waits for the store for a bounded time.
     *
     * @param head the start of the body: all of it, unless it has {@link #maxBody} bytes
     * @param rest what follows; read only to compare it with a body that was longer than the head
     * @throws IOException if the rest can't be read
     */
    Start begin(byte[] head, InputStream rest) throws IOException;

    /** The application has read further bytes of the body, behind the head. They are hashed, and not kept. */
    void read(byte[] bytes, int from, int count);

    /**
     * Refuses a form that the adapter can't hash: one in parts, or one that is longer than {@link #maxBody} and that the
     * container parses.
     */
    Challenge refuseForm();

    /** Stores the answer; after 401, 403, 407, 408, 425, 429 or 5xx, releases the key instead. Called before the answer is sent. Never throws. */
    void end(Answer answer);

    /** The same for an answer that is too long to be stored: later requests with the key get 409. */
    void endUnstored(int status);

    /** The application failed without an answer: releases the key. Never throws. */
    void abandon();

    /**
     * What to store if the application stores its answer itself, with the effect in one transaction. {@link #end} then changes
     * nothing.
     *
     * @param answer what later requests get
     */
    Receipt receipt(Answer answer);
}
