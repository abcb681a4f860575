package io.tokenguard.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.SetArgs;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state of the server, from one exchange.
 *
 * @param fingerprint identifies the server's processes; changes when one is restarted, promoted or replaced
 * @param epoch the value of the epoch key; empty if there is none
 * @param newestEntry the greatest ID of the stream; {@code 0-0} if there is no stream, null if it is not known
 * @param writing why nothing can be written; null if it can
 * @param isQuick whether it answered within the time that requests wait
 */
record HealthProbe(
        String fingerprint,
        String epoch,
        @Nullable String newestEntry,
        @Nullable Failure writing,
        boolean isQuick) {
    private static final List<String> FACTS = List.of("run_id:", "master_replid:");
    private static final int EPOCH_LENGTH = 127;
    private static final long PROBE_MILLIS = 10_000;

    /**
     * Asks the server.
     *
     * @param limit how long requests wait
     * @throws RedisException if the server does not identify itself
     */
    static HealthProbe take(RedisSession session, KeyLayout keys, Duration limit) throws InterruptedException {
        long start = System.nanoTime();
        Collection<? extends CompletionStage<String>> facts = session.facts();
        CompletionStage<String> epoch = session.commands().getrange(keys.epoch(), 0, EPOCH_LENGTH);
        CompletionStage<List<Object>> stream = session.commands().xinfoStream(keys.revocations());
        CompletionStage<String> probe = session.commands().set(keys.probe(), "1", SetArgs.Builder.px(PROBE_MILLIS));
        List<CompletionStage<?>> all = new ArrayList<>(facts);
        all.addAll(List.of(epoch, stream, probe));
        Answer.await(all);
        return new HealthProbe(
                fingerprint(facts),
                text(epoch),
                newestEntry(stream),
                Answer.trouble(probe),
                System.nanoTime() - start <= limit.toNanos());
    }

    private static String fingerprint(Collection<? extends CompletionStage<String>> facts) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        for (CompletionStage<String> fact : facts) {
            String answer = answered(fact);
            lines.add(Stream.of(answer.split("\r\n", -1))
                    .filter(line -> FACTS.stream().anyMatch(line::startsWith))
                    .reduce("", String::concat));
        }
        lines.sort(null);
        return hash(String.join("\n", lines));
    }

    private static String answered(CompletionStage<String> fact) throws InterruptedException {
        if (!fact.toCompletableFuture().isDone()) {
            throw new RedisException(new TimeoutException());
        }
        String answer = Answer.of(fact);
        return answer == null ? "" : answer;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    /** An epoch that is late is not missing. */
    private static String text(CompletionStage<String> epoch) {
        CompletableFuture<String> future = epoch.toCompletableFuture();
        if (!future.isDone()) {
            throw new RedisException(new TimeoutException());
        }
        String text = future.isCompletedExceptionally() ? null : future.join();
        return text == null ? "" : text;
    }

    /** A missing stream is an error, whose text is the same in every version. */
    private static @Nullable String newestEntry(CompletionStage<List<Object>> stream) {
        CompletableFuture<List<Object>> future = stream.toCompletableFuture();
        if (!future.isDone()) {
            return null;
        }
        return future.handle((facts, failure) -> failure == null ? lastId(facts) : missing(failure))
                .join();
    }

    private static @Nullable String lastId(List<Object> facts) {
        int name = facts.indexOf("last-generated-id");
        return name < 0 ? null : String.valueOf(facts.get(name + 1));
    }

    private static @Nullable String missing(Throwable failure) {
        return String.valueOf(failure.getMessage()).startsWith("ERR no such key") ? EntryId.FIRST : null;
    }
}
