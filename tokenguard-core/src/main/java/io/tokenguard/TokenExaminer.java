package io.tokenguard;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Provenance;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.claims.LifetimeCheck;
import io.tokenguard.internal.claims.TokenTimes;
import io.tokenguard.internal.request.PresentedCredentials;
import io.tokenguard.internal.revocation.Clearance;
import io.tokenguard.internal.signature.SignatureVerifier;
import io.tokenguard.internal.token.JoseHeader;
import io.tokenguard.internal.token.TokenParser;
import io.tokenguard.internal.token.UnverifiedToken;
import io.tokenguard.internal.token.VouchedClaims;
import io.tokenguard.spi.VerificationKey;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Establishes what never changes about a token: in full where it is new, by the memory where it is known, by its issuer's
 * word where nobody here can read it. What can change about the issuer, its keys and the time is looked at on every use.
 * Thread-safe.
 *
 * @param parser parses tokens
 * @param issuers who is trusted
 * @param introspectors ask issuers
 * @param keys the keys of issuers
 * @param signatures checks signatures
 * @param memory what is known of tokens
 */
record TokenExaminer(
        TokenParser parser,
        IssuerDirectory issuers,
        Introspectors introspectors,
        TrustedKeys keys,
        SignatureVerifier signatures,
        RememberedTokens memory) {
    int longestToken() {
        return parser.longestToken();
    }

    /** Examines the token of a request; it is read only where it is not known. */
    ExaminedToken examine(PresentedCredentials presented, boolean isFresh, Evidence evidence, Instant now)
            throws RefusedException {
        VouchedToken known = recall(presented.field(), presented.start(), evidence);
        if (known == null) {
            return examineNew(presented.token(), isFresh, evidence, now);
        }
        requireInTime(known, now);
        if (introspectors.isToConfirm(known.token(), isFresh)) {
            introspectors.confirm(presented.token(), known.token(), isFresh);
        }
        return ExaminedToken.of(known);
    }

    /** Examines a token that came without a request. */
    ExaminedToken examine(String token, Evidence evidence, Instant now) throws RefusedException {
        VouchedToken known = recall(token, 0, evidence);
        if (known == null) {
            return examineNew(token, false, evidence, now);
        }
        requireInTime(known, now);
        introspectors.confirm(token, known.token(), false);
        return ExaminedToken.of(known);
    }

    private ExaminedToken examineNew(String token, boolean isFresh, Evidence evidence, Instant now)
            throws RefusedException {
        Optional<AskedIssuer> asked = introspectors.whomToAsk(token);
        if (asked.isPresent()) {
            evidence.askedOf(asked.get().name());
            AccessToken answer = introspectors.introspect(asked.get(), token, isFresh);
            return ExaminedToken.answered(evidence.answered(answer).from(Provenance.of("", token)));
        }
        VouchedToken vouched = establish(token, evidence);
        requireInTime(vouched, now);
        introspectors.confirm(token, vouched.token(), isFresh);
        return ExaminedToken.of(vouched);
    }

    private static void requireInTime(VouchedToken vouched, Instant now) throws RefusedException {
        vouched.lane().lifetime().check(vouched.times(), now);
    }

    /** The corridor of a new token. */
    private VouchedToken establish(String presented, Evidence evidence) throws RefusedException {
        UnverifiedToken unverified = evidence.parsed(parser.parse(presented));
        JoseHeader header = unverified.header();
        IssuerLane lane = issuers.find(unverified.claimedIssuer());
        lane.header().require(header);
        VerificationKey key = keys.find(lane, header.keyId(), header.algorithm());
        VouchedClaims claims = evidence.vouched(signatures.verify(unverified, key));
        AccessToken token = lane.claims()
                .validate(claims)
                .from(Provenance.ofSigned(key.keyId(), key.publicKey(), unverified.signed()));
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
        VerificationKey key = keys.find(lane, known.keyId(), known.key().algorithm());
        if (!known.isVouchedForBy(lane, key)) {
            return null;
        }
        evidence.vouchedOnceMore();
        return known;
    }

    /** Examines once more a token that was found good: what can have changed, and needs no network. */
    void examineAgain(AccessToken token, Instant now) throws RefusedException {
        requireNotBanned(token);
        Optional<LifetimeCheck> asked = introspectors.lifetimeOf(token);
        LifetimeCheck lifetime =
                asked.isPresent() ? asked.get() : issuers.find(token.issuer()).lifetime();
        lifetime.check(TokenTimes.of(token), now);
    }

    /** The key that signed it may have been banned since. */
    void requireNotBanned(AccessToken token) throws RefusedException {
        keys.requireNotBanned(token.provenance());
    }

    /** Asks the issuer once more about a token that was found good earlier in the same request. */
    void askAgain(String token, AccessToken alreadyGood) throws RefusedException {
        introspectors.confirmAgain(token, alreadyGood);
    }

    /** Remembers a token that has passed all that concerns it alone. */
    void remember(String field, int start, ExaminedToken examined, Instant now) {
        if (examined.vouched().isPresent()) {
            memory.keep(field, start, examined.vouched().get(), now);
        }
    }
}
