package io.tokenguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

class TestIssuerExtensionTest {
    private static final List<TestIssuer> SEEN = new ArrayList<>();
    private static final List<Integer> STATUSES = new ArrayList<>();

    @BeforeEach
    void forget() {
        SEEN.clear();
        STATUSES.clear();
    }

    @ExtendWith(TestIssuerExtension.class)
    static class Everywhere {

        Everywhere(TestIssuer issuer) {
            SEEN.add(issuer);
        }

        @BeforeAll
        static void beforeAll(TestIssuer issuer) {
            SEEN.add(issuer);
        }

        @BeforeEach
        void beforeEach(TestIssuer issuer) {
            SEEN.add(issuer);
        }

        @Test
        void test(TestIssuer issuer) {
            SEEN.add(issuer);
        }

        @Nested
        class Inside {
            @Test
            void test(TestIssuer issuer) {
                SEEN.add(issuer);
            }
        }
    }

    @Test
    void givesOneIssuerToWhateverAsksForIt() {
        run(Everywhere.class, 2);

        assertThat(SEEN).hasSize(7);
        assertThat(SEEN).allMatch(issuer -> issuer == SEEN.get(0));
    }

    @Test
    void closesTheIssuerAfterAll() {
        run(Everywhere.class, 2);

        assertThatThrownBy(SEEN.get(0)::comeBack).isInstanceOf(IllegalStateException.class);
    }

    @ExtendWith(TestIssuerExtension.class)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class Spoiling {

        @Test
        void first(TestIssuer issuer) throws Exception {
            new Web().get(issuer.jwksUri());
            issuer.on(TestEndpoint.JWKS).answer(Fault.status(500));
            issuer.publishRaw("");
            issuer.goDown();
        }

        @Test
        void second(TestIssuer issuer) throws Exception {
            SEEN.add(issuer);
            STATUSES.add(issuer.requests(TestEndpoint.JWKS));
            STATUSES.add(new Web().get(issuer.jwksUri()).statusCode());
        }
    }

    @Test
    void healsTheIssuerAndForgetsRequestsBeforeEachTest() {
        run(Spoiling.class, 2);

        assertThat(STATUSES).containsExactly(0, 200);
    }

    static class OnMethods {
        @Test
        @ExtendWith(TestIssuerExtension.class)
        void one(TestIssuer issuer) {
            SEEN.add(issuer);
        }

        @Test
        @ExtendWith(TestIssuerExtension.class)
        void two(TestIssuer issuer) {
            SEEN.add(issuer);
        }
    }

    @Test
    void givesAMethodItsOwnIssuerAndClosesItAfterwards() {
        run(OnMethods.class, 2);

        assertThat(SEEN).hasSize(2).doesNotHaveDuplicates();
        assertThat(SEEN)
                .allSatisfy(issuer -> assertThatThrownBy(issuer::comeBack).isInstanceOf(IllegalStateException.class));
    }

    @ExtendWith(TestIssuerExtension.class)
    static class AskingForMore {
        @Test
        void test(TestClock clock) {
            throw new AssertionError("there is no such parameter: " + clock);
        }
    }

    @Test
    void resolvesNothingElse() {
        events(AskingForMore.class).assertStatistics(tests -> tests.started(1).failed(1));
    }

    private static void run(Class<?> testClass, int tests) {
        events(testClass).assertStatistics(all -> all.started(tests).succeeded(tests));
    }

    private static Events events(Class<?> testClass) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .execute()
                .testEvents();
    }
}
