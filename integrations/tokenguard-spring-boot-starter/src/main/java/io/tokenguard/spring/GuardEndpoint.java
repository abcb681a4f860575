package io.tokenguard.spring;

import io.tokenguard.TokenGuard;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** An Actuator endpoint that shows keys, introspection and revocations, and changes nothing. Created by Spring. */
@Endpoint(id = "tokenguard")
final class GuardEndpoint {
    private final TokenGuard guard;

    GuardEndpoint(TokenGuard guard) {
        this.guard = guard;
    }

    /** The health document. Contains no token and no secret. */
    @ReadOperation
    public Map<String, Object> state() {
        return guard.health().document();
    }
}
