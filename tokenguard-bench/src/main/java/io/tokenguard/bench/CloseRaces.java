package io.tokenguard.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenguard.bench.http.Guarding;
import io.tokenguard.bench.http.LoopbackClient;
import io.tokenguard.bench.http.OrdersServer;
import io.tokenguard.bench.peer.Admission;
import io.tokenguard.bench.peer.BareSignature;
import io.tokenguard.bench.peer.GuardSettings;
import io.tokenguard.bench.peer.Library;
import io.tokenguard.bench.peer.Peer;
import io.tokenguard.bench.token.CryptoProvider;
import io.tokenguard.bench.token.SigningAlgorithm;
import io.tokenguard.bench.token.TokenMint;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.infra.Blackhole;

/**
 * How near is TokenGuard to what it can't go below? Where two differ by a few per cent, what else a machine does differs more
 * from one minute to the next: here they take short turns, and what counts is the median over neighbouring turns. JMH's
 * benchmarks answer the same questions in absolute figures.
 */
public final class CloseRaces {
    private static final int RING = 256;
    private static final int TOKENS = 1_000;
    private static final int ROUNDS = 40;

    private final Blackhole sink = new Blackhole(
            "Today's password is swordfish. I understand instantiating Blackholes directly is dangerous.");
    private final Map<String, String> results = new LinkedHashMap<>();

    private CloseRaces() {}

    /**
     * Measures and prints.
     *
     * @param arguments the file to write to, if any
     */
    public static void main(String[] arguments) throws Exception {
        CloseRaces races = new CloseRaces();
        races.runAll();
        races.results.forEach((race, result) -> System.out.println(race + ": " + result));
        if (arguments.length > 0) {
            new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValue(Path.of(arguments[0]).toFile(), races.results);
        }
    }

    private void runAll() throws Exception {
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            for (Library library :
                    List.of(Library.TOKENGUARD_VALIDATE, Library.TOKENGUARD_CORRETTO, Library.TOKENGUARD_CONSCRYPT)) {
                if (library.knows(algorithm)) {
                    validate(algorithm, library);
                }
            }
        }
        request();
    }

    /** A new token, beside its signature alone by an engine that is used over and over. */
    private void validate(SigningAlgorithm algorithm, Library library) throws Exception {
        TokenMint mint = TokenMint.of(algorithm);
        String[] tokens = mint.tokens(RING).toArray(String[]::new);
        CryptoProvider provider = library.provider();
        BareSignature[] bare = BareSignature.ofAll(List.of(tokens), mint.trust(), provider);
        try (Peer guard = Admission.admit(library.open(mint.trust()), mint)) {
            Race race = new Race(
                    turn -> sink.consume(bare[turn % RING].verifyByReused()),
                    turn -> sink.consume(guard.validate(tokens[turn % RING])));
            results.put(
                    "validating a new " + algorithm.joseName() + " token, against its bare signature ("
                            + provider.title() + ")",
                    race.run(ROUNDS).toString());
        }
    }

    /** A whole request over loopback whose token is remembered, beside the same without a guard. */
    private void request() throws Exception {
        TokenMint mint = TokenMint.of(SigningAlgorithm.RS256);
        byte[][] requests = mint.tokens(TOKENS).stream()
                .map(token -> LoopbackClient.request(GuardSettings.PATH, "Bearer " + token))
                .toArray(byte[][]::new);
        for (Guarding guarding : List.of(Guarding.EMPTY, Guarding.TOKENGUARD)) {
            try (OrdersServer open = new OrdersServer(Guarding.NONE, mint.trust());
                    OrdersServer guarded = new OrdersServer(guarding, mint.trust());
                    LoopbackClient one = new LoopbackClient(open.port());
                    LoopbackClient other = new LoopbackClient(guarded.port())) {
                Race race = new Race(
                        turn -> requireOk(one.send(requests[turn % TOKENS])),
                        turn -> requireOk(other.send(requests[turn % TOKENS])));
                results.put(
                        "a request over loopback behind " + guarding.title() + ", against an unguarded one",
                        race.run(2 * ROUNDS).toString());
            }
        }
    }

    private static void requireOk(int status) {
        if (status != 200) {
            throw new IllegalStateException("A request was answered by " + status);
        }
    }
}
