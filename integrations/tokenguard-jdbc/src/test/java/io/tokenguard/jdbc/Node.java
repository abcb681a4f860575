package io.tokenguard.jdbc;

import static org.awaitility.Awaitility.await;

import io.tokenguard.access.Revocation;
import io.tokenguard.spi.ReplayStore.Use;
import io.tokenguard.spi.SharedState.Terms;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** One of several nodes that share a state, without a guard on top. */
final class Node implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Set<Revocation> seen = ConcurrentHashMap.newKeySet();
    private final JdbcState state;

    Node(TestDatabase database, String prefix) {
        this(database, prefix, terms());
    }

    Node(TestDatabase database, String prefix, Terms terms) {
        this(JdbcState.open(database.dataSource()::getConnection, new Tables(prefix), terms));
    }

    Node(JdbcState state) {
        this.state = state;
        state.revocations().follow(seen::add);
    }

    static Terms terms() {
        return new Terms(Clock.systemUTC());
    }

    static byte[] proof() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    static byte[] proof(long number) {
        return ByteBuffer.allocate(32)
                .putLong(number * 0x9E3779B97F4A7C15L)
                .putLong(number)
                .array();
    }

    static Revocation revocation(String name) {
        return Revocation.token("https://issuer.example.com", name)
                .until(Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.MILLIS));
    }

    JdbcState state() {
        return state;
    }

    Set<Revocation> seen() {
        return seen;
    }

    boolean publish(Revocation revocation) {
        return state.revocations().publish(revocation);
    }

    /** Uses a proof that was made now. */
    Use use(byte[] proof) {
        return use(proof, Instant.now());
    }

    Use use(byte[] proof, Instant madeAt) {
        return use(proof, madeAt, madeAt.plusSeconds(65));
    }

    Use use(byte[] proof, Instant madeAt, Instant forgetAt) {
        return state.replays().use(proof, madeAt, forgetAt);
    }

    /** Uses new proofs until one is taken: a slow machine may miss the 50 ms. */
    byte[] takenProof() {
        AtomicReference<byte[]> taken = new AtomicReference<>();
        await().pollDelay(Duration.ZERO).until(() -> {
            taken.set(proof());
            return use(taken.get()) == Use.FIRST;
        });
        return taken.get();
    }

    @Override
    public void close() {
        state.close();
    }
}
