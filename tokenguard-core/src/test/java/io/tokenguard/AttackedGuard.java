package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.Decision.Challenge;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.attacks.AttackBench;
import io.tokenguard.attacks.GuardProfile;
import io.tokenguard.attacks.RawRequest;
import io.tokenguard.config.TokenCache;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A guard on a bench, and guards that differ from it in nothing but the token cache. All are built when the first request
 * comes, so that an attack can spoil the first key set. Every request is decided by all of them, and twice by the first:
 * each decision has to be the same.
 */
final class AttackedGuard implements AutoCloseable {
    private final AttackBench bench;
    private final GuardProfile profile;
    private final List<TokenCache> caches;
    private final boolean acceptsAllAlgorithms;
    private List<TokenGuard> guards = List.of();

    /** Caches tokens, and compares with a guard that does not. */
    static AttackedGuard compared(GuardProfile profile) {
        return new AttackedGuard(profile, List.of(TokenCache.on(), TokenCache.off()), false);
    }

    /** One guard, as it is by default. */
    static AttackedGuard alone(GuardProfile profile) {
        return new AttackedGuard(profile, List.of(TokenCache.on()), false);
    }

    /** One guard that also accepts each algorithm that has to be named, unless the profile names some, and encrypted tokens. */
    static AttackedGuard acceptingAllAlgorithms(GuardProfile profile) {
        return new AttackedGuard(profile, List.of(TokenCache.on()), true);
    }

    private AttackedGuard(GuardProfile profile, List<TokenCache> caches, boolean acceptsAllAlgorithms) {
        this.acceptsAllAlgorithms = acceptsAllAlgorithms;
        this.profile = profile;
        this.caches = caches;
        this.bench = AttackBench.open(this::decide);
    }

    AttackBench bench() {
        return bench;
    }

    Decision decide(RawRequest request) {
        if (guards.isEmpty()) {
            guards = caches.stream().map(this::guard).toList();
        }
        IncomingRequest incoming = incoming(request);
        List<Decision> decisions =
                guards.stream().map(guard -> guard.decide(incoming)).toList();
        Decision first = decisions.get(0);
        assertThat(decisions)
                .allSatisfy(decision -> assertThat(timeless(decision)).isEqualTo(timeless(first)));
        if (guards.size() > 1 && !isSpent(request)) {
            assertThat(timeless(guards.get(0).decide(incoming)))
                    .as("decided from the cache")
                    .isEqualTo(timeless(first));
        }
        return first;
    }

    /** Guards load keys at moments of their own, so when the next load is due differs. Each refusal has its own identifier. */
    private static List<Object> timeless(Decision decision) {
        if (decision instanceof Decision.Refused refused) {
            Challenge challenge = refused.challenge();
            Map<String, List<String>> headers = new HashMap<>(challenge.headers());
            headers.remove("TokenGuard-Refusal");
            headers.computeIfPresent("Retry-After", (name, seconds) -> List.of("soon"));
            return List.of(withoutId(refused.refusal()), challenge.status(), headers, challenge.body());
        }
        return List.of(decision);
    }

    /**
     * All that a refusal says, but for its identifier, and for what depends on when each guard has loaded keys: what was
     * expected, and whether a network has sent many unknown key IDs since.
     */
    static Map<String, String> withoutId(Refusal refusal) {
        Map<String, String> fields = new HashMap<>(refusal.fields());
        fields.remove("id");
        fields.remove("expected");
        if (refusal.reason() == RefusalReason.KEY_UNKNOWN) {
            fields.remove("found");
        }
        return fields;
    }

    /** A proof of possession is good once. */
    private static boolean isSpent(RawRequest request) {
        return request.headers().stream().anyMatch(header -> header.name().equalsIgnoreCase("DPoP"));
    }

    private TokenGuard guard(TokenCache cache) {
        Map<String, String> properties = new HashMap<>(profile.properties(bench));
        if (properties.containsKey("tokenguard.dpop.nonce")) {
            properties.put("tokenguard.dpop.nonce-secret", "the same for all of these guards, always");
        }
        if (acceptsAllAlgorithms) {
            acceptAllAlgorithms(properties);
        }
        return GuardProperties.of(properties).toBuilder()
                .tokenCache(cache)
                .clock(bench.clock())
                .build();
    }

    /** Tokens may not become longer by it: that is what some rows are about. */
    private static void acceptAllAlgorithms(Map<String, String> properties) {
        if (!properties.containsKey("tokenguard.decryption-key-file")) {
            properties.put("tokenguard.max-token-length", "16384");
            properties.put(
                    "tokenguard.decryption-key-file",
                    GuardProfile.decryptionKeyFile().toString());
        }
        String issuer = "issuer-uri";
        List.copyOf(properties.keySet()).stream()
                .filter(key -> key.endsWith(issuer))
                .map(key -> key.substring(0, key.length() - issuer.length()))
                .forEach(prefix -> properties.putIfAbsent(prefix + "algorithms", GuardProfile.allAlgorithms()));
    }

    private static IncomingRequest incoming(RawRequest request) {
        IncomingRequest.Builder incoming = IncomingRequest.builder(request.method(), request.path())
                .overTls()
                .clientAddress("127.0.0.1");
        request.headers().forEach(header -> incoming.header(header.name(), header.value()));
        return incoming.build();
    }

    @Override
    public void close() {
        guards.forEach(TokenGuard::close);
        bench.close();
    }
}
