package io.tokenguard.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.GuardProperties;
import io.tokenguard.TokenGuard;
import io.tokenguard.access.Refusal;
import io.tokenguard.attacks.Attack;
import io.tokenguard.attacks.AttackBench;
import io.tokenguard.attacks.HttpOutcome;
import io.tokenguard.attacks.RawRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A guard and a server for one attack, which are made for its first request. */
final class AttackedNode implements AutoCloseable {
    private final Attack attack;
    private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
    private final AttackBench bench = AttackBench.open(this::send);
    private @Nullable FilteredNode node;

    private AttackedNode(Attack attack) {
        this.attack = attack;
    }

    /** Plays an attack, and returns the answer to its last request, which is as expected. */
    static String withstand(Attack attack) {
        try (AttackedNode node = new AttackedNode(attack)) {
            return node.withstand();
        }
    }

    private String withstand() {
        RawRequest last = attack.play(bench);
        refusals.clear();
        String answer = send(last);
        assertThat(Integer.parseInt(answer.split(" ", -1)[1]))
                .isEqualTo(attack.expected().http().status());
        if (attack.expected().http() == HttpOutcome.PASS) {
            assertThat(refusals).isEmpty();
        } else if (!refusals.isEmpty() || attack.expected().http() != HttpOutcome.BAD_REQUEST) {
            // A server may refuse an ambiguous path itself.
            assertThat(refusals)
                    .singleElement()
                    .satisfies(refusal -> assertThat(refusal.reason().name())
                            .isIn(attack.expected().reasons()));
        }
        return answer;
    }

    private String send(RawRequest request) {
        FilteredNode running = node == null ? start() : node;
        node = running;
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), running.address().getPort())) {
            socket.getOutputStream().write(written(request).getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private FilteredNode start() {
        TokenGuard guard = GuardProperties.of(attack.profile().properties(bench)).toBuilder()
                .clock(bench.clock())
                .observer(refusals::add)
                .build();
        return FilteredNode.start(guard);
    }

    private static String written(RawRequest request) {
        String target = request.query().isEmpty() ? request.path() : request.path() + "?" + request.query();
        String fields = request.headers().stream()
                .map(field -> field.name() + ": " + field.value() + "\r\n")
                .collect(Collectors.joining());
        return request.method() + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                + request.body().length() + "\r\n" + fields + "\r\n" + request.body();
    }

    @Override
    public void close() {
        if (node != null) {
            node.close();
        }
        bench.close();
    }
}
