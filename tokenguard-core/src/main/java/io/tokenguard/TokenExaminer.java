package io.tokenguard;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Provenance;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.claims.TokenTimes;
import io.tokenguard.internal.request.PresentedCredentials;
import io.tokenguard.internal.reuse.HeapSize;
import io.tokenguard.internal.reuse.TokenMemory;
import io.tokenguard.internal.revocation.Clearance;
import io.tokenguard.internal.signature.SignatureVerifier;
import io.tokenguard.internal.token.JoseHeader;
import io.tokenguard.internal.token.TokenParser;
import io.tokenguard.internal.token.UnverifiedToken;
import io.tokenguard.internal.token.VouchedClaims;
import io.tokenguard.spi.VerificationKey;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Establishes what never changes about a token: in full where it is new, by the memory where it is known. What can change
 * about the issuer, its keys and the time is looked at on every use. Thread-safe.
 */
final class TokenExaminer {
    private static final long SWEEP_SECONDS = 60;

    private final TokenParser parser;
    private final IssuerDirectory issuers;
    private final Set<String> bannedKeys;
    private final TokenMemory<VouchedToken> memory;
    private final Executor workers;
    private final AtomicLong nextSweep = new AtomicLong();

    TokenExaminer(
            TokenParser parser,
            IssuerDirectory issuers,
            Set<String> bannedKeys,
            TokenMemory<VouchedToken> memory,
            Executor workers) {
        this.parser = parser;
        this.issuers = issuers;
        this.bannedKeys = bannedKeys;
        this.memory = memory;
        this.workers = workers;
    }

    IssuerDirectory issuers() {
        return issuers;
    }

    int longestToken() {
        return parser.longestToken();
    }

    /** Examines the token of a request. */
    VouchedToken examine(PresentedCredentials presented, Evidence evidence, Instant now) throws RefusedException {
        VouchedToken known = recall(presented.field(), presented.start(), evidence);
        return inTime(known == null ? establish(presented.token(), evidence) : known, now);
    }

    /** Examines a token that came without a request. */
    VouchedToken examine(String token, Evidence evidence, Instant now) throws RefusedException {
        VouchedToken known = recall(token, 0, evidence);
        return inTime(known == null ? establish(token, evidence) : known, now);
    }

    /** Examines once more a token that was found good: what can have changed, and needs no network. */
    void examineAgain(AccessToken token, Instant now) throws RefusedException {
        requireNotBanned(token.provenance().keyId());
        issuers.find(token.issuer()).lifetime().check(TokenTimes.of(token), now);
    }

    private static VouchedToken inTime(VouchedToken vouched, Instant now) throws RefusedException {
        vouched.lane().lifetime().check(vouched.times(), now);
        return vouched;
    }

    /** The corridor of a new token. */
    private VouchedToken establish(String presented, Evidence evidence) throws RefusedException {
        UnverifiedToken unverified = evidence.parsed(parser.parse(presented));
        JoseHeader header = unverified.header();
        IssuerLane lane = issuers.find(unverified.claimedIssuer());
        lane.header().require(header);
        VerificationKey key = lane.keys().find(header.keyId(), header.algorithm());
        requireNotBanned(key.keyId());
        VouchedClaims claims = evidence.vouched(SignatureVerifier.verify(unverified, key));
        AccessToken token = lane.claims().validate(claims).from(Provenance.of(key.keyId(), presented));
        return new VouchedToken(lane, header.keyId(), key, token, TokenTimes.of(token), new Clearance(), false);
    }

    /** What is known of a token, as long as its issuer is trusted and publishes its key; null where it is to be checked anew. */
    private @Nullable VouchedToken recall(String field, int start, Evidence evidence) throws RefusedException {
        VouchedToken known = memory.find(field, start);
        if (known == null) {
            return null;
        }
        evidence.recalled(known);
        IssuerLane lane = issuers.find(known.token().issuer());
        VerificationKey key = lane.keys().find(known.keyId(), known.key().algorithm());
        requireNotBanned(key.keyId());
        if (!lane.equals(known.lane()) || !key.equals(known.key())) {
            return null;
        }
        evidence.vouchedOnceMore();
        return known;
    }

    private void requireNotBanned(String keyId) throws RefusedException {
        if (bannedKeys.contains(keyId)) {
            throw new RefusedException(RefusalReason.KEY_REFUSED, "banned by the operator");
        }
    }

    /** Remembers a token that has passed all that concerns it alone. */
    void remember(String field, int start, VouchedToken vouched, Instant now) {
        if (!vouched.isRemembered()) {
            sweep(now);
            int bytes = HeapSize.of(vouched.token().claims());
            memory.keep(field, start, vouched.key().publicKey(), vouched.remembered(), bytes);
        }
    }

    /** Forgets, once a minute in which new tokens come, those whose time is over: of users who are gone nothing is kept. */
    private void sweep(Instant now) {
        long due = nextSweep.get();
        if (now.getEpochSecond() < due || !nextSweep.compareAndSet(due, now.getEpochSecond() + SWEEP_SECONDS)) {
            return;
        }
        try {
            workers.execute(
                    () -> memory.forgetIf(known -> known.lane().lifetime().isOver(known.times(), now)));
        } catch (RejectedExecutionException closed) {
            // A closed guard goes on to decide; what it remembers is bounded all the same.
        }
    }
}
