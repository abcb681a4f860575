package io.tokenguard.internal.introspection;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.keys.FetchException;
import io.tokenguard.internal.signature.SignatureVerifier;
import io.tokenguard.internal.token.HeaderPolicy;
import io.tokenguard.internal.token.TokenParser;
import io.tokenguard.internal.token.UnverifiedToken;
import io.tokenguard.spi.KeySource;
import io.tokenguard.spi.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads answers that the issuer has signed (RFC 9701 §5). If an answer is rejected, the token is neither accepted nor refused. Thread-safe. */
public final class SignedAnswerReader implements AnswerReader {
    static final String MEDIA_TYPE = "application/token-introspection+jwt";

    private static final int LONGEST = 64 * 1024;
    private static final Duration OLDEST = Duration.ofSeconds(30);

    private final TokenParser parser = new TokenParser(LONGEST);
    private final Terms terms;
    private final HeaderPolicy header;
    private final Clock clock;

    /**
     * What makes an answer one of the issuer's, for us.
     *
     * @param issuer who has to have signed it
     * @param recipients what this API is called there, of which it must name one
     * @param algorithms what may sign it
     * @param keys the issuer's keys
     * @param signatures checks its signatures
     * @param isBanned tells keys that are refused
     * @param clockSkew how far the clocks of issuer and API may be apart
     */
    public record Terms(
            String issuer,
            Set<String> recipients,
            Set<SignatureAlgorithm> algorithms,
            KeySource keys,
            SignatureVerifier signatures,
            Predicate<VerificationKey> isBanned,
            Duration clockSkew) {}

    /** A reader of one issuer's answers. */
    public SignedAnswerReader(Terms terms, Clock clock) {
        this.terms = terms;
        this.header = new HeaderPolicy(terms.algorithms(), Set.of(MEDIA_TYPE));
        this.clock = clock;
    }

    @Override
    public Map<String, @Nullable Object> read(byte[] body) throws FetchException, RefusedException {
        Map<String, @Nullable Object> claims = verified(new String(body, StandardCharsets.ISO_8859_1));
        requireIssuer(claims);
        requireRecipient(claims.get("aud"));
        requireRecent(claims.get("iat"));
        return members(claims.get("token_introspection"));
    }

    private Map<String, @Nullable Object> verified(String answer) throws FetchException, RefusedException {
        try {
            UnverifiedToken unverified = parser.parse(answer);
            header.require(unverified.header());
            VerificationKey key = terms.keys()
                    .find(unverified.header().keyId(), unverified.header().algorithm());
            if (terms.isBanned().test(key)) {
                throw invalid("key");
            }
            return terms.signatures().verify(unverified, key).members();
        } catch (RefusedException refused) {
            if (refused.reason() == RefusalReason.KEYS_UNAVAILABLE) {
                throw new FetchException("the keys for the answer can't be had");
            }
            if (refused.reason() == RefusalReason.CLAIMS_MALFORMED) {
                // Within TLS, only what the issuer says about this token can be malformed or beyond the limits.
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

    /** An answer that was kept by somebody says nothing of now. */
    private void requireRecent(@Nullable Object issuedAt) throws RefusedException {
        long now = clock.instant().getEpochSecond();
        long skew = terms.clockSkew().toSeconds();
        boolean isRecent =
                issuedAt instanceof Long time && time <= now + skew && time >= now - skew - OLDEST.toSeconds();
        if (!isRecent) {
            throw invalid("iat");
        }
    }

    private static Map<String, @Nullable Object> members(@Nullable Object introspection) throws RefusedException {
        if (!(introspection instanceof Map<?, ?> members)) {
            throw invalid("token_introspection");
        }
        @SuppressWarnings("unchecked") // Names of members are texts.
        Map<String, @Nullable Object> named = (Map<String, @Nullable Object>) members;
        return named;
    }

    private static RefusedException invalid(String rule) {
        return new RefusedException(RefusalReason.INTROSPECTION_INVALID, rule);
    }
}
