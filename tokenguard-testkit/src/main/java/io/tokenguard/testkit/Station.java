package io.tokenguard.testkit;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One endpoint at work: what it says, how it behaves, and what it has been asked. */
final class Station {
    private final EndpointBehaviour behaviour = new EndpointBehaviour();
    private final Traffic traffic = new Traffic();
    private final List<String> methods;
    private final Function<RecordedRequest, HonestAnswer> honestAnswers;

    Station(List<String> methods, Function<RecordedRequest, HonestAnswer> honestAnswers) {
        this.methods = methods;
        this.honestAnswers = honestAnswers;
    }

    EndpointBehaviour behaviour() {
        return behaviour;
    }

    Traffic traffic() {
        return traffic;
    }

    /** A request is counted once its fate is decided and before it is answered: what hangs counts too. */
    void serve(HttpExchange exchange) throws IOException, InterruptedException {
        boolean allowed = methods.contains(exchange.getRequestMethod());
        Optional<Spell> spell = allowed ? behaviour.strike() : Optional.empty();
        RecordedRequest request = RecordedRequest.of(exchange);
        traffic.record(request);
        if (!allowed) {
            Reply refused = new Reply(exchange, HonestAnswer.NONE);
            refused.header("Allow", String.join(", ", methods));
            refused.send(405, new byte[0]);
        } else if (spell.isPresent()) {
            spoil(exchange, request, spell.get());
        } else {
            new Reply(exchange, honestAnswers.apply(request)).sendHonestly();
        }
    }

    /** A canned answer stands for the endpoint: the request has no effect. */
    private void spoil(HttpExchange exchange, RecordedRequest request, Spell spell)
            throws IOException, InterruptedException {
        if (spell.fault() instanceof Misbehaviour misbehaviour) {
            misbehaviour.delivery().deliver(new Reply(exchange, honestAnswers.apply(request)), spell);
        } else if (spell.fault() instanceof CannedAnswer answer) {
            answer.deliver(new Reply(exchange, HonestAnswer.NONE));
        }
    }
}
