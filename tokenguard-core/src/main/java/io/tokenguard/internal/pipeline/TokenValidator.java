package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.claims.ClaimReader;
import io.tokenguard.internal.claims.LifetimeCheck;
import io.tokenguard.internal.claims.TokenTimes;
import io.tokenguard.internal.introspection.IntrospectedIssuer;
import io.tokenguard.internal.introspection.IntrospectionRouter;
import io.tokenguard.internal.issuers.IssuerRules;
import io.tokenguard.internal.issuers.IssuerTokenVerifier;
import io.tokenguard.internal.issuers.TokenKind;
import io.tokenguard.internal.issuers.TokenRules;
import io.tokenguard.internal.issuers.VerificationTrace;
import io.tokenguard.internal.issuers.VerifiedToken;
import io.tokenguard.internal.request.PresentedCredentials;
import io.tokenguard.internal.token.TokenDecryption;
import io.tokenguard.spi.VerificationKey;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a new token in full, takes the verified result from the cache, or introspects an opaque token. Checks on every use
 * what can change about the issuer, its keys and the time. Thread-safe.
 *
 * @param kind how access tokens are parsed
 * @param verifier verifies them
 * @param decryption decrypts encrypted ones before
 * @param introspection introspects tokens
 * @param cache caches verified tokens
 * @param limits counts tokens that are refused
 */
public record TokenValidator(
        TokenKind kind,
        IssuerTokenVerifier verifier,
        TokenDecryption decryption,
        IntrospectionRouter introspection,
        CachedTokens cache,
        RequestLimits limits) {
    /** The same for decisions that must not wait. */
    TokenValidator withoutWaiting() {
        return new TokenValidator(
                kind, verifier.withoutWaiting(), decryption, introspection.withoutWaiting(), cache, limits);
    }

    /** The token of a request. Parses it only if it is not cached. */
    ValidatedToken validate(PresentedCredentials presented, boolean isFresh, AuditDetails details, Instant now)
            throws RefusedException {
        kind.parser().requireLength(presented.length());
        VerifiedToken known = recall(presented.field(), presented.start(), details);
        if (known == null) {
            limits.begin(presented.token(), introspection::isKnownActive, details);
            return validateNew(presented.token(), isFresh, details, now);
        }
        requireInTime(known, now);
        if (introspection.isToConfirm(known.token(), isFresh)) {
            Optional<AccessToken> unused = introspection.confirm(presented.token(), known.token(), isFresh);
        }
        return ValidatedToken.of(known);
    }

    /** A token without a request. */
    ValidatedToken validate(String token, AuditDetails details, Instant now) throws RefusedException {
        kind.parser().requireLength(token.length());
        VerifiedToken known = recall(token, 0, details);
        if (known == null) {
            return validateNew(token, false, details, now);
        }
        requireInTime(known, now);
        Optional<AccessToken> unused = introspection.confirm(token, known.token(), false);
        return ValidatedToken.of(known);
    }

    private ValidatedToken validateNew(String token, boolean isFresh, AuditDetails details, Instant now)
            throws RefusedException {
        Optional<IntrospectedIssuer> asked = introspection.issuerFor(token);
        if (asked.isPresent()) {
            details.askedOf(asked.get().name(), token);
            AccessToken answer = introspection.introspect(asked.get(), token, isFresh);
            return ValidatedToken.answered(
                    details.answered(answer).toBuilder().presented(token).build());
        }
        details.counted().decideByTokenAlone(true);
        VerifiedToken verified = verify(token, details);
        requireInTime(verified, now);
        details.counted().decideByTokenAlone(false);
        Optional<AccessToken> answer = introspection.confirm(token, verified.token(), isFresh);
        TokenRules rules = verified.rules();
        return !rules.areIntrospected() || rules.claims().isComplete(verified.token())
                ? ValidatedToken.of(verified)
                : ValidatedToken.answered(completed(verified, answer));
    }

    /** Never cached: a part of it is in the answer only. */
    private static AccessToken completed(VerifiedToken incomplete, Optional<AccessToken> answer)
            throws RefusedException {
        if (answer.isEmpty()) {
            throw ClaimReader.missing("aud");
        }
        return incomplete.rules().claims().complete(incomplete.token(), answer.get());
    }

    private static void requireInTime(VerifiedToken verified, Instant now) throws RefusedException {
        verified.rules().lifetime().check(verified.times(), now);
    }

    /** Decrypt if encrypted, parse, issuer, header, key, signature; then claims. */
    private VerifiedToken verify(String presented, AuditDetails details) throws RefusedException {
        cache.missed();
        if (TokenDecryption.isEncrypted(presented)) {
            details.wrapped(presented);
        }
        boolean isEncrypted = decryption.isFor(presented);
        IssuerTokenVerifier.Verified verified =
                verifier.verify(kind, isEncrypted ? decryption.decrypt(presented) : presented, details);
        VerificationKey key = verified.key();
        TokenRules rules = verified.rules().tokens();
        details.readBy(rules);
        // Metadata may have selected other rules since the header was checked.
        rules.header().require(verified.token().header());
        AccessToken claims = rules.areIntrospected()
                ? rules.claims().validateIncomplete(verified.claims())
                : rules.claims().validate(verified.claims());
        AccessToken.Builder named = claims.toBuilder()
                .verifiedBy(key.keyId(), key.publicKey(), verified.token().signed());
        // Revoked by its own text, in whatever encryption, and by the text of this encryption.
        AccessToken token = (isEncrypted ? named.inside(presented) : named).build();
        return new VerifiedToken(rules, verified.token().header().key(), key, token, TokenTimes.of(token));
    }

    /** A cached token whose issuer is still trusted and still publishes its key; null if it must be verified again. */
    private @Nullable VerifiedToken recall(String field, int start, AuditDetails details) throws RefusedException {
        VerifiedToken known = cache.find(field, start);
        if (known == null) {
            return null;
        }
        details.recalled(known);
        IssuerRules rules = verifier.issuers().find(known.token().issuer(), details);
        VerificationKey key =
                verifier.keys().find(rules, known.wanted(), known.key().algorithm());
        if (!known.isVerifiedBy(rules.tokens(), key)) {
            return null;
        }
        details.verifiedAgain();
        cache.hit();
        return known;
    }

    /** Checks what can have changed about an accepted token and needs no network. */
    void validateAgain(AccessToken token, Instant now) throws RefusedException {
        verifier.keys().requireNotBanned(token);
        Optional<LifetimeCheck> asked = introspection.lifetimeOf(token, verifier.issuers()::isTrusted);
        LifetimeCheck lifetime = asked.isPresent()
                ? asked.get()
                : verifier.issuers()
                        .find(token.issuer(), VerificationTrace.NONE)
                        .lifetime();
        lifetime.check(TokenTimes.of(token), now);
    }

    /** Introspects again a token that was accepted earlier in the same request. */
    void askAgain(String token, AccessToken accepted) throws RefusedException {
        introspection.confirmAgain(token, accepted);
    }

    /** Caches a token that has passed all checks that concern it alone. */
    void keep(PresentedCredentials presented, ValidatedToken validated, Instant now) {
        keep(presented.field(), presented.start(), validated, now);
    }

    void keep(String token, ValidatedToken validated, Instant now) {
        keep(token, 0, validated, now);
    }

    private void keep(String field, int start, ValidatedToken validated, Instant now) {
        if (validated.verified().isPresent()) {
            cache.keep(field, start, validated.verified().get(), now);
        }
    }
}
