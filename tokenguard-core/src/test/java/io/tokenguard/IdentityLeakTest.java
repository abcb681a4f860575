package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Requests of many users, interleaved on few threads and on many: nobody becomes somebody else (CWE-488, CWE-362). */
class IdentityLeakTest {
    private static final int USERS = 40;
    private static final int REQUESTS = 20_000;
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.RS256, "k");
    private static TestIssuer issuer;
    private static TokenGuard guard;
    private static List<String> tokens;

    @BeforeAll
    static void start() {
        issuer = TestIssuer.builder().keys(KEY).start();
        guard = guarding(
                        issuer,
                        settings -> settings.keys(new VerificationKey("k", SignatureAlgorithm.RS256, KEY.publicKey())))
                .build();
        tokens = IntStream.range(0, USERS)
                .mapToObj(user -> issuer.token().subject("user-" + user).sign())
                .toList();
    }

    @AfterAll
    static void stop() {
        guard.close();
        issuer.close();
    }

    @Test
    void nobodyBecomesSomebodyElseOnPooledThreads() throws Exception {
        interleave(Executors.newFixedThreadPool(8));
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void nobodyBecomesSomebodyElseOnVirtualThreads() throws Exception {
        // Compiled for Java 17, which does not know them.
        interleave((ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
    }

    private static void interleave(ExecutorService threads) throws ExecutionException, InterruptedException {
        List<Future<?>> requests = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            int request = i;
            requests.add(threads.submit(() -> ask(request)));
        }
        threads.shutdown();
        for (Future<?> request : requests) {
            request.get();
        }
    }

    /** Every third request carries a token that was tampered with, or none: what it meets may be a stranger's leavings. */
    private static void ask(int request) {
        String user = "user-" + request % USERS;
        String token = tokens.get(request % USERS);
        if (request % 3 != 0) {
            assertThat(guard.decide(bearing(token)))
                    .isInstanceOfSatisfying(
                            Decision.Granted.class,
                            granted -> assertThat(granted.accessToken().flatMap(good -> good.subject()))
                                    .isEqualTo(Optional.of(user)));
        } else if (request % 2 != 0) {
            assertThat(reasonOf(guard.decide(bearing(token.substring(0, token.length() - 4) + "AAAA"))))
                    .isEqualTo(RefusalReason.SIGNATURE_INVALID);
        } else {
            assertThat(reasonOf(guard.decide(GuardedIssuer.request().build()))).isEqualTo(RefusalReason.NO_CREDENTIALS);
        }
    }
}
