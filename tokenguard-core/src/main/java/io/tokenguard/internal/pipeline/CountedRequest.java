package io.tokenguard.internal.pipeline;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.limits.Limiter;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is counted for one decision. For one thread. */
final class CountedRequest {
    private @Nullable IncomingRequest request;
    private Limiter.Attempt attempt = Limiter.Attempt.UNCOUNTED;
    private Map<String, String> fields = Map.of();
    private boolean isByTokenAlone;

    CountedRequest(@Nullable IncomingRequest request) {
        this.request = request;
    }

    /** Nothing is counted for this decision. */
    void stop() {
        request = null;
    }

    /** The request; empty if nothing is counted. */
    Optional<IncomingRequest> request() {
        return Optional.ofNullable(request);
    }

    /** Whether it is counted that a token is verified: a decision that has to wait begins twice. */
    boolean hasBegun() {
        return attempt != Limiter.Attempt.UNCOUNTED;
    }

    /** A token that is not cached is verified. */
    void begin(Limiter.Attempt begun) {
        attempt = begun;
    }

    /** Whether the checks that run now depend on the token only, not on the route, the request or an issuer's answer. */
    void decideByTokenAlone(boolean isSo) {
        isByTokenAlone = isSo;
    }

    /** The request was refused. */
    void failed(RefusedException refused) {
        attempt.failed(refused, isByTokenAlone);
    }

    /** Sets header fields for the refusal. */
    void answerWith(Map<String, String> further) {
        fields = further;
    }

    Map<String, String> fields() {
        return fields;
    }
}
