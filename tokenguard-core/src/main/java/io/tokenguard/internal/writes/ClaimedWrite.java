package io.tokenguard.internal.writes;

import io.tokenguard.access.Decision.Challenge;
import io.tokenguard.access.IdempotentWrite;
import io.tokenguard.access.RefusedException;
import io.tokenguard.spi.SharedState.WriteStore.Claim;
import io.tokenguard.spi.SharedState.WriteStore.Claimed;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A write with a key. For one request. */
final class ClaimedWrite implements IdempotentWrite {
    private static final Logger LOG = LoggerFactory.getLogger("io.tokenguard.writes");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int OWNER_BYTES = 16;
    private static final int FIRST_SERVER_ERROR = 500;

    /** Refusals that hold for now only: the request was not processed, and may be granted later. */
    private static final Set<Integer> NOT_NOW = Set.of(401, 403, 407, 408, 425, 429);

    /** As many characters as stores take. */
    private static final int LONGEST_RECORD = 1_000_000;

    private final WriteTerms terms;
    private final GrantedWrite write;
    private final Claim claim;
    private final Instant forgetAt;
    private @Nullable BodyHash hash;
    private BodyHash.@Nullable Hashed hashed;
    private boolean isRunning;

    ClaimedWrite(WriteTerms terms, GrantedWrite write, WriteKeys.Bound key) {
        this.terms = terms;
        this.write = write;
        Instant now = terms.clock().instant();
        this.forgetAt = now.plus(write.rule().life());
        Instant leaseEnd = now.plus(terms.settings().lease());
        Instant until = leaseEnd.isBefore(forgetAt) ? leaseEnd : forgetAt;
        this.claim = new Claim(key.key(), key.holder(), owner(), now, until);
    }

    private static String owner() {
        byte[] bytes = new byte[OWNER_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public Optional<Challenge> refusal() {
        return Optional.empty();
    }

    @Override
    public int maxBody() {
        return terms.settings().maxBody();
    }

    @Override
    public int maxAnswer() {
        return terms.settings().maxAnswer();
    }

    @Override
    public Start begin(byte[] head, InputStream rest) throws IOException {
        Claimed known = terms.store().claim(claim);
        try {
            return switch (known.state()) {
                case FIRST -> run(head);
                case DONE -> repeat(known.record(), head, rest);
                case RUNNING -> throw WriteRefusals.running();
                case FULL -> throw WriteRefusals.full();
                case UNKNOWN -> throw WriteRefusals.unavailable("the store does not answer");
            };
        } catch (RefusedException refused) {
            return new Start.Refuse(write.refuse().apply(refused));
        }
    }

    private Start run(byte[] head) {
        hash = BodyHash.of(write.query(), head, head.length < maxBody());
        isRunning = true;
        return new Start.Run();
    }

    private Start repeat(String record, byte[] head, InputStream rest) throws RefusedException, IOException {
        StoredWrite stored = StoredWrite.read(record)
                .orElseThrow(() -> WriteRefusals.unavailable("another version has written the record"));
        if (!BodyHash.isSame(stored.request(), write.query(), head, rest)) {
            throw WriteRefusals.reused();
        }
        Answer answer = stored.answer().orElseThrow(WriteRefusals::unstored);
        // What is stored may have been stored under other settings.
        Map<String, List<String>> fields = new HashMap<>(terms.fields().of(answer.fields()));
        fields.put("Idempotent-Replayed", List.of("true"));
        return new Start.Repeat(new Answer(answer.status(), fields, answer.body()));
    }

    @Override
    public void read(byte[] bytes, int from, int count) {
        if (hash != null && hashed == null) {
            hash.add(bytes, from, count);
        }
    }

    @Override
    public Challenge refuseForm() {
        return write.refuse().apply(WriteRefusals.form());
    }

    @Override
    public void end(Answer answer) {
        if (!isStored(answer.status())) {
            abandon();
        } else {
            finish(Optional.of(kept(answer)).filter(kept -> kept.body().length <= maxAnswer()));
        }
    }

    @Override
    public void endUnstored(int status) {
        if (!isStored(status)) {
            abandon();
        } else {
            finish(Optional.empty());
        }
    }

    private static boolean isStored(int status) {
        return status < FIRST_SERVER_ERROR && !NOT_NOW.contains(status);
    }

    private Answer kept(Answer answer) {
        return new Answer(answer.status(), terms.fields().of(answer.fields()), answer.body());
    }

    private void finish(Optional<Answer> answer) {
        if (!isRunning) {
            return;
        }
        isRunning = false;
        try {
            if (!terms.store().finish(claim, record(answer), forgetAt)) {
                LOG.debug("The answer to an idempotent request is not stored, or was stored by the application");
            }
        } catch (RuntimeException failure) {
            terms.lines()
                    .write(
                            "store",
                            () -> LOG.warn(
                                    "The answer to an idempotent request could not be stored ({}); requests with its key get 409 until {}",
                                    failure.getClass().getName(),
                                    claim.until()));
        }
    }

    @Override
    public void abandon() {
        if (!isRunning) {
            return;
        }
        isRunning = false;
        try {
            terms.store().release(claim);
        } catch (RuntimeException failure) {
            terms.lines()
                    .write(
                            "release",
                            () -> LOG.warn(
                                    "The key of a failed request could not be released ({}); requests with it get 409 until {}",
                                    failure.getClass().getName(),
                                    claim.until()));
        }
    }

    @Override
    public Receipt receipt(Answer answer) {
        return new Receipt(claim.key(), claim.owner(), record(Optional.of(kept(answer))), forgetAt);
    }

    private String record(Optional<Answer> answer) {
        if (hash == null) {
            throw new IllegalStateException("The write has not begun");
        }
        hashed = hashed == null ? hash.end() : hashed;
        String text = new StoredWrite(hashed, answer).write();
        return text.length() <= LONGEST_RECORD ? text : new StoredWrite(hashed, Optional.empty()).write();
    }
}
