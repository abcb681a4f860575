package io.tokenguard.internal.feeds;

import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Revocation;
import io.tokenguard.internal.claims.ClaimReader;
import io.tokenguard.internal.token.VerifiedClaims;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the claims of security event tokens (RFC 8417 §2.2). */
public final class EventTokenReader {
    private EventTokenReader() {}

    /**
     * Reads a token.
     *
     * @throws RefusedException if a claim is missing, malformed, or not meant for this application
     */
    public static FeedMessage read(VerifiedClaims verified, FeedTerms terms) throws RefusedException {
        FeedClaims claims = new FeedClaims(verified, terms);
        claims.requireAudience();
        Instant issuedAt = claims.requireIssuedAt();
        // RFC 8417 §2.2 advises against exp; if it is present, it applies.
        claims.requireNotExpired();
        String tokenId = claims.requireTokenId();
        List<Revocation> revocations = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        for (Map.Entry<String, Map<String, @Nullable Object>> event :
                claims.requireEvents().entrySet()) {
            List<Revocation> withdrawn = withdrawn(event.getKey(), event.getValue(), claims);
            if (withdrawn.isEmpty() && !EventType.isHousekeeping(event.getKey())) {
                ignored.add(event.getKey());
            }
            Instant until = momentOf(event.getValue(), issuedAt).plus(LogoutTokenReader.SECOND);
            withdrawn.forEach(revocation -> revocations.add(bounded(revocation, until)));
        }
        return new FeedMessage(terms.issuer(), tokenId, Optional.empty(), issuedAt, revocations, ignored);
    }

    private static List<Revocation> withdrawn(String address, Map<String, @Nullable Object> payload, FeedClaims claims)
            throws RefusedException {
        Optional<EventType> type = EventType.of(address).filter(known -> known.withdraws(payload));
        if (type.isEmpty()) {
            return List.of();
        }
        String issuer = claims.terms().issuer();
        @Nullable Object subject = payload.get("subject") == null ? claims.value("sub_id") : payload.get("subject");
        if (subject != null) {
            return new SubjectReader(
                            issuer, claims.terms().aliases(), type.get().isOfSessions())
                    .read(JsonObjects.of(subject, "subject"));
        }
        return claims.reader()
                .identifier("sub")
                .map(named -> List.of(Revocation.subject(issuer, named)))
                .orElseThrow(() -> FeedClaims.missing("sub_id"));
    }

    /** Sessions and tokens never come back; subjects do, by a new login. */
    private static Revocation bounded(Revocation revocation, Instant until) {
        return revocation.kind() == Revocation.Kind.SUBJECT ? revocation.issuedBefore(until) : revocation;
    }

    /** When the event happened, by the event itself (CAEP 1.0 §2); not later than its token was issued. */
    private static Instant momentOf(Map<String, @Nullable Object> payload, Instant issuedAt) throws RefusedException {
        OptionalLong stated = new ClaimReader(payload).numericDate("event_timestamp");
        return stated.isPresent() && stated.getAsLong() >= 0 && stated.getAsLong() < issuedAt.getEpochSecond()
                ? Instant.ofEpochSecond(stated.getAsLong())
                : issuedAt;
    }
}
