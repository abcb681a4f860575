package io.tokenguard.jdbc;

import static io.tokenguard.jdbc.GuardedApi.GOOD;
import static io.tokenguard.jdbc.GuardedApi.LEAKED;
import static io.tokenguard.jdbc.GuardedApi.RENAMED;
import static io.tokenguard.jdbc.GuardedApi.STOLEN;
import static io.tokenguard.jdbc.GuardedApi.bearing;
import static io.tokenguard.jdbc.GuardedApi.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenguard.TokenGuard;
import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Revocation;
import io.tokenguard.config.Dpop;
import io.tokenguard.config.TokenCache;
import io.tokenguard.testkit.TokenBuilder;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two guards that share a store and are configured differently, as during a rolling deployment. */
class TwoConfigurationsTest {
    private static final int DECISIONS = 200;
    private static final int REVOCATIONS = 8;
    private static final Duration DAY = Duration.ofHours(24);
    private static LocalRedis server;
    private final GuardedApi api = new GuardedApi();

    /** What is refused, and until when a token is good at a guard that accepts it for a day. */
    private record Refused(List<IncomingRequest> shortLived, List<IncomingRequest> longLived) {
        Refused() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    private record Terms(Duration life, Duration proofAge, TokenCache cache, Duration skew) {
        boolean takesLongLife() {
            return life.equals(DAY);
        }
    }

