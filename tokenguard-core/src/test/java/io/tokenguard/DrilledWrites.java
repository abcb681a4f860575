package io.tokenguard;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision;
import io.tokenguard.access.Decision.Challenge;
import io.tokenguard.access.IdempotentWrite;
import io.tokenguard.access.IdempotentWrite.Start;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.spi.GuardObserver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A guard with writes that are refused for the reason that a test asks for. */
record DrilledWrites(TokenGuard guard, List<Refusal> refusals) implements AutoCloseable {
    static DrilledWrites of(TokenGuardBuilder settings) {
        List<Refusal> refusals = new ArrayList<>();
        TokenGuard guard = settings.route("POST /orders authenticated")
                .write("POST /orders idempotent 1h")
                .idempotencyMaxBytes(1 << 20)
                .observer(new GuardObserver() {
                    @Override
                    public void refused(Refusal refusal) {
                        refusals.add(refusal);
                    }
                })
                .build();
        return new DrilledWrites(guard, refusals);
    }

    static boolean isOf(RefusalReason reason) {
        return reason.name().startsWith("IDEMPOTEN");
    }

    static IncomingRequest request(RefusalReason reason, String token) {
        IncomingRequest.Builder request =
                IncomingRequest.builder("POST", "/orders").overTls().header("Authorization", "Bearer " + token);
        return switch (reason) {
            case IDEMPOTENCY_KEY_MISSING -> request.build();
            case IDEMPOTENCY_KEY_INVALID ->
                request.header("Idempotency-Key", "bare").build();
            default -> keyed(request, reason.name());
        };
    }

    private static IncomingRequest keyed(IncomingRequest.Builder request, String key) {
        return request.header("Idempotency-Key", "\"" + key + "\"").build();
    }

    Decision refuse(IncomingRequest request, RefusalReason reason) {
        Optional<AccessToken> token = ((Decision.Granted) guard.decide(request)).accessToken();
        Challenge answer = refuse(guard.write(request, "", token).orElseThrow(), request, token, reason);
        return new Decision.Refused(refusals.get(refusals.size() - 1), answer);
    }

    private Challenge refuse(
            IdempotentWrite write, IncomingRequest request, Optional<AccessToken> token, RefusalReason reason) {
        if (write.refusal().isPresent()) {
            return write.refusal().get();
        }
        return switch (reason) {
            case IDEMPOTENT_FORM_UNSUPPORTED -> write.refuseForm();
            case IDEMPOTENCY_KEY_REUSED -> {
                if (begin(write, 1) instanceof Start.Run) {
                    write.end(new IdempotentWrite.Answer(200, java.util.Map.of(), new byte[0]));
                }
                yield refused(begin(guard.write(request, "", token).orElseThrow(), 2));
            }
            case IDEMPOTENCY_STORE_UNAVAILABLE -> fill(token);
            default -> {
                Start first = begin(write, 1);
                yield first instanceof Start.Refuse refused
                        ? refused.challenge()
                        : refused(begin(guard.write(request, "", token).orElseThrow(), 1));
            }
        };
    }

    /** With new keys each time: those of an earlier call would be busy, and too many such events are not logged. */
    private Challenge fill(Optional<AccessToken> token) {
        String turn = UUID.randomUUID().toString();
        for (int i = 0; ; i++) {
            IncomingRequest next =
                    keyed(IncomingRequest.builder("POST", "/orders").overTls(), turn + i);
            if (begin(guard.write(next, "", token).orElseThrow(), 1) instanceof Start.Refuse refused
                    && refusals.get(refusals.size() - 1).reason() == RefusalReason.IDEMPOTENCY_STORE_UNAVAILABLE) {
                return refused.challenge();
            }
        }
    }

    private static Start begin(IdempotentWrite write, int body) {
        try {
            return write.begin(new byte[] {(byte) body}, InputStream.nullInputStream());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Challenge refused(Start start) {
        return ((Start.Refuse) start).challenge();
    }

    @Override
    public void close() {
        guard.close();
    }
}
