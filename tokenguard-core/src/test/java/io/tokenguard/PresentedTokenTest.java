package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Revocation;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TokenBuilder;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token that the guard accepts is refused once its text was revoked, and so is every copy of it. */
class PresentedTokenTest {
    private static final int ROUNDS = 50;
    private static final BigInteger ORDER =
            new BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16);
    private static final TestAlgorithm[] ALGORITHMS = {TestAlgorithm.ES256, TestAlgorithm.RS256, TestAlgorithm.EDDSA};
    private static TestIssuer issuer;
    private static TokenGuard guard;

    @BeforeAll
    static void buildGuard() {
        issuer = TestIssuer.builder().algorithms(ALGORITHMS).start();
        guard = GuardedIssuer.guarding(issuer).build();
    }

    @AfterAll
    static void close() {
        guard.close();
        issuer.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void isRefusedOnceItsTextWasRevoked(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            String token = generated(random);
            assertThat(decide(token)).as(token).isNull();
            guard.revoke(Revocation.presented(pasted(random, token)));
            assertThat(decide(token)).as(token).isEqualTo(RefusalReason.REVOKED);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void isRefusedUnderItsOtherSignatureToo(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            String token = spaced(random, issuer.token().algorithm(TestAlgorithm.ES256));
            String twin = withTheOtherSignature(token);
            assertThat(decide(twin)).as(twin).isNull();
            guard.revoke(Revocation.presented(pasted(random, token)));
            assertThat(decide(twin)).as(twin).isEqualTo(RefusalReason.REVOKED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v4.public.text", "a.b.c", "Bearer.x.y", "opaque", "a.b.c.d.e"})
    void isRefusedIfItsIssuerIsAskedAboutItAndItHasDots(String start) {
        try (IntrospectionDrill drill = new IntrospectionDrill(settings -> settings.tokenPrefix(start))) {
            for (String end : List.of("one", "two")) {
                drill.as().answer(start + end, drill.as().active(drill.issuer.token()));
            }
            assertThat(drill.judge(start + "one")).isNull();
            drill.guard.revoke(Revocation.presented(" DPoP " + start + "one\n"));
            assertThat(drill.judge(start + "one")).isEqualTo(RefusalReason.REVOKED);
            assertThat(drill.judge(start + "two")).isNull();
        }
    }

    private static RefusalReason decide(String token) {
        return reasonOf(guard.decide(bearing(token)));
    }

    private static String generated(Random random) {
        return spaced(random, issuer.token().algorithm(ALGORITHMS[random.nextInt(ALGORITHMS.length)]));
    }

    /** The same token with members in any order and white space wherever JSON lets it stand. */
    private static String spaced(Random random, TokenBuilder token) {
        token.tokenId(Long.toHexString(random.nextLong()));
        return token.rawHeader(spaced(random, token.headerJson()))
                .rawPayload(spaced(random, token.payloadJson()))
                .sign();
    }

    private static String spaced(Random random, String json) {
        List<String> members =
                new ArrayList<>(List.of(json.substring(1, json.length() - 1).split(",(?=\")")));
        Collections.shuffle(members, random);
        StringBuilder text = new StringBuilder(white(random)).append('{').append(white(random));
        text.append(String.join(white(random) + "," + white(random), members));
        return text.append(white(random)).append('}').append(white(random)).toString();
    }

    private static String white(Random random) {
        StringBuilder text = new StringBuilder();
        while (random.nextInt(3) > 0) {
            text.append(" \t\r\n".charAt(random.nextInt(4)));
        }
        return text.toString();
    }

    private static String pasted(Random random, String token) {
        List<String> before = List.of("", " ", "\r\n", "Bearer ", "bearer\t", " DPoP  ", "dpop\n");
        return before.get(random.nextInt(before.size())) + token + white(random);
    }

    private static String withTheOtherSignature(String token) {
        int dot = token.lastIndexOf('.');
        byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
        byte[] other = ORDER.subtract(new BigInteger(1, signature, 32, 32)).toByteArray();
        for (int i = 0; i < 32; i++) {
            int from = other.length - 32 + i;
            signature[32 + i] = from < 0 ? 0 : other[from];
        }
        return token.substring(0, dot + 1)
                + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }
}
