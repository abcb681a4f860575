package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No bit of a token can be changed: whatever part it is in, and whether it is flipped on the wire or ahead of encoding. */
class BitFlipTest {
    private static final AtomicInteger CASES = new AtomicInteger();
    private static TestIssuer issuer;
    private static TokenGuard guard;

    @BeforeAll
    static void buildGuard() {
        TestAlgorithm[] algorithms = TestAlgorithm.defaults().stream()
                .filter(algorithm -> algorithm != TestAlgorithm.ED25519)
                .toArray(TestAlgorithm[]::new);
        issuer = TestIssuer.builder().algorithms(algorithms).start();
        guard = TokenGuard.builder()
                .issuer(GuardedIssuer.trusted(issuer).build())
                .build();
    }

    @AfterAll
    static void close() {
        guard.close();
        issuer.close();
        assertThat(CASES).as("cases that were tried").hasValueGreaterThan(Thoroughness.isFull() ? 80_000 : 20_000);
    }

    private static CompactToken goodToken(TestAlgorithm algorithm) throws RefusedException {
        TestAlgorithm published = algorithm == TestAlgorithm.ED25519 ? TestAlgorithm.EDDSA : algorithm;
        String token = issuer.token()
                .algorithm(published)
                .header("alg", algorithm.joseName())
                .sign();
        assertThat(guard.validate(token).subject()).contains("alice");
        return CompactToken.parse(token);
    }

    @ParameterizedTest
    @EnumSource(value = TestAlgorithm.class, to = "ED25519")
    void refusesEveryBitFlippedOnTheWire(TestAlgorithm algorithm) throws RefusedException {
        String token = goodToken(algorithm).compact();
        bits(algorithm, token.length()).forEach(bit -> {
            char[] flipped = token.toCharArray();
            flipped[bit / 8] ^= (char) (1 << (bit % 8));
            assertRefused(String.valueOf(flipped));
        });
    }

    @ParameterizedTest
    @EnumSource(value = TestAlgorithm.class, to = "ED25519")
    void refusesEveryBitFlippedInTheDecodedSignature(TestAlgorithm algorithm) throws RefusedException {
        CompactToken token = goodToken(algorithm);
        bits(algorithm, token.signatureBytes().length)
                .forEach(bit -> assertThat(assertRefused(token.flipBit(bit).compact()))
                        .isEqualTo(RefusalReason.SIGNATURE_INVALID));
    }

    @ParameterizedTest
    @EnumSource(value = TestAlgorithm.class, to = "ED25519")
    void refusesEveryBitFlippedInTheDecodedHeader(TestAlgorithm algorithm) throws RefusedException {
        CompactToken token = goodToken(algorithm);
        flips(algorithm, token.header())
                .forEach(header -> assertRefused(token.withHeader(header).compact()));
    }

    @ParameterizedTest
    @EnumSource(value = TestAlgorithm.class, to = "ED25519")
    void refusesEveryBitFlippedInTheDecodedPayload(TestAlgorithm algorithm) throws RefusedException {
        CompactToken token = goodToken(algorithm);
        flips(algorithm, token.payload())
                .forEach(payload -> assertRefused(token.withPayload(payload).compact()));
    }

    private static Stream<String> flips(TestAlgorithm algorithm, String part) {
        byte[] bytes = Base64.getUrlDecoder().decode(part);
        return bits(algorithm, bytes.length).mapToObj(bit -> {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(flipped);
        });
    }

    /**
     * Every bit; one of each octet, chosen by chance, of the algorithms that take long, and without {@link Thoroughness} of all
     * but one with RSA and one with a curve.
     */
    private static IntStream bits(TestAlgorithm algorithm, int octets) {
        Random random = new Random(octets);
        return switch (algorithm) {
            case ES384, ES512 -> oneOfEach(octets, random);
            case RS256, ES256 -> IntStream.range(0, 8 * octets);
            default -> Thoroughness.isFull() ? IntStream.range(0, 8 * octets) : oneOfEach(octets, random);
        };
    }

    private static IntStream oneOfEach(int octets, Random random) {
        return IntStream.range(0, octets).map(octet -> 8 * octet + random.nextInt(8));
    }

    @Test
    void refusesEveryTokenCutShort() throws RefusedException {
        String token = goodToken(TestAlgorithm.ES512).compact();
        for (int length = 0; length < token.length(); length++) {
            assertRefused(token.substring(0, length));
        }
    }

    @Test
    void refusesEveryCharacterDoubledOrLeftOut() throws RefusedException {
        String token = goodToken(TestAlgorithm.EDDSA).compact();
        for (int at = 0; at < token.length(); at++) {
            assertRefused(token.substring(0, at) + token.charAt(at) + token.substring(at));
            assertRefused(token.substring(0, at) + token.substring(at + 1));
        }
    }

    @Test
    void refusesTwoNeighboursExchanged() throws RefusedException {
        byte[] token = goodToken(TestAlgorithm.ES256).compact().getBytes(StandardCharsets.US_ASCII);
        for (int at = 1; at < token.length; at++) {
            if (token[at - 1] != token[at]) {
                byte[] exchanged = token.clone();
                exchanged[at - 1] = token[at];
                exchanged[at] = token[at - 1];
                assertRefused(new String(exchanged, StandardCharsets.US_ASCII));
            }
        }
    }

    /**
     * Refused as a token that is not good: neither granted, nor ended by an exception. A changed key ID may name a key that is
     * not loaded yet: that is not decided before the next load.
     */
    private static RefusalReason assertRefused(String token) {
        CASES.incrementAndGet();
        try {
            AccessToken granted = guard.validate(token);
            throw new AssertionError("granted to " + granted.subject());
        } catch (RefusedException refused) {
            boolean namesAnotherKey = refused.reason() == RefusalReason.KEYS_UNAVAILABLE;
            assertThat(namesAnotherKey || refused.reason().status() == 401)
                    .as(refused.reason().name())
                    .isTrue();
            return refused.reason();
        }
    }
}
