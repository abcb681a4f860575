package io.tokenguard.internal.revocation;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.access.Revocation;
import io.tokenguard.access.Revocation.Kind;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/**
 * Looks up whether a token is among the revocations, by each of its names.
 *
 * @param memory the revocations
 * @param naming the names by which revocations may mean a token
 */
record RevocationLookUp(RevocationMemory memory, TokenNaming naming) {
    /**
     * Requires that no revocation covers a token.
     *
     * @throws RefusedException if one does
     */
    void require(AccessToken token, Instant now) throws RefusedException {
        long issuedAt = TokenNames.issuedAt(token);
        if (memory.mayHaveForgotten(issuedAt)) {
            throw new RefusedException(
                    RefusalReason.REVOKED,
                    "issued before a revocation that was evicted",
                    () -> Finding.of(
                            "iat " + Instant.ofEpochSecond(issuedAt), "a token issued after all that was evicted"));
        }
        if (memory.size() == 0) {
            return;
        }
        Look look = new Look(memory, issuedAt, now);
        TokenNames names = naming.namesOf(token);
        for (String issuer : naming.issuersOf(token)) {
            look.require(Kind.TOKEN, token.tokenId(), id -> Revocation.token(issuer, id));
            look.require(Kind.SESSION, token.text("sid"), id -> Revocation.session(issuer, id));
            look.requireAll(Kind.SUBJECT, names.subjects(), subject -> Revocation.subject(issuer, subject));
            look.requireAll(Kind.CLIENT, names.clients(), client -> Revocation.client(issuer, client));
            look.require(Kind.ISSUER, Optional.of(issuer), Revocation::issuer);
        }
        if (memory.holds(Kind.FINGERPRINT)) {
            look.requireAll(Kind.FINGERPRINT, token.fingerprints(), Revocation::fingerprint);
        }
    }

    /** Skips kinds without any revocation. */
    private record Look(RevocationMemory memory, long issuedAt, Instant now) {
        void requireAll(Kind kind, Collection<String> names, Function<String, Revocation> target)
                throws RefusedException {
            for (String name : names) {
                require(kind, Optional.of(name), target);
            }
        }

        void require(Kind kind, Optional<String> name, Function<String, Revocation> target) throws RefusedException {
            if (name.isEmpty() || !memory.holds(kind)) {
                return;
            }
            Revocation revoked = target.apply(name.get());
            if (memory.isHit(revoked, issuedAt, now)) {
                throw new RefusedException(
                        RefusalReason.REVOKED,
                        kind.name(),
                        () -> FoundRevocation.explain(
                                memory.placeOf(revoked, now).covering(issuedAt), kind, issuedAt));
            }
        }
    }
}
