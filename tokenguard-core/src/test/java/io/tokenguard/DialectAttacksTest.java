package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusalReason.Stage;
import io.tokenguard.attacks.Attack;
import io.tokenguard.attacks.AttackBench;
import io.tokenguard.attacks.AttackCatalogue;
import io.tokenguard.attacks.GuardProfile;
import io.tokenguard.attacks.HttpOutcome;
import io.tokenguard.attacks.RawRequest;
import io.tokenguard.config.Dialect;
import io.tokenguard.config.TokenCache;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The attacks on what a dialect decides (type and claims), with tokens in the shape of each dialect. None passes, unless the
 * token is one that the dialect accepts by its printed settings. Of attacks that differ in nothing but the algorithm, one is
 * played. Without {@link Thoroughness}, each attack is played with each eighth dialect, and each dialect meets an eighth.
 */
class DialectAttacksTest {
    private static final Set<Stage> STAGES = EnumSet.of(Stage.TOKEN, Stage.CLAIMS, Stage.LIFETIME);
    private static final List<Attack> ATTACKS = AttackCatalogue.rows().stream()
            .flatMap(row -> row.attacks().stream())
            .filter(attack -> attack.profile() == GuardProfile.STRICT && !attack.needsOwnIssuer())
            .filter(attack -> attack.expected().http() == HttpOutcome.INVALID_TOKEN && isOfStages(attack))
            .filter(attack -> !attack.variant().matches(".*, (?:RS|PS|ES384|ES512|Ed).*"))
            .toList();

    private static final List<Dialect> DIALECTS = List.of(Dialect.values());
    private static final int NTH = 8;

    private static boolean isOfStages(Attack attack) {
        return attack.expected().reasons().stream()
                .allMatch(
                        reason -> STAGES.contains(RefusalReason.valueOf(reason).stage()));
    }

    @ParameterizedTest
    // AUTO is no dialect: it stands for one of the others.
    @EnumSource(value = Dialect.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void passNoneButWhatTheDialectAccepts(Dialect dialect) {
        ShapedTokens shape = new ShapedTokens(dialect);
        try (AttackBench bench = AttackBench.open(request -> {}, shape);
                TokenGuard guard = guard(dialect, bench)) {
            assertThat(decide(guard, bench.goodRequest())).isInstanceOf(Decision.Granted.class);
            assertThat(ATTACKS).hasSizeGreaterThan(300);
            assertThat(attacks(dialect)).hasSizeGreaterThan(30).allSatisfy(attack -> {
                RawRequest request = attack.play(bench);
                if (decide(guard, request) instanceof Decision.Granted) {
                    assertThat(shape.offences(request, bench.clock().instant()))
                            .as("%s %s", dialect, attack.variant())
                            .isEmpty();
                }
            });
        }
    }

    private static List<Attack> attacks(Dialect dialect) {
        return IntStream.range(0, ATTACKS.size())
                .filter(index -> Thoroughness.plays(index + DIALECTS.indexOf(dialect), NTH))
                .mapToObj(ATTACKS::get)
                .toList();
    }

    private static TokenGuard guard(Dialect dialect, AttackBench bench) {
        Map<String, String> properties = new HashMap<>(GuardProfile.STRICT.properties(bench));
        properties.put("tokenguard.dialect", dialect.settingName());
        if (Stream.of(Dialect.GITHUB_ACTIONS, Dialect.GITLAB_CI, Dialect.AWS_STS, Dialect.GOOGLE)
                .anyMatch(dialect::equals)) {
            properties.put("tokenguard.required-claims", "sub=alice");
        }
        // The routes demand roles.
        if (!TrustedIssuer.settingsOf(dialect).containsKey("tokenguard.roles-claim")) {
            properties.put("tokenguard.roles-claim", "roles");
        }
        if (TrustedIssuer.settingsOf(dialect).containsKey("tokenguard.accept-id-tokens")) {
            properties.put("tokenguard.accept-id-tokens", "true");
        }
        return GuardProperties.of(properties).toBuilder()
                .tokenCache(TokenCache.off())
                .clock(bench.clock())
                .build();
    }

    private static Decision decide(TokenGuard guard, RawRequest request) {
        IncomingRequest.Builder incoming = IncomingRequest.builder(request.method(), request.path())
                .overTls()
                .clientAddress("127.0.0.1");
        request.headers().forEach(header -> incoming.header(header.name(), header.value()));
        return guard.decide(incoming.build());
    }
}
