package io.tokenguard.internal.claims;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How an issuer's access tokens are distinguished from its other tokens (RFC 8725 §2.8, §3.12). Immutable.
 *
 * @param required rules on claims that must be present
 * @param markers rules that identify an access token; all must hold
 * @param tolerated claims of ID tokens that this issuer's access tokens also have
 * @param idTokens whether ID tokens are accepted
 */
public record TokenMarks(List<ClaimRule> required, List<ClaimRule> markers, Set<String> tolerated, boolean idTokens) {
    /** Copies the collections. */
    public TokenMarks {
        required = List.copyOf(required);
        markers = List.copyOf(markers);
        tolerated = Set.copyOf(tolerated);
    }

    /** The same with further required claims. */
    public TokenMarks requiring(List<ClaimRule> further) {
        return new TokenMarks(
                Stream.concat(required.stream(), further.stream()).toList(), markers, tolerated, idTokens);
    }

    /** The same with a further marker. */
    TokenMarks and(ClaimRule marker) {
        return new TokenMarks(
                required, Stream.concat(markers.stream(), Stream.of(marker)).toList(), tolerated, idTokens);
    }

    /** The same with another marker, and without claims that only the former marker allows. */
    public TokenMarks by(ClaimRule marker) {
        return new TokenMarks(required, List.of(marker), Set.of(), idTokens);
    }

    /** The same with claims of ID tokens that this issuer's access tokens also have. */
    public TokenMarks tolerating(String... claims) {
        return new TokenMarks(required, markers, Set.of(claims), idTokens);
    }

    /** The same with ID tokens accepted. */
    public TokenMarks withIdTokens() {
        return new TokenMarks(required, markers, tolerated, true);
    }

    /** Whether a claim of ID tokens is allowed in this token. */
    boolean allows(String claim, ClaimReader claims) {
        return idTokens
                || (tolerated.contains(claim) && markers.stream().allMatch(marker -> marker.holds(claims)))
                || markers.stream().anyMatch(marker -> marker.provesAccessToken(claims));
    }
}
