package io.tokenguard.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.GuardProperties;
import io.tokenguard.TokenGuard;
import io.tokenguard.access.Refusal;
import io.tokenguard.attacks.Attack;
import io.tokenguard.attacks.AttackBench;
import io.tokenguard.attacks.AttackCatalogue;
import io.tokenguard.attacks.AttackRow;
import io.tokenguard.attacks.HttpOutcome;
import io.tokenguard.attacks.RawRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rows about limits and the brake, by sockets through the filter. */
class LimitCatalogueTest {
    /** A guard and a server of its own, which are made for the first request. */
    private static final class Door implements AutoCloseable {
        private final Attack attack;
        private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
        private final AttackBench bench = AttackBench.open(this::send);
        private FilteredNode node;

        Door(Attack attack) {
            this.attack = attack;
        }

        int send(RawRequest request) {
            if (node == null) {
                TokenGuard guard = GuardProperties.of(attack.profile().properties(bench)).toBuilder()
                        .clock(bench.clock())
                        .observer(refusals::add)
                        .build();
                node = FilteredNode.start(guard);
            }
            try (Socket socket =
                    new Socket(InetAddress.getLoopbackAddress(), node.address().getPort())) {
                socket.getOutputStream().write(written(request).getBytes(ISO_8859_1));
                BufferedReader answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
                return Integer.parseInt(answer.readLine().split(" ", -1)[1]);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        private static String written(RawRequest request) {
            String target = request.query().isEmpty() ? request.path() : request.path() + "?" + request.query();
            String fields = request.headers().stream()
                    .map(field -> field.name() + ": " + field.value() + "\r\n")
                    .collect(Collectors.joining());
            return request.method() + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Content-Length: 0\r\n" + fields + "\r\n";
        }

        @Override
        public void close() {
            if (node != null) {
                node.close();
            }
            bench.close();
        }
    }

    @TestFactory
    Stream<DynamicNode> everyRowEndsAsItMust() {
        return AttackCatalogue.rowsOfLimits().stream()
                .map(row -> DynamicContainer.dynamicContainer(
                        row.toString(),
                        row.attacks().stream()
                                .map(attack -> DynamicTest.dynamicTest(attack.variant(), () -> withstand(attack)))));
    }

    private static void withstand(Attack attack) {
        try (Door door = new Door(attack)) {
            RawRequest last = attack.play(door.bench);
            door.refusals.clear();
            assertThat(door.send(last)).isEqualTo(attack.expected().http().status());
            if (attack.expected().http() == HttpOutcome.PASS) {
                assertThat(door.refusals).isEmpty();
            } else if (!door.refusals.isEmpty() || attack.expected().http() != HttpOutcome.BAD_REQUEST) {
                // A server may refuse an ambiguous path itself.
                assertThat(door.refusals)
                        .singleElement()
                        .satisfies(refusal -> assertThat(refusal.reason().name())
                                .isIn(attack.expected().reasons()));
            }
        }
    }

    @Test
    void everyRowHasANumberOfItsOwn() {
        Set<String> others = AttackCatalogue.rows().stream().map(AttackRow::id).collect(Collectors.toSet());
        assertThat(AttackCatalogue.rowsOfLimits())
                .extracting(AttackRow::id)
                .doesNotHaveDuplicates()
                .noneMatch(others::contains);
    }
}
