package io.tokenguard.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Revocation;
import io.tokenguard.spi.SharedState;
import io.tokenguard.spi.SharedState.WriteStore;
import io.tokenguard.testkit.TestIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State in a folder. More rounds by the system property {@code test.rounds}. */
class FolderStateTest {
    private static final int ROUNDS = Integer.getInteger("test.rounds", 2);

    @TempDir
    Path folder;

    private static SharedState open(Path folder) {
        return new FolderStateProvider()
                .open(SharedState.Location.of(folder.toUri()), new SharedState.Terms(Clock.systemUTC()));
    }

    private static Set<Revocation> seen(SharedState state) {
        Set<Revocation> seen = ConcurrentHashMap.newKeySet();
        state.revocations().follow(seen::add);
        return seen;
    }

    private static Revocation revocation(String name) {
        return Revocation.token("https://issuer.example.com", name).until(Instant.parse("2999-01-01T00:00:00Z"));
    }

    @Test
    void knowsWhatWasRevokedBeforeARestart() {
        Path own = folder.resolve("a folder, with=signs");
        String secret;
        try (SharedState state = open(own)) {
            Set<Revocation> unused = seen(state);
            assertThat(state.revocations().publish(revocation("one"))).isTrue();
            secret = state.nonceSecret().orElseThrow();
        }
        try (SharedState state = open(own)) {
            assertThat(seen(state)).containsExactly(revocation("one"));
            assertThat(state.revocations().sinceSync()).isPresent();
            assertThat(state.nonceSecret()).contains(secret);
        }
    }

    @Test
    void knowsTheAnswerOfAWriteAfterARestart() {
        Instant now = Clock.systemUTC().instant();
        WriteStore.Claim claim = new WriteStore.Claim("key", "holder", "first", now, now.plusSeconds(600));
        try (SharedState state = open(folder)) {
            WriteStore writes = state.writes().orElseThrow();
            await().until(() -> writes.claim(claim).state() == WriteStore.State.FIRST);
            assertThat(writes.finish(claim, "record", now.plusSeconds(3_600))).isTrue();
        }
        try (SharedState state = open(folder)) {
            WriteStore writes = state.writes().orElseThrow();
            await().until(() -> writes.claim(claim).equals(new WriteStore.Claimed(WriteStore.State.DONE, "record")));
        }
    }

    @Test
    void letsOnlyItsOwnerReadTheFolderAndItsFiles() throws Exception {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (SharedState state = open(open);
                Stream<Path> files = Files.list(open)) {
            assertThat(state.nonceSecret()).isPresent();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(open)))
                    .isEqualTo("rwx------");
            assertThat(files).isNotEmpty().allMatch(file -> {
                try {
                    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                            .equals("rw-------");
                } catch (IOException failure) {
                    throw new IllegalStateException(failure);
                }
            });
        }
    }

    @Test
    void refusesAFileInPlaceOfTheFolder() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> open(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tokenguard.state.folder");
    }

    @Test
    void refusesAPathThatWouldAddSettingsToTheAddress() {
        assertThatThrownBy(() -> open(folder.resolve("a;INIT=RUNSCRIPT FROM 'x'")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("semicolon");
    }

    @Test
    void refusesADatabaseThatCantBeRead() throws Exception {
        Files.writeString(folder.resolve("tokenguard.mv.db"), "no database".repeat(1_000));
        assertThatThrownBy(() -> open(folder))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("can't be opened");
    }

    @Test
    void leavesNoThreadAndNoLockBehind() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        open(folder).close();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !before.contains(thread))
                        .noneMatch(thread -> thread.getName().startsWith("tokenguard-")
                                || thread.getName().startsWith("H2")
                                || thread.getName().startsWith("MVStore")));
        open(folder).close();
    }

    @Test
    void isUsedByOneProcessAtATime() throws Exception {
        try (TestIssuer issuer = TestIssuer.start();
                ServerProcess first = new ServerProcess(issuer, folder);
                ServerProcess second = new ServerProcess(issuer, folder)) {
            assertThat(first.firstLine()).matches("\\d+");
            assertThat(second.firstLine())
                    .contains("tokenguard.state.folder")
                    .contains("another process uses this folder");
        }
    }

    @Test
    void refusesAfterAKillWhatWasRevokedRightBefore() throws Exception {
        try (TestIssuer issuer = TestIssuer.start()) {
            for (int round = 0; round < ROUNDS; round++) {
                String token = issuer.token().claim("jti", "killed" + round).sign();
                try (ServerProcess server = new ServerProcess(issuer, folder)) {
                    await().atMost(Duration.ofSeconds(30)).until(() -> server.get(token) == 200);
                    for (int earlier = 0; earlier < round; earlier++) {
                        String revoked =
                                issuer.token().claim("jti", "killed" + earlier).sign();
                        assertThat(server.get(revoked)).isEqualTo(401);
                    }
                    assertThat(server.revoke("killed" + round)).isEqualTo(200);
                }
                try (SharedState state = open(folder)) {
                    assertThat(seen(state)).hasSize(round + 1);
                }
            }
            System.out.printf("killed after each of %d revocations: 0 forgotten%n", ROUNDS);
        }
    }
}
