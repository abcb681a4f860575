package io.tokenguard.testkit;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One endpoint at work: what it says, how it behaves, and what it has been asked. */
final class Station {
    private final EndpointBehaviour behaviour = new EndpointBehaviour();
    private final Traffic traffic = new Traffic();
    private final Supplier<HonestAnswer> honestAnswers;

    Station(Supplier<HonestAnswer> honestAnswers) {
        this.honestAnswers = honestAnswers;
    }

    EndpointBehaviour behaviour() {
        return behaviour;
    }

    Traffic traffic() {
        return traffic;
    }

    /** Counts the request before it is answered, so that also one that never gets an answer counts. */
    void serve(HttpExchange exchange) throws IOException, InterruptedException {
        String method = exchange.getRequestMethod();
        traffic.record(new RecordedRequest(method, exchange.getRequestURI().toString(), exchange.getRequestHeaders()));
        Reply reply = new Reply(exchange, honestAnswers.get());
        if (!List.of("GET", "HEAD").contains(method)) {
            reply.header("Allow", "GET, HEAD");
            reply.send(405, new byte[0]);
            return;
        }
        Optional<Spell> spell = behaviour.strike();
        if (spell.isPresent()) {
            spoil(reply, spell.get());
        } else {
            reply.sendHonestly();
        }
    }

    private static void spoil(Reply reply, Spell spell) throws IOException, InterruptedException {
        if (spell.fault() instanceof Misbehaviour misbehaviour) {
            misbehaviour.delivery().deliver(reply, spell);
        } else if (spell.fault() instanceof CannedAnswer answer) {
            answer.deliver(reply);
        }
    }
}
