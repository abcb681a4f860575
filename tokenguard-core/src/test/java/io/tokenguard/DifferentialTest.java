package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.attacks.Attack;
import io.tokenguard.attacks.AttackBench;
import io.tokenguard.attacks.AttackCatalogue;
import io.tokenguard.attacks.GuardProfile;
import io.tokenguard.attacks.RawRequest;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A guard that remembers tokens decides as one that does not: every attack of the catalogue, and the good request before and
 * after it, is decided by both.
 */
class DifferentialTest {
    private static final Map<GuardProfile, Twins> SHARED = new EnumMap<>(GuardProfile.class);

    /** Two guards on one bench, that differ in nothing else. */
    private static final class Twins implements AutoCloseable {
        private final GuardProfile profile;
        private final AttackBench bench;
        private TokenGuard remembering;
        private TokenGuard forgetful;

        Twins(GuardProfile profile) {
            this.profile = profile;
            this.bench = AttackBench.open(this::decide);
        }

        /** Decides twice where it can: the second time, what is good is remembered. */
        Decision decide(RawRequest request) {
            build();
            IncomingRequest incoming = incoming(request);
            Decision in = remembering.decide(incoming);
            assertSame(in, forgetful.decide(incoming));
            boolean usesAProofUp =
                    request.headers().stream().anyMatch(header -> header.name().equalsIgnoreCase("DPoP"));
            if (!usesAProofUp) {
                assertSame(remembering.decide(incoming), in);
            }
            return in;
        }

        /** Built when the first request comes, so that an attack can spoil the first key set. */
        private void build() {
            if (remembering == null) {
                remembering = guard(Reuse.on());
                forgetful = guard(Reuse.off());
            }
        }

        private TokenGuard guard(Reuse reuse) {
            Map<String, String> properties = new HashMap<>(profile.properties(bench));
            if (properties.containsKey("tokenguard.dpop.nonce")) {
                properties.put("tokenguard.dpop.nonce-secret", "the same for both of the twins, always");
            }
            return GuardProperties.of(properties).toBuilder()
                    .reuse(reuse)
                    .clock(bench.clock())
                    .build();
        }

        private static IncomingRequest incoming(RawRequest request) {
            IncomingRequest.Builder incoming = IncomingRequest.builder(request.method(), request.path())
                    .overTls()
                    .clientAddress("127.0.0.1");
            request.headers().forEach(header -> incoming.header(header.name(), header.value()));
            return incoming.build();
        }

        @Override
        public void close() {
            if (remembering != null) {
                remembering.close();
                forgetful.close();
            }
            bench.close();
        }
    }

    private static void assertSame(Decision one, Decision other) {
        assertThat(one).isEqualTo(other);
    }

    static Stream<Attack> attacks() {
        return AttackCatalogue.rows().stream().flatMap(row -> row.attacks().stream());
    }

    @AfterAll
    static void close() {
        SHARED.values().forEach(Twins::close);
        SHARED.clear();
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void decidesAsIfNothingWasRemembered(Attack attack) {
        if (attack.needsOwnIssuer()) {
            try (Twins twins = new Twins(attack.profile())) {
                play(attack, twins);
            }
        } else {
            play(attack, SHARED.computeIfAbsent(attack.profile(), Twins::new));
        }
    }

    private static void play(Attack attack, Twins twins) {
        twins.decide(attack.play(twins.bench));
        twins.decide(twins.bench.goodRequest());
    }
}
