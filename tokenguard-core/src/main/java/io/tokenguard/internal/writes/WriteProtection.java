package io.tokenguard.internal.writes;

import io.tokenguard.access.Decision.Challenge;
import io.tokenguard.access.IdempotentWrite;
import io.tokenguard.access.RefusedException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lets granted requests happen once. Thread-safe.
 *
 * @param terms what they have in common
 */
public record WriteProtection(WriteTerms terms) {
    /** Starts a request to which a rule applies; empty if it has no key and needs none. */
    public Optional<IdempotentWrite> begin(GrantedWrite write) {
        Function<RefusedException, Challenge> described = refused ->
                terms.problems().describe(refused.reason(), write.refuse().apply(refused));
        GrantedWrite own = new GrantedWrite(write.rule(), write.request(), write.query(), write.token(), described);
        try {
            return own.key().map(key -> new ClaimedWrite(terms, own, key));
        } catch (RefusedException refused) {
            return Optional.of(new RefusedWrite(described.apply(refused)));
        }
    }
}
