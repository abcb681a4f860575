package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusalReason.Stage;
import io.tokenguard.attacks.Attack;
import io.tokenguard.attacks.AttackCatalogue;
import io.tokenguard.attacks.AttackRow;
import io.tokenguard.attacks.GuardProfile;
import io.tokenguard.attacks.HttpOutcome;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The attacks on headers, keys and signatures once more, against guards that accept Ed448, ES256K, ML-DSA and encrypted tokens beside
 * what is on by default: none gains anything by an algorithm that was switched on. Without {@link Thoroughness}, the first and
 * each fifth further attack of a row.
 */
class NewAlgorithmsAttackTest {
    private static final Set<Stage> STAGES = EnumSet.of(Stage.TOKEN, Stage.KEY, Stage.SIGNATURE);
    private static final int NTH = 5;
    private static final Map<GuardProfile, AttackedGuard> SHARED = new EnumMap<>(GuardProfile.class);

    @AfterAll
    static void close() {
        SHARED.values().forEach(AttackedGuard::close);
        SHARED.clear();
    }

    @TestFactory
    Stream<DynamicNode> everyRowEndsAsItDoesWithoutThem() {
        return AttackCatalogue.rows().stream()
                .filter(row -> row.attacks().stream().anyMatch(NewAlgorithmsAttackTest::isAboutSignatures))
                .map(row -> DynamicContainer.dynamicContainer(row.toString(), testsOf(row)));
    }

    private static Stream<DynamicTest> testsOf(AttackRow row) {
        List<Attack> attacks = row.attacks().stream()
                .filter(NewAlgorithmsAttackTest::isAboutSignatures)
                .toList();
        return IntStream.range(0, attacks.size())
                .filter(index -> Thoroughness.plays(index, NTH))
                .mapToObj(attacks::get)
                .map(attack -> DynamicTest.dynamicTest(attack.variant(), () -> withstand(attack)));
    }

    /** A true token of Ed448 is a good one where that is accepted. */
    private static boolean isAboutSignatures(Attack attack) {
        return !attack.variant().equals("Ed448 by its name")
                && attack.expected().reasons().stream()
                        .anyMatch(reason ->
                                STAGES.contains(RefusalReason.valueOf(reason).stage()));
    }

    private static void withstand(Attack attack) {
        if (attack.needsOwnIssuer()) {
            try (AttackedGuard guard = AttackedGuard.acceptingAllAlgorithms(attack.profile())) {
                withstand(attack, guard);
            }
        } else {
            withstand(attack, SHARED.computeIfAbsent(attack.profile(), AttackedGuard::acceptingAllAlgorithms));
        }
    }

    private static void withstand(Attack attack, AttackedGuard guard) {
        assertThat(attack.expected().http()).isNotEqualTo(HttpOutcome.PASS);
        assertThat(guard.decide(attack.play(guard.bench())))
                .as(attack.variant())
                .isInstanceOfSatisfying(Decision.Refused.class, refused -> {
                    assertThat(refused.challenge().status())
                            .isEqualTo(attack.expected().http().status());
                    assertThat(isAsExpected(attack, refused.refusal().reason().name()))
                            .as("%s", refused.refusal().reason())
                            .isTrue();
                });
    }

    /** An algorithm that is accepted now may be another one than that of the key, and what is encrypted can be tried now. */
    private static boolean isAsExpected(Attack attack, String reason) {
        Set<String> expected = attack.expected().reasons();
        return expected.contains(reason)
                || (expected.contains("ALGORITHM_NOT_ALLOWED") && reason.equals("KEY_UNUSABLE"))
                || (expected.contains("TOKEN_ENCRYPTED") && reason.equals("DECRYPTION_FAILED"));
    }
}
