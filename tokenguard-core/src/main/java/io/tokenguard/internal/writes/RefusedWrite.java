package io.tokenguard.internal.writes;

import io.tokenguard.access.Decision.Challenge;
import io.tokenguard.access.IdempotentWrite;
import java.io.InputStream;
import java.util.Optional;

/**
 * A write whose key is missing or malformed. Never runs.
 *
 * @param challenge the answer
 */
record RefusedWrite(Challenge challenge) implements IdempotentWrite {
    @Override
    public Optional<Challenge> refusal() {
        return Optional.of(challenge);
    }

    @Override
    public int maxBody() {
        return 0;
    }

    @Override
    public int maxAnswer() {
        return 0;
    }

    @Override
    public Start begin(byte[] head, InputStream rest) {
        return new Start.Refuse(challenge);
    }

    @Override
    public void read(byte[] bytes, int from, int count) {}

    @Override
    public Challenge refuseForm() {
        return challenge;
    }

    @Override
    public void end(Answer answer) {}

    @Override
    public void endUnstored(int status) {}

    @Override
    public void abandon() {}

    @Override
    public Receipt receipt(Answer answer) {
        throw new IllegalStateException("The write was refused");
    }
}
