package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Decision;
import io.tokenguard.access.GuardHealth.KeyState;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Starting, with the issuer there and without it. */
class KeyStartTest {
    /** When the first load starts by itself: half of the start spread. */
    private static final Duration FIRST_LOAD = Duration.ofSeconds(15);

    private static Path onlyFileIn(Path folder) throws IOException {
        List<Path> files = filesIn(folder);
        assertThat(files).hasSize(1);
        return files.get(0);
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /** Keys are saved in the background, first to a file with another name. */
    private static KeyDrill saved(KeyDrill drill, Path folder, int files) {
        drill.warm();
        await().until(
                        () -> filesIn(folder),
                        found -> found.size() == files
                                && found.stream()
                                        .allMatch(file -> file.toString().endsWith(".jwks")));
        return drill;
    }

    @Nested
    class WithoutItsIssuer {
        @ParameterizedTest
        @EnumSource(Outage.class)
        void startsAndServesWithinFiveSecondsOfTheIssuersReturn(Outage outage) {
            try (KeyDrill drill = KeyDrill.addressed()) {
                outage.begin(drill);
                drill.pass(FIRST_LOAD.plusMinutes(1));
                // Fifteen attempts a minute and the first four, each with one more connection where one breaks.
                assertThat(drill.fetches()).hasSizeLessThanOrEqualTo(40);
                assertThat(drill.state()).isEqualTo(KeyState.UNAVAILABLE);
                drill.pass(Duration.ofMillis(1));
                drill.heal();
                drill.pass(Duration.ofSeconds(5));
                assertThat(drill.judge()).isNull();
                assertThat(drill.state()).isEqualTo(KeyState.FRESH);
            }
        }

        @Test
        void triesAgainSoonAndThenEveryFourSeconds() {
            try (KeyDrill drill = KeyDrill.addressed()) {
                drill.answer(Fault.status(500));
                drill.pass(FIRST_LOAD.plusSeconds(16));
                Instant start = drill.fetches().get(0);
                assertThat(drill.fetches().stream()
                                .map(at -> Duration.between(start, at).toMillis()))
                        .containsExactly(0L, 200L, 700L, 1_700L, 3_700L, 7_700L, 11_700L, 15_700L);
            }
        }

        @Test
        void saysWhenTheNextAttemptIsDue() {
            try (KeyDrill drill = KeyDrill.addressed()) {
                drill.answer(Fault.status(500));
                drill.pass(FIRST_LOAD.plusMillis(4_700));
                Decision.Refused refused = (Decision.Refused) drill.decide();
                // The next one is due at 7.7 s.
                assertThat(refused.challenge().headers()).containsEntry("Retry-After", List.of("3"));
            }
        }

        @Test
        void refusesAtOnceWhileTheNextAttemptHangs() throws InterruptedException {
            try (KeyDrill drill = KeyDrill.addressed()) {
                drill.answer(Fault.status(500));
                drill.pass(FIRST_LOAD.plusSeconds(4));
                drill.answerWithoutEnd(Fault.hang());
                drill.pass(Duration.ofSeconds(4));
                assertThat(drill.health().isLoading()).isTrue();
                Thread request = new Thread(drill::decide);
                request.start();
                // The clock that ends the hanging load stands still: a request that waits for it would never end.
                request.join(10_000);
                assertThat(request.isAlive()).isFalse();
            }
        }

        @Test
        void answers503WithRetryAfter() {
            try (KeyDrill drill = KeyDrill.addressed()) {
                drill.issuer.goDown();
                Decision.Refused refused = (Decision.Refused) drill.decide();
                assertThat(refused.refusal().reason()).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
                assertThat(refused.challenge().status()).isEqualTo(503);
                assertThat(refused.challenge().headers().toString()).contains("Retry-After");
            }
        }

        @Test
        void asksOnAnIssuerThatWantsPatienceForNobodyIsServedBefore() {
            try (KeyDrill drill = KeyDrill.addressed()) {
                drill.answer(Fault.status(503).header("Retry-After", "600"));
                assertThat(drill.judge()).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
                drill.settle();
                drill.heal();
                drill.pass(Duration.ofSeconds(15));
                assertThat(drill.judge()).isNull();
            }
        }

        @Test
        void doesNotStartWhereItIsToFailFast() {
            try (KeyDrill drill = KeyDrill.addressed()) {
                drill.issuer.goDown();
                TokenGuardBuilder strict = drill.describe(
                        settings -> settings.keysFrom(drill.issuer.jwksUri()).keyFailFast());
                assertThatExceptionOfType(ConfigurationException.class)
                        .isThrownBy(strict::build)
                        .withMessageContaining("tokenguard.jwks.fail-fast")
                        .withMessageContaining("can't connect");
            }
        }

        @Test
        void failsFastOverMetadataOfAnotherIssuer() {
            try (KeyDrill drill = KeyDrill.addressed()) {
                drill.issuer
                        .on(TestEndpoint.OIDC_DISCOVERY)
                        .answer(Fault.body("{\"issuer\":\"https://elsewhere.example\"}"));
                TokenGuardBuilder strict = drill.describe(TrustedIssuerBuilder::keyFailFast);
                assertThatExceptionOfType(ConfigurationException.class)
                        .isThrownBy(strict::build)
                        .withMessageContaining("metadata is that of another issuer");
            }
        }

        @Test
        void startsAtOnceWhereItIsToFailFastAndAllIsWell() {
            try (KeyDrill drill = KeyDrill.addressed(TrustedIssuerBuilder::keyFailFast)) {
                assertThat(drill.state()).isEqualTo(KeyState.FRESH);
            }
        }
    }

    @Nested
    class Spread {
        @Test
        void loadsWithinHalfAMinuteWithoutAnyToken() {
            try (KeyDrill drill = KeyDrill.addressed()) {
                assertThat(drill.state()).isEqualTo(KeyState.STARTING);
                assertThat(drill.guard.health().isReady()).isFalse();
                drill.pass(Duration.ofSeconds(15));
                assertThat(drill.state()).isEqualTo(KeyState.FRESH);
                assertThat(drill.guard.health().isReady()).isTrue();
            }
        }

        @Test
        void loadsAtOnceForAFirstToken() {
            try (KeyDrill drill = KeyDrill.addressed()) {
                assertThat(drill.judge()).isNull();
                drill.pass(Duration.ofMinutes(3));
                assertThat(drill.fetches()).hasSize(1);
            }
        }

        @Test
        void spreadsTheLoadsOfAHundredProcessesThatStartTogetherOverThirtySeconds() {
            Random chance = new Random(9068);
            List<TokenGuard> processes = new ArrayList<>();
            try (KeyDrill drill = KeyDrill.addressed()) {
                for (int i = 0; i < 100; i++) {
                    processes.add(drill.describe(settings -> settings.keysFrom(drill.issuer.jwksUri()))
                            .chance(chance::nextDouble)
                            .build());
                }
                Instant start = drill.clock.instant();
                drill.timer.advance(Duration.ofSeconds(30), () -> processes.forEach(KeyDrill::settle));
                assertThat(drill.fetchesSince(start)).isEqualTo(101);
                // The mean of a period of five seconds is 17.
                for (int second = 0; second < 30; second += 5) {
                    Instant from = start.plusSeconds(second);
                    assertThat(drill.fetchesSince(from) - drill.fetchesSince(from.plusSeconds(5)))
                            .isLessThanOrEqualTo(34);
                }
            } finally {
                processes.forEach(TokenGuard::close);
            }
        }
    }

    @Nested
    class WithASnapshot {
        @TempDir
        private Path folder;

        private KeyDrill drill() {
            return KeyDrill.addressed(settings -> settings.keySnapshotFolder(folder));
        }

        private TokenGuardBuilder restarted(KeyDrill drill) {
            return drill.describe(
                    settings -> settings.keysFrom(drill.issuer.jwksUri()).keySnapshotFolder(folder));
        }

        private RefusalReason judgedAfterRestart(KeyDrill drill) {
            drill.issuer.goDown();
            drill.guard.close();
            try (TokenGuard restarted = restarted(drill).build()) {
                return reasonOf(restarted.decide(bearing(drill.issuer.token().sign())));
            }
        }

        @Test
        void servesAtOnceThoughItStartsWithoutItsIssuer() {
            try (KeyDrill drill = saved(drill(), folder, 1)) {
                assertThat(judgedAfterRestart(drill)).isNull();
            }
        }

        @Test
        void waitsForNothingToServeFromIt() {
            try (KeyDrill drill = saved(drill(), folder, 1)) {
                drill.guard.close();
                drill.answerWithoutEnd(Fault.hang());
                try (TokenGuard restarted = restarted(drill).build()) {
                    assertThat(reasonOf(restarted.decide(
                                    bearing(drill.issuer.token().sign()))))
                            .isNull();
                    assertThat(drill.fetches()).hasSize(1);
                }
            }
        }

        @Test
        void servesNoLongerFromItThanThroughAnOutage() {
            try (KeyDrill drill = saved(drill(), folder, 1)) {
                drill.clock.advance(Duration.ofHours(4));
                assertThat(judgedAfterRestart(drill)).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
            }
        }

        @Test
        void takesNoneFromTheFuture() {
            try (KeyDrill drill = saved(drill(), folder, 1)) {
                drill.clock.advance(Duration.ofSeconds(-1));
                assertThat(judgedAfterRestart(drill)).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
            }
        }

        @Test
        void isAFileThatOnlyItsOwnerCanReadOrWrite() throws IOException {
            try (KeyDrill drill = saved(drill(), folder, 1)) {
                assertThat(drill.state()).isEqualTo(KeyState.FRESH);
                assertThat(Files.getPosixFilePermissions(onlyFileIn(folder)))
                        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"rw--w----", "rw-----w-"})
        void isNotTakenWhereOthersCanWriteIt(String permissions) throws IOException {
            try (KeyDrill drill = saved(drill(), folder, 1)) {
                Files.setPosixFilePermissions(onlyFileIn(folder), PosixFilePermissions.fromString(permissions));
                assertThat(judgedAfterRestart(drill)).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 31, 32, 39, 40, 60, -1})
        void isNotTakenWhereAByteWasChanged(int position) throws IOException {
            try (KeyDrill drill = saved(drill(), folder, 1)) {
                Path file = onlyFileIn(folder);
                byte[] bytes = Files.readAllBytes(file);
                bytes[position < 0 ? bytes.length - 1 : position] ^= 1;
                Files.write(file, bytes);
                assertThat(judgedAfterRestart(drill)).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 40, 41})
        void isNotTakenWhereItWasCut(int length) throws IOException {
            try (KeyDrill drill = saved(drill(), folder, 1)) {
                Path file = onlyFileIn(folder);
                byte[] bytes = Files.readAllBytes(file);
                Files.write(file, Arrays.copyOf(bytes, length));
                assertThat(judgedAfterRestart(drill)).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
            }
        }

        @Test
        void isNotTakenForAnotherIssuer() throws IOException {
            try (KeyDrill drill = saved(drill(), folder, 1);
                    KeyDrill other = saved(drill(), folder, 2)) {
                List<Path> files = filesIn(folder);
                byte[] first = Files.readAllBytes(files.get(0));
                Files.write(files.get(0), Files.readAllBytes(files.get(1)));
                Files.write(files.get(1), first);
                assertThat(judgedAfterRestart(drill)).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
                assertThat(judgedAfterRestart(other)).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
            }
        }

        @Test
        void isNotReplacedByAnEmptySet() {
            try (KeyDrill drill = saved(drill(), folder, 1)) {
                Outage.EMPTY.begin(drill);
                drill.pass(Duration.ofMinutes(5));
                assertThat(judgedAfterRestart(drill)).isNull();
            }
        }

        @Test
        void costsNothingButAWarningWhereItCantBeSaved() throws IOException {
            try (KeyDrill drill = saved(drill(), folder, 1)) {
                Files.delete(onlyFileIn(folder));
                Files.delete(folder);
                drill.pass(Duration.ofMinutes(5));
                assertThat(drill.state()).isEqualTo(KeyState.FRESH);
                Files.createDirectory(folder);
            }
        }

        @Test
        void isRefusedAtStartWhereOthersCanWriteTheFolder() throws IOException {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxr-x"));
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(this::drill)
                    .withMessageContaining("tokenguard.jwks.snapshot-folder");
        }

        @Test
        void isRefusedAtStartWhereThereIsNoFolder() {
            Path missing = folder.resolve("missing");
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> KeyDrill.addressed(settings -> settings.keySnapshotFolder(missing)))
                    .withMessageContaining("tokenguard.jwks.snapshot-folder");
        }
    }
}