    private record Pair(String name, Terms first, Terms second) {
        Pair swapped() {
            return new Pair(name, second, first);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Pair> pairs() {
        Duration hour = Duration.ofHours(1);
        Duration brief = Duration.ofSeconds(30);
        Duration longest = Duration.ofMinutes(5);
        Duration skew = Duration.ofMinutes(2);
        return Stream.of(
                new Pair(
                        "strict and lenient",
                        new Terms(hour, brief, TokenCache.on(), Duration.ZERO),
                        new Terms(DAY, longest, TokenCache.off(), skew)),
                new Pair(
                        "each stricter in something",
                        new Terms(hour, longest, TokenCache.off(), skew),
                        new Terms(DAY, brief, TokenCache.on(), Duration.ZERO)));
    }

    @BeforeAll
    static void startRedis() {
        server = LocalRedis.launch();
    }

    @AfterAll
    static void stopRedis() {
        server.close();
    }

    @AfterEach
    void stopIssuer() {
        api.close();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void agreeThroughOneRedis(Pair pair) {
        URI address = server.address();
        requireAgreement(pair, guard -> guard.sharedState(address));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void agreeThroughOnePostgres(Pair pair) {
        JdbcSettings postgres = JdbcState.of(Databases.postgres().dataSource()).tablePrefix(TestDatabase.prefix());
        requireAgreement(pair, guard -> guard.sharedState(postgres));
    }

    private TokenGuardBuilder guard(Terms terms) {
        return api.guard(api.trusting(GOOD, STOLEN, RENAMED, LEAKED)
                        .maxTokenLifetime(terms.life)
                        .clockSkew(terms.skew))
                .dpop(Dpop.supported().proofMaxAge(terms.proofAge))
                .tokenCache(terms.cache);
    }

    private void requireAgreement(Pair pair, UnaryOperator<TokenGuardBuilder> at) {
        try (TokenGuard one = at.apply(guard(pair.first)).build();
                TokenGuard other = at.apply(guard(pair.second)).build()) {
            api.awaitGood(one, other);
            api.clock().advance(Duration.ofSeconds(90));
            Refused refused = new Refused();
            List<IncomingRequest> used = new ArrayList<>();
            for (Pair now : List.of(pair, pair.swapped(), pair)) {
                one.reconfigure(at.apply(guard(now.first)));
                other.reconfigure(at.apply(guard(now.second)));
                requireRefused(one, other, now, refused, used);
                requireGoodTokensPass(one, other);
                used.addAll(useProofs(one, other));
                revoke(one, refused);
                revoke(other, refused);
                requireRefused(one, other, now, refused, used);
                api.clock().advance(Duration.ofSeconds(60));
                used.add(useOldProof(one, other, now));
                requireRefused(one, other, now, refused, used);
            }
            ban(one, other);
            api.clock().advance(Duration.ofHours(5));
            requireLongLivedRefused(one, other, pair, refused);
            one.reconfigure(at.apply(guard(pair.second)));
            other.reconfigure(at.apply(guard(pair.first)));
            requireLongLivedRefused(one, other, pair.swapped(), refused);
            requireBanned(one);
            requireBanned(other);
            requireGoodTokensPass(one, other);
        }
    }

    private String iss() {
        return api.issuer().issuer();
    }

    /** A token that only a guard with a long lifetime accepts. */
    private TokenBuilder longToken() {
        return api.issuer().token().expiresIn(Duration.ofHours(20));
    }

    /** Revokes on one guard; what is to be refused goes to the lists. */
    private void revoke(TokenGuard guard, Refused refused) {
        Instant now = api.now();
        for (int i = 0; i < REVOCATIONS; i++) {
            int number = refused.shortLived.size();
            boolean isOfSubject = i % 2 == 0;
            String name = (isOfSubject ? "subject" : "token") + number;
            Revocation revocation =
                    isOfSubject ? Revocation.subject(iss(), name).issuedBefore(now) : Revocation.token(iss(), name);
            UnaryOperator<TokenBuilder> named =
                    token -> isOfSubject ? token.subject(name).issuedAt(now.minusSeconds(5)) : token.tokenId(name);
            refused.shortLived.add(bearing(named.apply(api.token())));
            refused.longLived.add(bearing(named.apply(longToken())));
            assertThat(guard.revoke(revocation)).isTrue();
            assertThat(reason(guard, refused.shortLived.get(number))).isEqualTo(RefusalReason.REVOKED);
        }
    }

    private static void requireRefused(
            TokenGuard one, TokenGuard other, Pair now, Refused refused, List<IncomingRequest> used) {
        List<TokenGuard> guards = List.of(one, other);
        await().pollDelay(Duration.ZERO)
                .until(() -> guards.stream()
                        .allMatch(guard -> refused.shortLived.stream()
                                .allMatch(token -> reason(guard, token) == RefusalReason.REVOKED)));
        requireLongLivedRefused(one, other, now, refused);
        assertThat(guards)
                .allSatisfy(guard -> assertThat(used)
                        .allSatisfy(proof -> assertThat(reason(guard, proof))
                                .isIn(
                                        RefusalReason.PROOF_REPLAYED,
                                        RefusalReason.PROOF_INVALID,
                                        RefusalReason.REPLAY_STORE_UNAVAILABLE)));
    }

    private static void requireLongLivedRefused(TokenGuard one, TokenGuard other, Pair now, Refused refused) {
        requireLongLivedRefused(one, now.first, refused);
        requireLongLivedRefused(other, now.second, refused);
    }

    private static void requireLongLivedRefused(TokenGuard guard, Terms terms, Refused refused) {
        RefusalReason expected = terms.takesLongLife() ? RefusalReason.REVOKED : RefusalReason.LIFETIME_TOO_LONG;
        assertThat(refused.longLived)
                .allSatisfy(token -> assertThat(reason(guard, token)).isEqualTo(expected));
    }

    /** Uses each proof on one guard and then on the other; returns those that were taken. */
    private List<IncomingRequest> useProofs(TokenGuard one, TokenGuard other) {
        List<IncomingRequest> used = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            used.add(usedOnce(one, other, api.now()));
            used.add(usedOnce(other, one, api.now()));
        }
        return used;
    }

    /** Uses a proof that is too old for one of them. */
    private IncomingRequest useOldProof(TokenGuard one, TokenGuard other, Pair now) {
        boolean isFirstLonger = now.first.proofAge.compareTo(now.second.proofAge) > 0;
        return usedOnce(
                isFirstLonger ? one : other,
                isFirstLonger ? other : one,
                api.now().minusSeconds(50));
    }

    private IncomingRequest usedOnce(TokenGuard first, TokenGuard then, Instant madeAt) {
        List<IncomingRequest> tried = new ArrayList<>();
        await().pollDelay(Duration.ZERO).until(() -> {
            tried.add(api.provenAt(madeAt));
            RefusalReason refusal = reason(first, tried.get(tried.size() - 1));
            assertThat(refusal).isIn(null, RefusalReason.REPLAY_STORE_UNAVAILABLE);
            return refusal == null;
        });
        IncomingRequest used = tried.get(tried.size() - 1);
        assertThat(reason(then, used)).isNotNull();
        assertThat(reason(first, used)).isNotNull();
        return used;
    }

    /** Grants, or says 503 where a slow machine misses a limit; most are granted. */
    private void requireGoodTokensPass(TokenGuard one, TokenGuard other) {
        int granted = 0;
        for (int i = 0; i < DECISIONS; i++) {
            IncomingRequest good = i % 4 < 2 ? bearing(api.token()) : api.proven();
            RefusalReason refusal = reason(i % 2 == 0 ? one : other, good);
            assertThat(refusal).isIn(null, RefusalReason.REPLAY_STORE_UNAVAILABLE, RefusalReason.REVOCATION_UNKNOWN);
            granted += refusal == null ? 1 : 0;
        }
        assertThat(granted).isGreaterThan(DECISIONS / 4);
    }

    private void ban(TokenGuard one, TokenGuard other) {
        assertThat(one.banKey(STOLEN.kid())).isTrue();
        assertThat(other.banKeyByThumbprint(LEAKED.thumbprint())).isTrue();
        await().until(() -> isBanned(one) && isBanned(other));
    }

    private boolean isBanned(TokenGuard guard) {
        return Stream.of(STOLEN, RENAMED, LEAKED)
                .allMatch(key -> reason(guard, bearing(api.token().key(key))) == RefusalReason.KEY_REFUSED);
    }

    private void requireBanned(TokenGuard guard) {
        assertThat(Stream.of(STOLEN, RENAMED, LEAKED))
                .allSatisfy(key ->
                        assertThat(reason(guard, bearing(api.token().key(key)))).isEqualTo(RefusalReason.KEY_REFUSED));
    }
}
