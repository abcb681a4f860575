package io.tokenguard.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.audit.LineLimit;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Snapshots on disks that block, with tasks that run when the test says so. */
class SnapshotSaverTest {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<String> saved = new ArrayList<>();
    private final SnapshotSaver saver = new SnapshotSaver(
            tasks::addLast,
            new KeyAlarm(
                    "https://issuer.example.com",
                    "",
                    LineLimit.usual("snapshots", System::nanoTime),
                    LoadListener.NONE,
                    SignatureAlgorithm.defaults()));

    private void runAll() {
        while (!tasks.isEmpty()) {
            tasks.removeFirst().run();
        }
    }

    @Test
    void savesInTheBackground() {
        saver.save(() -> saved.add("first"));
        assertThat(saved).isEmpty();
        runAll();
        assertThat(saved).containsExactly("first");
    }

    @Test
    void skipsASaveThatANewerOneOvertakes() {
        saver.save(() -> saved.add("first"));
        saver.save(() -> saved.add("second"));
        assertThat(tasks).hasSize(1);
        runAll();
        assertThat(saved).containsExactly("second");
    }

    @Test
    void startsNoSecondSaveWhileOneHangsAndThenSavesTheNewest() {
        saver.save(() -> {
            saver.save(() -> saved.add("second"));
            saver.save(() -> saved.add("third"));
            assertThat(tasks).isEmpty();
            saved.add("first");
        });
        runAll();
        assertThat(saved).containsExactly("first", "third");
    }

    @Test
    void goesOnAfterAFailure() {
        saver.save(() -> {
            throw new IOException("disk full");
        });
        runAll();
        saver.save(() -> saved.add("second"));
        runAll();
        assertThat(saved).containsExactly("second");
    }

    @Test
    void savesNothingOnceTheThreadsHaveEnded() {
        SnapshotSaver ended = new SnapshotSaver(
                task -> {
                    throw new RejectedExecutionException();
                },
                new KeyAlarm(
                        "https://issuer.example.com",
                        "",
                        LineLimit.usual("snapshots", System::nanoTime),
                        LoadListener.NONE,
                        SignatureAlgorithm.defaults()));
        ended.save(() -> saved.add("first"));
        assertThat(saved).isEmpty();
    }
}
