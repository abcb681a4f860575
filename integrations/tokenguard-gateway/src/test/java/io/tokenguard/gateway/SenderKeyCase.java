package io.tokenguard.gateway;

import io.tokenguard.access.AccessToken;
import io.tokenguard.internal.limits.Charge;
import io.tokenguard.internal.limits.LimitKey;
import io.tokenguard.internal.limits.LimitRule;
import io.tokenguard.internal.limits.Limiter;
import java.util.Optional;

/** Keys of senders, for the tests. */
final class SenderKeyCase {
    private SenderKeyCase() {}

    static Object of(String subject, String client) {
        AccessToken.Builder token =
                AccessToken.builder("https://issuer.example.com").clientId(client);
        return SenderKey.of(sender((subject == null ? token : token.subject(subject)).build()), perSubject());
    }

    private static LimitKey perSubject() {
        Charge charge = LimitRule.parse("/x limit 1/1m per subject").charges().get(0);
        return charge.limit().key();
    }

    static Limiter.Sender sender(AccessToken token) {
        return new Limiter.Sender() {
            @Override
            public String address() {
                return GuardedApi.HOME;
            }

            @Override
            public Optional<AccessToken> token() {
                return Optional.of(token);
            }
        };
    }
}
