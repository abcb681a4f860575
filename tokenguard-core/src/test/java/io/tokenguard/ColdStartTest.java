package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first requests of a process, on real sockets and in real time. */
class ColdStartTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void twoHundredFirstRequestsOnHalfACoreAreGrantedByOneLoad(@TempDir Path folder)
            throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "a process is halved by signals");
        Path output = folder.resolve("output");
        Process cold = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:ActiveProcessorCount=1",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ColdProcess.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(halve(cold)).isTrue();
        assertThat(cold.exitValue()).as(Files.readString(output)).isZero();
    }

    /** Lets a process run in every other 25 ms only, until it ends; whether it did. */
    private static boolean halve(Process process) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (process.isAlive() && System.nanoTime() < end) {
            signal(process, "-STOP");
            boolean unused = process.waitFor(25, TimeUnit.MILLISECONDS);
            signal(process, "-CONT");
            unused = process.waitFor(25, TimeUnit.MILLISECONDS);
        }
        return !process.isAlive();
    }

    private static void signal(Process process, String signal) throws IOException, InterruptedException {
        int unused = new ProcessBuilder("/bin/kill", signal, Long.toString(process.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void oneBrokenConnectionAtStartIsSeenByNoRequest() {
        try (TestIssuer issuer = TestIssuer.start()) {
            issuer.on(TestEndpoint.JWKS).answerTimes(1, Fault.dropConnection());
            try (TokenGuard guard = guarding(issuer, settings -> settings.keysFrom(issuer.jwksUri()))
                    .build()) {
                assertThat(reasonOf(guard.decide(bearing(issuer.token().sign()))))
                        .isNull();
                assertThat(issuer.requests(TestEndpoint.JWKS)).isEqualTo(2);
            }
        }
    }

    @Test
    void loadsWithoutARequestAndIsReadyThen() {
        try (TestIssuer issuer = TestIssuer.start();
                TokenGuard guard = guarding(issuer).build()) {
            assertThat(guard.awaitReady(PATIENCE)).isTrue();
            assertThat(guard.health().isReady()).isTrue();
            assertThat(issuer.requests(TestEndpoint.JWKS)).isEqualTo(1);
        }
    }

    @Test
    void isNotReadyWhileTheIssuerIsDown() {
        try (TestIssuer issuer = TestIssuer.start()) {
            issuer.goDown();
            try (TokenGuard guard = guarding(issuer).build()) {
                assertThat(guard.awaitReady(Duration.ofMillis(50))).isFalse();
            }
        }
    }

    @Test
    void isReadyWithoutAnyTenantOfATemplate() {
        try (TestIssuer issuer = TestIssuer.builder().path("/tenants/a").start();
                TokenGuard guard = TokenGuard.builder()
                        .issuer(TrustedIssuer.builder(issuer.issuer().replace("/tenants/a", "/tenants/*"))
                                .audience(GuardedIssuer.AUDIENCE)
                                .build())
                        .route("/orders authenticated")
                        .build()) {
            assertThat(guard.health().isReady()).isTrue();
            assertThat(reasonOf(guard.decide(
                            bearing(issuer.token().issuer(issuer.issuer() + "x").sign()))))
                    .isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
            assertThat(guard.health().issuers()).hasSize(1);
            assertThat(guard.health().isReady()).isTrue();
        }
    }

    @Test
    void moreRequestsThanMayWaitAreRefusedAtOnce() {
        try (TestIssuer issuer = TestIssuer.start()) {
            issuer.on(TestEndpoint.JWKS).answer(Fault.hang());
            try (TokenGuard guard = guarding(
                            issuer,
                            settings -> settings.keysFrom(issuer.jwksUri())
                                    .keyTimeout(Duration.ofSeconds(30))
                                    .keyMaxWaiting(1))
                    .build()) {
                String token = issuer.token().sign();
                CompletableFuture<RefusalReason> waiting =
                        CompletableFuture.supplyAsync(() -> reasonOf(guard.decide(bearing(token))));
                CompletableFuture<RefusalReason> further =
                        CompletableFuture.supplyAsync(() -> reasonOf(guard.decide(bearing(token))));
                // One of both has the only place, and the other one ends long before the load does.
                assertThat(CompletableFuture.anyOf(waiting, further)
                                .orTimeout(20, TimeUnit.SECONDS)
                                .join())
                        .isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
                issuer.heal();
            }
        }
    }
}
