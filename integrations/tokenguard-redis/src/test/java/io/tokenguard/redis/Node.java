package io.tokenguard.redis;

import static org.awaitility.Awaitility.await;

import io.tokenguard.access.Revocation;
import io.tokenguard.spi.ReplayStore.Use;
import io.tokenguard.spi.SharedState.Terms;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One of several nodes that share a state, without a guard on top. */
final class Node implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Set<Revocation> seen = ConcurrentHashMap.newKeySet();
    private final RedisState state;

    Node(URI address) {
        this(RedisAddress.parse(address), terms());
        awaitProofs();
    }

    Node(RedisAddress address, Terms terms) {
        state = RedisState.open(address, terms);
        state.revocations().follow(seen::add);
    }

    static Terms terms() {
        return new Terms(Clock.systemUTC());
    }

    /** Waits until the second of the epoch is over: a proof says the second in which it was made. */
    Node awaitProofs() {
        await().ignoreExceptions().until(() -> use(proof()) == Use.FIRST);
        return this;
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

    RedisState state() {
        return state;
    }

    Set<Revocation> seen() {
        return seen;
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

    @Override
    public void close() {
        state.close();
    }
}
