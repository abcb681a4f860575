package io.tokenguard.jdbc;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IdempotentWrite;
import io.tokenguard.access.IdempotentWrite.Answer;
import io.tokenguard.access.IdempotentWrite.Start;
import io.tokenguard.access.IncomingRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** Sends writes to guards as an adapter does. */
final class WriteClient {
    private WriteClient() {}

    /**
     * A write that has begun.
     *
     * @param write the write
     * @param start how it goes on
     */
    record Begun(IdempotentWrite write, Start start) {
        boolean runs() {
            return start instanceof Start.Run;
        }

        /** The status of the answer that the application does not give; 0 if it runs. */
        int status() {
            if (start instanceof Start.Refuse refused) {
                return refused.challenge().status();
            }
            return start instanceof Start.Repeat repeated ? repeated.answer().status() : 0;
        }
    }

    static Begun begin(TokenGuard guard, String token, String key) {
        IncomingRequest request = IncomingRequest.builder("POST", "/orders")
                .overTls()
                .header("Host", "api.example.com")
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", "\"" + key + "\"")
                .build();
        Optional<AccessToken> accepted = ((Decision.Granted) guard.decide(request)).accessToken();
        IdempotentWrite write = guard.write(request, "", accepted).orElseThrow();
        try {
            return new Begun(write, write.begin(new byte[] {1}, InputStream.nullInputStream()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static Answer answer(int status) {
        return new Answer(status, Map.of(), "done".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
