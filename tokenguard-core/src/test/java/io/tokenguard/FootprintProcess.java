package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;

import io.tokenguard.access.Decision;
import io.tokenguard.config.TokenCache;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import io.tokenguard.testkit.TokenBuilder;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A process of its own, in which nothing else is on the heap: caches tokens, and prints how many bytes they take and for how
 * many they are counted.
 */
final class FootprintProcess {
    private static final int TOKENS = 4_000;
    private static final int COLLECTIONS = 5;

    private FootprintProcess() {}

    /** Arguments: the population, and the bound of the cache in bytes. */
    public static void main(String[] arguments) {
        Population population = Population.valueOf(arguments[0]);
        try (TestIssuer issuer = issuer();
                TokenGuard guard = caching(issuer, Long.parseLong(arguments[1]))) {
            long taken = takenBy(guard, population, issuer);
            System.out.println(
                    "taken " + taken + " counted " + guard.stats().tokenCache().bytes());
        }
    }

    /** The least of several collections: a collector may leave some garbage where it lies. */
    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    /** Kinds of tokens that differ in what many of them have in common. */
    enum Population {
        /** As most servers issue them. */
        USUAL((token, number) -> token.scope("orders:read", "orders:write", "profile", "email")
                .claim("name", "Alice Example")
                .claim("groups", List.of("customers", "beta", "newsletter"))
                .claim("pad", "x".repeat(300))),
        /** As small as tokens get. */
        SMALL((token, number) -> token.scope("orders:read")),
        /** Each user has roles and scopes that nobody else has. */
        OWN_NAMES((token, number) -> token.scope("accounts:" + number, "orders:read")
                .clientId("client-" + number)
                .claim("roles", List.of("tenant-" + number + ":admin", "tenant-" + number + ":user"))),
        /** Each token has a claim that no other has. */
        OWN_CLAIMS((token, number) -> token.claim("https://example.com/claims/" + number, number)),
        /** Many roles, which no two tokens share. */
        MANY_ROLES((token, number) -> token.claim("roles", roles(number)));

        @SuppressWarnings("ImmutableEnumChecker") // functions without state
        private final BiFunction<TokenBuilder, Integer, TokenBuilder> claims;

        Population(BiFunction<TokenBuilder, Integer, TokenBuilder> claims) {
            this.claims = claims;
        }

        private static List<String> roles(int number) {
            List<String> roles = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                roles.add("role-" + number + "-" + i);
            }
            return roles;
        }

        String token(TestIssuer issuer, int number) {
            return claims.apply(issuer.token().claim("sid", "session-" + number), number)
                    .sign();
        }
    }

    private static TestIssuer issuer() {
        return TestIssuer.builder()
                .keys(TestKey.generate(TestAlgorithm.ED25519))
                .start();
    }

    private static TokenGuard caching(TestIssuer issuer, long bytes) {
        return guarding(issuer, trusted -> trusted.rolesClaim("roles"))
                .tokenCache(TokenCache.on().maxBytes(bytes))
                .build();
    }

    private static long takenBy(TokenGuard guard, Population population, TestIssuer issuer) {
        require(guard.decide(bearing(population.token(issuer, 0))));
        long before = used();
        for (int i = 1; i < TOKENS; i++) {
            require(guard.decide(bearing(population.token(issuer, i))));
        }
        return used() - before;
    }

    private static void require(Decision decision) {
        if (reasonOf(decision) != null) {
            throw new IllegalStateException("Refused: " + reasonOf(decision));
        }
    }
}
