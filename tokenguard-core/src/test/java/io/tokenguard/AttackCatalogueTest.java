package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.Decision.Challenge;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusalReason.Stage;
import io.tokenguard.attacks.Attack;
import io.tokenguard.attacks.AttackCatalogue;
import io.tokenguard.attacks.AttackRow;
import io.tokenguard.attacks.GuardProfile;
import io.tokenguard.attacks.HttpOutcome;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every attack of the catalogue through the public API: refused for its reason, with nothing left behind, and with the token
 * cache as without.
 *
 * <p>Where the build runs it again in another environment, one guard is enough. With a native provider, only attacks that
 * get as far as a key or a signature are played: no other touches the provider.
 */
class AttackCatalogueTest {
    private static final boolean WITH_NATIVE_PROVIDER = System.getProperty("test.native") != null;
    private static final boolean IS_ALONE = WITH_NATIVE_PROVIDER || Boolean.getBoolean("test.elsewhere");
    private static final Set<Stage> STAGES_OF_KEYS = EnumSet.of(Stage.KEY, Stage.SIGNATURE, Stage.POSSESSION);
    private static final Pattern ERROR = Pattern.compile("error=\"([^\"]*)\"");
    private static final Map<GuardProfile, AttackedGuard> SHARED = new EnumMap<>(GuardProfile.class);

    @AfterAll
    static void close() {
        SHARED.values().forEach(AttackedGuard::close);
        SHARED.clear();
    }

    @TestFactory
    Stream<DynamicNode> everyRowEndsAsItMust() {
        return AttackCatalogue.rows().stream()
                .map(row -> DynamicContainer.dynamicContainer(row.toString(), testsOf(row)));
    }

    private static Stream<DynamicTest> testsOf(AttackRow row) {
        return row.attacks().stream()
                .filter(attack -> !WITH_NATIVE_PROVIDER || usesKeys(attack))
                .map(attack -> DynamicTest.dynamicTest(attack.variant(), () -> AttackCatalogueTest.withstand(attack)));
    }

    private static boolean usesKeys(Attack attack) {
        return attack.expected().http() == HttpOutcome.PASS
                || attack.expected().reasons().stream()
                        .anyMatch(reason -> STAGES_OF_KEYS.contains(
                                RefusalReason.valueOf(reason).stage()));
    }

    private static AttackedGuard guard(GuardProfile profile) {
        return IS_ALONE ? AttackedGuard.alone(profile) : AttackedGuard.compared(profile);
    }

    private static void withstand(Attack attack) {
        if (attack.needsOwnIssuer()) {
            try (AttackedGuard guard = guard(attack.profile())) {
                withstand(attack, guard);
            }
        } else {
            withstand(attack, SHARED.computeIfAbsent(attack.profile(), AttackCatalogueTest::guard));
        }
    }

    private static void withstand(Attack attack, AttackedGuard guard) {
        Decision decision = guard.decide(attack.play(guard.bench()));
        if (attack.expected().http() == HttpOutcome.PASS) {
            assertThat(decision).as(attack.variant()).isInstanceOf(Decision.Granted.class);
        } else {
            assertThat(decision).as(attack.variant()).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
                assertReason(attack, refused.refusal());
                assertAnswer(attack.expected().http(), refused.challenge());
            });
        }
        assertThat(guard.decide(guard.bench().goodRequest()))
                .as("a good request after %s", attack.variant())
                .isInstanceOf(Decision.Granted.class);
        if (attack.profile() != GuardProfile.TWO_ISSUERS) {
            assertNothingAskedOf(guard.bench().stranger());
        }
    }

    private static void assertReason(Attack attack, Refusal refusal) {
        assertThat(refusal.reason().name())
                .as("%s (%s)", attack.variant(), refusal.detail())
                .isIn(attack.expected().reasons());
    }

    private static void assertAnswer(HttpOutcome expected, Challenge challenge) {
        assertThat(challenge.status()).isEqualTo(expected.status());
        List<String> errors = challenge.wwwAuthenticate().stream()
                .flatMap(scheme -> ERROR.matcher(scheme).results())
                .map(error -> error.group(1))
                .toList();
        assertThat(errors).isEqualTo(expected.error().isEmpty() ? List.of() : List.of(expected.error()));
    }

    private static void assertNothingAskedOf(TestIssuer stranger) {
        for (TestEndpoint endpoint : TestEndpoint.values()) {
            assertThat(stranger.requests(endpoint))
                    .as("requests to %s of a stranger", endpoint)
                    .isZero();
        }
    }

    @Test
    void everyRowHasANumberOfItsOwn() {
        assertThat(AttackCatalogue.rows()).extracting(AttackRow::id).doesNotHaveDuplicates();
    }

    /** The catalogue names reasons by text; a reason that is spelt wrongly would be one that nothing ever proves. */
    @Test
    void everyReasonThatIsNamedExists() {
        Set<String> reasons = Stream.of(RefusalReason.values()).map(Enum::name).collect(Collectors.toSet());
        assertThat(AttackCatalogue.rows())
                .flatExtracting(AttackRow::attacks)
                .allSatisfy(attack ->
                        assertThat(reasons).containsAll(attack.expected().reasons()));
    }
}
