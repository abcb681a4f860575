package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static io.tokenguard.GuardedIssuer.trusted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.spi.KeySource;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jose4j.jws.JsonWebSignature;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

/** A guard ends without a trace, and is changed in one step. */
class KeyLifecycleTest {
    @Nested
    class Closing {
        private Set<Thread> threads() {
            return new HashSet<>(Thread.getAllStackTraces().keySet());
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void leavesNoThreadAfterFiveSeconds(boolean whileLoading) {
            Set<Thread> before = threads();
            try (TestIssuer issuer = TestIssuer.builder().keys(KeyDrill.KEY).start()) {
                if (whileLoading) {
                    issuer.on(TestEndpoint.JWKS).answer(Fault.hang());
                }
                TokenGuard guard = guarding(issuer).build();
                RefusalReason reason =
                        reasonOf(guard.decide(bearing(issuer.token().sign())));
                assertThat(reason).isEqualTo(whileLoading ? RefusalReason.KEYS_UNAVAILABLE : null);
                guard.close();
                Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
                    // The client of JDK 17 can't be closed; its thread ends when it is collected.
                    System.gc();
                    Set<Thread> left = threads();
                    left.removeAll(before);
                    return left.stream()
                            .noneMatch(thread -> thread.getName().startsWith("tokenguard")
                                    || thread.getName().startsWith("HttpClient"));
                });
            }
        }

