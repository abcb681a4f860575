package io.tokenguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class LifecycleTest {
    private static final Duration A_MOMENT = Duration.ofMillis(150);
    private static final long PATIENCE_MILLIS = 10_000;

    @Test
    void refusesConnectionsWhileItIsDown() {
        try (TestIssuer issuer = started()) {
            issuer.goDown();
            issuer.goDown();

            assertThatThrownBy(() -> RawConnection.get(issuer.jwksUri())).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void comesBackOnTheSamePortWithTheSameKeys() throws Exception {
        try (TestIssuer issuer = started()) {
            String before = new Web().get(issuer.jwksUri()).body();
            issuer.goDown();
            issuer.comeBack();
            issuer.comeBack();

            assertThat(new Web().get(issuer.jwksUri()).body()).isEqualTo(before);
        }
    }

    @Test
    void goesUpAndDownOften() throws Exception {
        try (TestIssuer issuer = started()) {
            for (int i = 0; i < 20; i++) {
                issuer.goDown();
                issuer.comeBack();
                assertThat(new Web().get(issuer.jwksUri()).statusCode()).isEqualTo(200);
            }
        }
    }

    /** Without care, one of some ten thousand sockets would get it. */
    @Test
    void leavesItsPortToNobodyWhoAsksForAnyWhileItIsDown() throws Exception {
        try (TestIssuer issuer = started()) {
            int port = issuer.jwksUri().getPort();
            issuer.goDown();

            for (int i = 0; i < 60_000; i++) {
                try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                    assertThat(other.getLocalPort()).isNotEqualTo(port);
                }
            }
        }
    }

    @Test
    void comesBackWhenItIsHealed() throws Exception {
        try (TestIssuer issuer = started()) {
            issuer.goDown();
            issuer.heal();

            assertThat(new Web().get(issuer.jwksUri()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void breaksOffWhatIsInProgressWhenItGoesDown() throws Exception {
        try (TestIssuer issuer = started()) {
            try (RawConnection held = hangingAt(issuer)) {
                assertThat(held.staysSilentFor(A_MOMENT)).isTrue();
                issuer.goDown();

                assertThat(held.isClosedByTheOtherSide()).isTrue();
            }
        }
    }

    @Test
    void listensOnThePortItIsGiven() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (TestIssuer issuer =
                TestIssuer.builder().keys(KnownKeys.EC).port(port).start()) {
            assertThat(issuer.issuer()).isEqualTo("http://127.0.0.1:" + port);
            assertThat(new Web().get(issuer.jwksUri()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void doesNotStartOnAPortThatIsTaken() {
        try (TestIssuer issuer = started()) {
            int port = issuer.jwksUri().getPort();

            assertThatThrownBy(() ->
                            TestIssuer.builder().keys(KnownKeys.EC).port(port).start())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(Integer.toString(port));
        }
    }

    @Test
    void givesItsPortBackWhenItIsClosed() throws Exception {
        TestIssuer issuer = started();
        int port = issuer.jwksUri().getPort();
        issuer.close();

        try (TestIssuer heir =
                TestIssuer.builder().keys(KnownKeys.EC).port(port).start()) {
            assertThat(new Web().get(heir.jwksUri()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void givesItsPortBackWhenItIsClosedWhileDown() {
        TestIssuer issuer = started();
        int port = issuer.jwksUri().getPort();
        issuer.goDown();
        issuer.close();

        try (TestIssuer heir =
                TestIssuer.builder().keys(KnownKeys.EC).port(port).start()) {
            assertThat(heir.jwksUri().getPort()).isEqualTo(port);
        }
    }

    @Test
    void doesNotComeBackOnceClosed() {
        TestIssuer issuer = started();
        issuer.close();
        issuer.close();

        assertThatThrownBy(issuer::comeBack).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(issuer::heal).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void runsOnDaemonThreadsOnly() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (TestIssuer issuer = started();
                RawConnection held = hangingAt(issuer)) {
            assertThat(threadsSince(before))
                    .anyMatch(thread -> thread.getName().startsWith("test-issuer-"))
                    .allMatch(Thread::isDaemon);
            assertThat(held.staysSilentFor(A_MOMENT)).isTrue();
        }
    }

    static Stream<Fault> lastingFaults() {
        Duration forever = Duration.ofDays(1);
        return Stream.of(
                Fault.hang(), Fault.delay(forever), Fault.drip(forever), Fault.endless(), Fault.oversize(1L << 40));
    }

    @ParameterizedTest
    @MethodSource("lastingFaults")
    void leavesNoThreadWhenItIsClosedInTheMiddleOfAnAnswer(Fault fault) throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        TestIssuer issuer = started();
        Set<Thread> own;
        issuer.on(TestEndpoint.JWKS).answer(fault);
        try (RawConnection held = RawConnection.heldBy(issuer)) {
            own = threadsSince(before);
            issuer.close();
            assertThat(held.isClosedByTheOtherSide()).isTrue();
        }

        assertThat(own).anyMatch(thread -> thread.getName().startsWith("test-issuer-"));
        for (Thread thread : own) {
            thread.join(PATIENCE_MILLIS);
        }
        assertThat(own).noneMatch(Thread::isAlive);
    }

    @Test
    void keepsNoThreadBusyWithABodyThatHeadDoesNotWant() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (TestIssuer issuer = started()) {
            issuer.on(TestEndpoint.JWKS).answer(Fault.endless());
            issuer.on(TestEndpoint.OIDC_DISCOVERY).answer(Fault.drip(Duration.ofDays(1)));
            issuer.on(TestEndpoint.OAUTH_DISCOVERY).answer(Fault.oversize(Long.MAX_VALUE));
            for (URI uri : List.of(issuer.jwksUri(), issuer.oidcDiscoveryUri(), issuer.oauthDiscoveryUri())) {
                assertThat(new Web().send("HEAD", uri).statusCode()).isEqualTo(200);
            }

            Set<Thread> own = threadsSince(before);
            own.removeIf(thread -> !thread.getName().startsWith("test-issuer-"));
            for (Thread thread : own) {
                thread.join(PATIENCE_MILLIS);
            }
            assertThat(own).isNotEmpty().noneMatch(Thread::isAlive);
        }
    }

    @Test
    void showsItsIdentifierAsText() {
        try (TestIssuer issuer = started()) {
            assertThat(issuer).hasToString("TestIssuer[" + issuer.issuer() + "]");
        }
    }

    private static TestIssuer started() {
        return TestIssuer.builder().keys(KnownKeys.EC).start();
    }

    private static RawConnection hangingAt(TestIssuer issuer) throws IOException {
        issuer.on(TestEndpoint.JWKS).answer(Fault.hang());
        return RawConnection.heldBy(issuer);
    }

    private static Set<Thread> threadsSince(Set<Thread> before) {
        Set<Thread> own = new HashSet<>(Thread.getAllStackTraces().keySet());
        own.removeAll(before);
        return own;
    }
}
