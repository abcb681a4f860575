package io.tokenguard.attacks;

import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.DpopProofBuilder;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import io.tokenguard.testkit.TokenBuilder;
import java.util.function.UnaryOperator;

/** Requests with a token that is bound to a key and a proof of that key, good but for what an attack changes. */
final class ProofForge {
    /** What the proofs are for. */
    static final String TARGET = AttackBench.PUBLIC_ADDRESS + "/api/me";

    private static final TestKey HOLDER = TestKey.generate(TestAlgorithm.ES256, "holder");

    private ProofForge() {}

    /** The key that tokens are bound to. */
    static TestKey holder() {
        return HOLDER;
    }

    static TokenBuilder boundToken(AttackBench bench) {
        return bench.token().boundTo(HOLDER);
    }

    static DpopProofBuilder proof(AttackBench bench, TestKey key, String token) {
        return DpopClient.withKey(key, bench.clock()).proof("GET", TARGET).forToken(token);
    }

    /** A request with a proof that is changed before it is signed. */
    static RawRequest proven(AttackBench bench, UnaryOperator<DpopProofBuilder> change) {
        return signed(bench, HOLDER, change, UnaryOperator.identity());
    }

    /** A request with a proof that is changed once it is signed. */
    static RawRequest spoilt(AttackBench bench, UnaryOperator<String> change) {
        return signed(bench, HOLDER, UnaryOperator.identity(), change);
    }

    /** A request with a token that is bound to a key, and a proof of that key. */
    static RawRequest heldBy(AttackBench bench, TestKey key, UnaryOperator<DpopProofBuilder> change) {
        return signed(bench, key, change, UnaryOperator.identity());
    }

    private static RawRequest signed(
            AttackBench bench, TestKey key, UnaryOperator<DpopProofBuilder> change, UnaryOperator<String> after) {
        String token = bench.token().boundTo(key).sign();
        String proof = after.apply(change.apply(proof(bench, key, token)).sign());
        return present(token).header("DPoP", proof);
    }

    static RawRequest present(String token) {
        return RawRequest.get("/api/me").authorization("DPoP " + token);
    }
}
