package io.tokenguard.internal.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Revocation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An issuer's older revocations are replaced under each of its names: nodes and configurations know different ones. */
class FoldedNamesTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final RevocationLimits LIMITS =
            new RevocationLimits(1_000, Duration.ofDays(1), Duration.ofDays(30), Duration.ZERO);
    private static final String IDENTIFIER = "https://greedy.example/";
    private static final List<String> NAMES = List.of(IDENTIFIER, "https://greedy.example", "greedy.example");
    private static final IssuerAliases ALIASES =
            new IssuerAliases(Map.of(IDENTIFIER, Set.copyOf(NAMES.subList(1, 3))), List.of());

    private final RevocationMemory memory = new RevocationMemory(LIMITS);

    static Stream<BiFunction<String, String, Revocation>> kinds() {
        return Stream.of(Revocation::session, Revocation::token, Revocation::subject, Revocation::client);
    }

    private void send(Revocation revocation, Instant now) {
        for (Revocation named : ALIASES.byAllTexts(revocation.sentBy(IDENTIFIER))) {
            assertThat(memory.add(LIMITS.retained(named, now), now, now)).isTrue();
        }
    }

    private boolean isRevoked(Revocation target, String issuer, Instant issuedAt, Instant now) {
        long seconds = issuedAt.getEpochSecond();
        return memory.isHit(target, seconds, now) || memory.isHit(Revocation.issuer(issuer), seconds, now);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatWasRevokedStaysSoByEachName(BiFunction<String, String, Revocation> kind) {
        for (int i = 0; i < 2_000; i++) {
            send(kind.apply(IDENTIFIER, "name" + i), NOW.plusSeconds(i));
        }
        Instant now = NOW.plusSeconds(2_000);
        assertThat(memory.size()).isLessThanOrEqualTo(1_000);
        for (String issuer : NAMES) {
            for (int i = 0; i < 2_000; i++) {
                assertThat(isRevoked(kind.apply(issuer, "name" + i), issuer, NOW.plusSeconds(i), now))
                        .as("%s of %s", i, issuer)
                        .isTrue();
            }
            assertThat(memory.isHit(Revocation.issuer(issuer), now.getEpochSecond(), now))
                    .isFalse();
        }
    }

    /** A node that knows the issuer by one name may receive the same logout: its entry is the issuer's too. */
    @ParameterizedTest
    @MethodSource("kinds")
    void whatAnotherNodeHasReceivedByOneOfTheNamesCanBeReplacedToo(BiFunction<String, String, Revocation> kind) {
        String alias = NAMES.get(1);
        for (int i = 0; i < 2_000; i++) {
            Instant now = NOW.plusSeconds(i);
            send(kind.apply(IDENTIFIER, "name" + i), now);
            Revocation elsewhere = kind.apply(alias, "name" + i).sentBy(alias);
            assertThat(memory.add(LIMITS.retained(elsewhere, now), now, now)).isTrue();
        }
        assertThat(memory.size()).isLessThanOrEqualTo(1_000);
    }
}
