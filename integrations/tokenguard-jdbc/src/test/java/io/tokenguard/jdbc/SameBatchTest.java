package io.tokenguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.spi.ReplayStore.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Two guards of a process share the state: of two uses of a proof at once, one is the first. */
class SameBatchTest {
    private static final int PROOFS = 8;
    private static final int ROUNDS = 50;

    @Test
    void oneOfTwoUsesAtOnceIsTheFirst() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2 * PROOFS);
        try (Node node = new Node(new LocalH2(), TestDatabase.prefix())) {
            node.takenProof();
            for (int round = 0; round < ROUNDS; round++) {
                assertThat(firstUses(node, threads)).isEqualTo(PROOFS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Uses each proof twice at once. */
    private static int firstUses(Node node, ExecutorService threads) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(2 * PROOFS);
        List<Future<Use>> uses = new ArrayList<>();
        for (int number = 0; number < PROOFS; number++) {
            byte[] proof = Node.proof();
            for (int i = 0; i < 2; i++) {
                uses.add(threads.submit(() -> {
                    int unusedPlace = barrier.await();
                    return node.use(proof);
                }));
            }
        }
        int first = 0;
        for (Future<Use> use : uses) {
            first += use.get() == Use.FIRST ? 1 : 0;
        }
        return first;
    }
}
