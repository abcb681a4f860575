package io.tokenguard.internal.introspection;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.jose.NumericDate;
import io.tokenguard.internal.keys.FetchException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads signed answers (RFC 9701 §5). If an answer is rejected, the token is neither accepted nor refused. Thread-safe. */
public final class SignedAnswerReader implements AnswerReader {
    /** The type of signed answers (RFC 9701 §5). */
    public static final String MEDIA_TYPE = "application/token-introspection+jwt";

    /** The greatest number of characters of an answer. */
    public static final int LONGEST = 64 * 1024;

    private static final Duration OLDEST = Duration.ofSeconds(30);

    private final Terms terms;
    private final Clock clock;

    /** Verifies that the issuer signed an answer, and returns its claims. */
    @FunctionalInterface
    public interface Verifier {
        /**
         * The claims of the signed answer.
         *
         * @throws RefusedException if the answer is malformed, of another type, or not signed by the issuer
         */
        Answer verify(String answer) throws RefusedException;
    }

    /**
     * What a signed answer must contain.
     *
     * @param issuer the issuer that must have signed it
     * @param recipients the names of this API there, of which it must contain one
     * @param verifier verifies its signature
     * @param clockSkew the greatest difference between the clocks of issuer and API
     */
    public record Terms(String issuer, Set<String> recipients, Verifier verifier, Duration clockSkew) {}

    /** A reader of one issuer's answers. */
    public SignedAnswerReader(Terms terms, Clock clock) {
        this.terms = terms;
        this.clock = clock;
    }

    @Override
    public Answer read(byte[] body) throws FetchException, RefusedException {
        Answer signed = verified(new String(body, StandardCharsets.ISO_8859_1));
        Map<String, @Nullable Object> claims = signed.members();
        requireIssuer(claims);
        requireRecipient(claims.get("aud"));
        requireRecent(claims.get("iat"));
        return new Answer(members(claims.get("token_introspection")), signed.isWithdrawn());
    }

    private Answer verified(String answer) throws FetchException, RefusedException {
        try {
            return terms.verifier().verify(answer);
        } catch (RefusedException refused) {
            if (refused.reason() == RefusalReason.KEYS_UNAVAILABLE) {
                throw new FetchException("the keys for the answer can't be had");
            }
            if (refused.reason() == RefusalReason.CLAIMS_MALFORMED) {
                // The answer came over TLS, so only claims about this token can be malformed or beyond the limits.
                throw IntrospectionCall.unavailable("content of the signed answer: " + refused.detail());
            }
            throw invalid(refused.reason().name());
        }
    }

    private void requireIssuer(Map<String, @Nullable Object> claims) throws RefusedException {
        if (!terms.issuer().equals(claims.get("iss"))) {
            throw invalid("iss");
        }
    }

    private void requireRecipient(@Nullable Object audience) throws RefusedException {
        List<?> named =
                audience instanceof List<?> several ? several : audience == null ? List.of() : List.of(audience);
        if (named.stream()
                .noneMatch(name -> name instanceof String && terms.recipients().contains(name))) {
            throw invalid("aud");
        }
    }

    /** An old answer, replayed, says nothing about the present. */
    private void requireRecent(@Nullable Object issuedAt) throws RefusedException {
        long now = clock.instant().getEpochSecond();
        long skew = terms.clockSkew().toSeconds();
        OptionalLong time = NumericDate.seconds(issuedAt);
        boolean isRecent = time.isPresent()
                && time.getAsLong() <= now + skew
                && time.getAsLong() >= now - skew - OLDEST.toSeconds();
        if (!isRecent) {
            throw invalid("iat");
        }
    }

    private static Map<String, @Nullable Object> members(@Nullable Object introspection) throws RefusedException {
        if (!(introspection instanceof Map<?, ?> members)) {
            throw invalid("token_introspection");
        }
        @SuppressWarnings("unchecked") // member names are strings
        Map<String, @Nullable Object> named = (Map<String, @Nullable Object>) members;
        return named;
    }

    private static RefusedException invalid(String rule) {
        return new RefusedException(RefusalReason.INTROSPECTION_INVALID, rule);
    }
}
