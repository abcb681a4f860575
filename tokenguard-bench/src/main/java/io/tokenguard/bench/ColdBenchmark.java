package io.tokenguard.bench;

import io.tokenguard.bench.peer.Admission;
import io.tokenguard.bench.peer.BareSignature;
import io.tokenguard.bench.peer.Library;
import io.tokenguard.bench.peer.Peer;
import io.tokenguard.bench.token.CryptoProvider;
import io.tokenguard.bench.token.SigningAlgorithm;
import io.tokenguard.bench.token.TokenMint;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to validate a token that nobody has seen before? About 1 000 characters under RSA, 742 otherwise. Each
 * library gets the same ring of tokens, in its own process; the floor in the same run is the bare verification of signatures
 * that lie ready in bytes. A library that does not know an algorithm has no figure.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ColdBenchmark {
    private static final int RING = 256;

    /** A library that has shown that it refuses bad tokens. */
    @State(Scope.Thread)
    public static class Contestant {
        /** Who validates. */
        @Param
        public Library library;

        /** What signed the tokens. */
        @Param
        public SigningAlgorithm algorithm;

        private Peer peer;
        private String[] ring;
        private int next;

        /** Mints, and tries the library. */
        @Setup
        public void open() throws Exception {
            TokenMint mint = TokenMint.of(algorithm);
            peer = Admission.admit(library.open(mint.trust()), mint);
            ring = mint.tokens(RING).toArray(String[]::new);
            for (String token : ring) {
                peer.validate(token);
            }
        }

        /** Closes the library. */
        @TearDown
        public void close() {
            peer.close();
        }

        private Object validateNext() throws Exception {
            return peer.validate(ring[next++ & (RING - 1)]);
        }
    }

    /** The floor: signatures, and nothing else. */
    @State(Scope.Thread)
    public static class Floor {
        /** What signed the tokens. */
        @Param
        public SigningAlgorithm algorithm;

        /** Who computes. */
        @Param({"jdk", "AmazonCorrettoCryptoProvider", "Conscrypt"})
        public String provider;

        private BareSignature[] ring;
        private int next;

        /** Mints, and takes the tokens apart. */
        @Setup
        public void open() throws GeneralSecurityException {
            TokenMint mint = TokenMint.of(algorithm);
            ring = BareSignature.ofAll(mint.tokens(RING), mint.trust(), CryptoProvider.named(provider));
        }

        private BareSignature next() {
            return ring[next++ & (RING - 1)];
        }
    }

    /** One token by one library. */
    @Benchmark
    public Object validate(Contestant contestant) throws Exception {
        return contestant.validateNext();
    }

    /** One signature, by an engine that is fetched and initialised for it. */
    @Benchmark
    public boolean floorSignature(Floor floor) throws GeneralSecurityException {
        return floor.next().verify();
    }

    /** One signature, by an engine that was initialised once. */
    @Benchmark
    public boolean floorSignatureReused(Floor floor) throws GeneralSecurityException {
        return floor.next().verifyByReused();
    }
}