        @Test
        void leavesNothingThatHoldsTheGuard() {
            try (TestIssuer issuer = TestIssuer.builder().keys(KeyDrill.KEY).start()) {
                WeakReference<TokenGuard> closed = closed(issuer);
                Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
                    System.gc();
                    return closed.get() == null;
                });
            }
        }

        private WeakReference<TokenGuard> closed(TestIssuer issuer) {
            TokenGuard guard = guarding(issuer).build();
            assertThat(reasonOf(guard.decide(bearing(issuer.token().sign())))).isNull();
            guard.close();
            return new WeakReference<>(guard);
        }

        @Test
        void leavesNothingThatHoldsItsClassLoader() throws ReflectiveOperationException, IOException {
            try (TestIssuer issuer = TestIssuer.builder().keys(KeyDrill.KEY).start()) {
                WeakReference<ClassLoader> undeployed = undeployed(issuer);
                Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
                    System.gc();
                    return undeployed.get() == null;
                });
            }
        }

        /** Loads the library as a web application does, uses it and closes it. */
        private WeakReference<ClassLoader> undeployed(TestIssuer issuer)
                throws ReflectiveOperationException, IOException {
            Stream<Class<?>> libraries =
                    Stream.of(TokenGuard.class, JsonWebSignature.class, Caffeine.class, Logger.class, NullMarked.class);
            URL[] places = libraries
                    .map(library ->
                            library.getProtectionDomain().getCodeSource().getLocation())
                    .toArray(URL[]::new);
            try (URLClassLoader deployment = new URLClassLoader(places, ClassLoader.getPlatformClassLoader())) {
                Class<?> properties = deployment.loadClass(GuardProperties.class.getName());
                Object settings = properties
                        .getMethod("of", Map.class)
                        .invoke(
                                null,
                                Map.of(
                                        "tokenguard.issuer-uri",
                                        issuer.issuer(),
                                        "tokenguard.audiences",
                                        GuardedIssuer.AUDIENCE));
                Object builder = properties.getMethod("toBuilder").invoke(settings);
                Object guard = builder.getClass().getMethod("build").invoke(builder);
                String token = issuer.token().sign();
                for (int uses = 0; uses < 3; uses++) {
                    guard.getClass().getMethod("validate", String.class).invoke(guard, token);
                }
                ((AutoCloseable) guard).close();
                return new WeakReference<>(deployment);
            } catch (ReflectiveOperationException | IOException failure) {
                throw failure;
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        }

        @Test
        void canBeRepeated() {
            try (KeyDrill drill = KeyDrill.addressed().warm()) {
                drill.guard.close();
                drill.guard.close();
                assertThat(drill.timer.delays()).isEmpty();
            }
        }

        @Test
        void leavesTheKeysThatAreKnown() {
            try (KeyDrill drill = KeyDrill.addressed().warm()) {
                drill.guard.close();
                assertThat(drill.judge()).isNull();
                drill.clock.advance(Duration.ofHours(1));
                assertThat(drill.judge()).isNull();
                assertThat(drill.fetches()).hasSize(1);
            }
        }

        @Test
        void keepsNobodyWaiting() {
            try (KeyDrill drill = KeyDrill.addressed()) {
                drill.guard.close();
                assertThat(drill.judge()).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
            }
        }
    }

    @Nested
    class Reconfiguring {
        @Test
        void takesANewConfigurationInOneStep() {
            try (KeyDrill drill = KeyDrill.addressed().warm()) {
                drill.guard.reconfigure(drill.describe(
                        settings -> settings.keysFrom(drill.issuer.jwksUri()).requireClaims("tenant")));
                assertThat(drill.judge()).isEqualTo(RefusalReason.CLAIM_MISSING);
            }
        }

        @Test
        void keepsTheOldOneWhereTheNewOneIsWrong() {
            try (KeyDrill drill = KeyDrill.addressed().warm()) {
                assertThatExceptionOfType(ConfigurationException.class)
                        .isThrownBy(() -> drill.guard.reconfigure(TokenGuard.builder()));
                assertThat(drill.judge()).isNull();
                drill.pass(Duration.ofMinutes(5));
                assertThat(drill.fetches()).hasSize(2);
            }
        }

        @Test
        void goesOnWithTheKeysOfIssuersThatStay() {
            try (KeyDrill drill = KeyDrill.addressed().warm()) {
                drill.issuer.goDown();
                drill.guard.reconfigure(drill.describe(settings -> settings.keysFrom(drill.issuer.jwksUri())));
                assertThat(drill.judge()).isNull();
                drill.pass(Duration.ofHours(3));
                assertThat(drill.judge()).isNull();
                drill.pass(Duration.ofHours(1));
                assertThat(drill.judge()).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
            }
        }

        @Test
        void doesNotGoOnWithKeysFromAnotherPlace() {
            try (KeyDrill drill = KeyDrill.addressed().warm()) {
                drill.issuer.goDown();
                drill.guard.reconfigure(drill.describe(settings -> settings));
                assertThat(drill.judge()).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
            }
        }

        @Test
        void loadsByTheNewConfigurationOnly() {
            try (KeyDrill drill = KeyDrill.addressed().warm()) {
                drill.guard.reconfigure(drill.describe(settings -> settings.keysFrom(drill.issuer.jwksUri())));
                drill.pass(Duration.ofMinutes(4));
                assertThat(drill.fetches()).hasSize(2);
            }
        }

        @Test
        void leavesBansInForce() {
            try (KeyDrill drill = KeyDrill.addressed().warm()) {
                drill.guard.banKey(KeyDrill.KEY.kid());
                drill.guard.reconfigure(drill.describe(settings -> settings.keysFrom(drill.issuer.jwksUri())));
                assertThat(drill.judge()).isEqualTo(RefusalReason.KEY_REFUSED);
            }
        }

        @Test
        void leavesOpenAKeySourceThatTheNewConfigurationUsesToo() {
            try (KeyDrill drill = KeyDrill.addressed()) {
                AtomicBoolean closed = new AtomicBoolean();
                KeySource shared = new KeySource() {
                    @Override
                    public VerificationKey find(@Nullable String keyId, SignatureAlgorithm algorithm) {
                        return new VerificationKey(KeyDrill.KEY.kid(), algorithm, KeyDrill.KEY.publicKey());
                    }

                    @Override
                    public void close() {
                        closed.set(true);
                    }
                };
                try (TokenGuard guard =
                        drill.describe(settings -> settings.keysFrom(shared)).build()) {
                    guard.reconfigure(drill.describe(settings -> settings.keysFrom(shared)));
                    assertThat(closed).isFalse();
                    guard.reconfigure(drill.describe(settings -> settings));
                    assertThat(closed).isTrue();
                }
            }
        }

        @Test
        void letsNoRequestSeeAMixture() throws InterruptedException {
            // One configuration knows the audience, the other the claim: a mixture would pass or fail for both.
            try (KeyDrill drill = KeyDrill.addressed().warm()) {
                TokenGuardBuilder strict = drill.describe(
                        settings -> settings.keysFrom(drill.issuer.jwksUri()).requireClaims("tenant"));
                TokenGuardBuilder other = TokenGuard.builder()
                        .issuer(trusted(drill.issuer)
                                .keysFrom(drill.issuer.jwksUri())
                                .build())
                        .route("/orders deny")
                        .clock(drill.clock)
                        .timer(drill.timer)
                        .chance(() -> 0.5);
                drill.guard.reconfigure(other);
                IncomingRequest request = bearing(drill.issuer.token().sign());
                AtomicInteger mixtures = new AtomicInteger();
                AtomicBoolean ended = new AtomicBoolean();
                Thread requests = new Thread(() -> {
                    while (!ended.get()) {
                        RefusalReason reason = reasonOf(drill.guard.decide(request));
                        if (reason != RefusalReason.CLAIM_MISSING && reason != RefusalReason.ACCESS_DENIED) {
                            mixtures.incrementAndGet();
                        }
                    }
                });
                requests.start();
                for (int i = 0; i < 100; i++) {
                    drill.guard.reconfigure(i % 2 == 0 ? strict : other);
                }
                ended.set(true);
                requests.join();
                assertThat(mixtures).hasValue(0);
            }
        }
    }
}
