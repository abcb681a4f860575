package io.tokenguard;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.claims.LifetimeCheck;
import io.tokenguard.internal.claims.TokenTimes;
import io.tokenguard.internal.request.PresentedCredentials;
import io.tokenguard.internal.revocation.RevocationCheckedAt;
import io.tokenguard.internal.signature.SignatureVerifier;
import io.tokenguard.internal.token.JoseHeader;
import io.tokenguard.internal.token.TokenParser;
import io.tokenguard.internal.token.UnverifiedToken;
import io.tokenguard.internal.token.VerifiedClaims;
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
record TokenValidator(
        TokenParser parser,
        IssuerRegistry issuers,
        IntrospectionRouter introspectors,
        TrustedKeys keys,
        SignatureVerifier signatures,
        CachedTokens memory) {
    /** Examines the token of a request; it is read only where it is not known. */
    ValidatedToken examine(PresentedCredentials presented, boolean isFresh, AuditDetails auditDetails, Instant now)
            throws RefusedException {
        parser.requireLength(presented.length());
        VerifiedToken known = recall(presented.field(), presented.start(), auditDetails);
        if (known == null) {
            return examineNew(presented.token(), isFresh, auditDetails, now);
        }
        requireInTime(known, now);
        if (introspectors.isToConfirm(known.token(), isFresh)) {
            introspectors.confirm(presented.token(), known.token(), isFresh);
        }
        return ValidatedToken.of(known);
    }

    /** Examines a token that came without a request. */
    ValidatedToken examine(String token, AuditDetails auditDetails, Instant now) throws RefusedException {
        VerifiedToken known = recall(token, 0, auditDetails);
        if (known == null) {
            return examineNew(token, false, auditDetails, now);
        }
        requireInTime(known, now);
        introspectors.confirm(token, known.token(), false);
        return ValidatedToken.of(known);
    }

    private ValidatedToken examineNew(String token, boolean isFresh, AuditDetails auditDetails, Instant now)
            throws RefusedException {
        Optional<IntrospectedIssuer> asked = introspectors.whomToAsk(token);
        if (asked.isPresent()) {
            auditDetails.askedOf(asked.get().name());
            AccessToken answer = introspectors.introspect(asked.get(), token, isFresh);
            return ValidatedToken.answered(
                    auditDetails.answered(answer).toBuilder().presented(token).build());
        }
        VerifiedToken vouched = establish(token, auditDetails);
        requireInTime(vouched, now);
        introspectors.confirm(token, vouched.token(), isFresh);
        return ValidatedToken.of(vouched);
    }

    private static void requireInTime(VerifiedToken vouched, Instant now) throws RefusedException {
        vouched.lane().lifetime().check(vouched.times(), now);
    }

    /** The pipeline of a new token. */
    private VerifiedToken establish(String presented, AuditDetails auditDetails) throws RefusedException {
        UnverifiedToken unverified = auditDetails.parsed(parser.parse(presented));
        JoseHeader header = unverified.header();
        IssuerRules lane = issuers.find(unverified.claimedIssuer());
        lane.header().require(header);
        VerificationKey key = keys.find(lane, header.keyId(), header.algorithm());
        VerifiedClaims claims = auditDetails.vouched(signatures.verify(unverified, key));
        AccessToken token = lane.claims().validate(claims).toBuilder()
                .verifiedBy(key.keyId(), key.publicKey(), unverified.signed())
                .build();
        return new VerifiedToken(
                lane, header.keyId(), key, token, TokenTimes.of(token), new RevocationCheckedAt(), false);
    }

    /** What is known of a token, as long as its issuer is trusted and publishes its key; null where it is to be checked anew. */
    private @Nullable VerifiedToken recall(String field, int start, AuditDetails auditDetails) throws RefusedException {
        VerifiedToken known = memory.find(field, start);
        if (known == null) {
            return null;
        }
        auditDetails.recalled(known);
        IssuerRules lane = issuers.find(known.token().issuer());
        VerificationKey key = keys.find(lane, known.keyId(), known.key().algorithm());
        if (!known.isVouchedForBy(lane, key)) {
            return null;
        }
        auditDetails.vouchedOnceMore();
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
        keys.requireNotBanned(token);
    }

    /** Asks the issuer once more about a token that was found good earlier in the same request. */
    void askAgain(String token, AccessToken alreadyGood) throws RefusedException {
        introspectors.confirmAgain(token, alreadyGood);
    }

    /** Remembers a token that has passed all that concerns it alone. */
    void remember(String field, int start, ValidatedToken examined, Instant now) {
        if (examined.vouched().isPresent()) {
            memory.keep(field, start, examined.vouched().get(), now);
        }
    }
}
