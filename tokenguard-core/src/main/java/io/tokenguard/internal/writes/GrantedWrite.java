package io.tokenguard.internal.writes;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision.Challenge;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusedException;
import java.util.Optional;
import java.util.function.Function;

/**
 * A granted request to which a rule applies.
 *
 * @param rule the rule
 * @param request the request
 * @param query the query as sent; empty if there is none
 * @param token the accepted token
 * @param refuse reports a refusal and composes its answer
 */
public record GrantedWrite(
        WriteRule rule,
        IncomingRequest request,
        String query,
        Optional<AccessToken> token,
        Function<RefusedException, Challenge> refuse) {
    /** The key, bound to its sender; empty if the request has none and needs none. */
    Optional<WriteKeys.Bound> key() throws RefusedException {
        Optional<String> key = WriteKeys.read(request);
        if (key.isEmpty()) {
            if (rule.isOptional()) {
                return Optional.empty();
            }
            throw WriteRefusals.missing();
        }
        return Optional.of(WriteKeys.bind(key.get(), token.orElseThrow(WriteRefusals::noToken), request));
    }
}
