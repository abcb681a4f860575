package io.tokenguard.jdbc;

import static io.tokenguard.jdbc.GuardedApi.GOOD;
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
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Revocation;
import io.tokenguard.testkit.TestKey;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A guard that is reconfigured from Redis to PostgreSQL and back. */
class ChangedStoreTest {
    private static final Duration HANDOVER = Duration.ofSeconds(10);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static LocalRedis server;
    private final GuardedApi api = new GuardedApi();
    private final URI redis = server.address();
    private final JdbcSettings postgres =
            JdbcState.of(Databases.postgres().dataSource()).tablePrefix(TestDatabase.prefix());

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

    /** Loads the key set of the issuer. */
    private TokenGuardBuilder guard() {
        return api.guard(api.trusted().keysFrom(api.issuer().jwksUri()));
    }

    private TokenGuardBuilder freshGuard() {
        return api.guard(api.trusting(GOOD));
    }

    private String iss() {
        return api.issuer().issuer();
    }

    /** Revokes a token and what a subject had; returns requests that are refused from now on. */
    private List<IncomingRequest> revoke(TokenGuard guard, String name) {
        assertThat(guard.revoke(Revocation.token(iss(), "token-" + name))).isTrue();
        assertThat(guard.revoke(Revocation.subject(iss(), "subject-" + name).issuedBefore(api.now())))
                .isTrue();
        return List.of(
                bearing(api.token().tokenId("token-" + name)),
                bearing(api.token()
                        .subject("subject-" + name)
                        .issuedAt(api.now().minusSeconds(30))));
    }

    private IncomingRequest laterToken(String name) {
        return bearing(api.token().subject("subject-" + name));
    }

    private static void assertAll(TokenGuard guard, List<IncomingRequest> requests, RefusalReason expected) {
        assertThat(requests).allSatisfy(each -> assertThat(reason(guard, each)).isEqualTo(expected));
    }

    private static void awaitAll(TokenGuard guard, List<IncomingRequest> requests, RefusalReason expected) {
        await().atMost(HANDOVER).untilAsserted(() -> assertAll(guard, requests, expected));
    }

    @Test
    void whatWasRevokedStaysRevokedAtTheNextStoreAndBack() {
        try (TokenGuard guard = guard().sharedState(redis).build()) {
            api.awaitGood(guard);
            List<IncomingRequest> revoked = new ArrayList<>(revoke(guard, "redis"));
            guard.reconfigure(guard().sharedState(postgres));
            assertAll(guard, revoked, RefusalReason.REVOKED);
            requireAtFreshNode(freshGuard().sharedState(postgres), revoked, "redis");
            api.awaitGood(guard);
            revoked.addAll(revoke(guard, "postgres"));
            guard.reconfigure(guard().sharedState(redis));
            assertAll(guard, revoked, RefusalReason.REVOKED);
            requireAtFreshNode(freshGuard().sharedState(redis), revoked, "postgres");
            api.clock().advance(SECOND);
            api.awaitGood(guard);
            assertThat(reason(guard, laterToken("redis"))).isNull();
            assertThat(reason(guard, laterToken("postgres"))).isNull();
        }
    }

    private void requireAtFreshNode(TokenGuardBuilder described, List<IncomingRequest> revoked, String name) {
        try (TokenGuard fresh = described.build()) {
            awaitAll(fresh, revoked, RefusalReason.REVOKED);
            api.clock().advance(SECOND);
            assertThat(reason(fresh, laterToken(name))).isNull();
        }
    }

    @Test
    void whatAnotherNodeRevokedAtTheFormerStoreReachesTheNextOne() {
        try (TokenGuard guard = guard().sharedState(redis).build();
                TokenGuard other = freshGuard().sharedState(redis).build()) {
            api.awaitGood(guard, other);
            List<IncomingRequest> revoked = revoke(other, "other");
            awaitAll(guard, revoked, RefusalReason.REVOKED);
            guard.reconfigure(guard().sharedState(postgres));
            assertAll(guard, revoked, RefusalReason.REVOKED);
            requireAtFreshNode(freshGuard().sharedState(postgres), revoked, "other");
        }
    }

    @Test
    void aBannedKeyStaysBannedUnderAnyNameAtTheNextStoreAndBack() {
        IncomingRequest stolen = bearing(api.token().key(STOLEN));
        IncomingRequest renamed = bearing(api.token().key(RENAMED));
        try (TokenGuard guard = guard().sharedState(postgres).build()) {
            api.awaitGood(guard);
            assertThat(reason(guard, stolen)).isNull();
            assertThat(reason(guard, renamed)).isNull();
            assertThat(guard.banKey(STOLEN.kid())).isTrue();
            assertAll(guard, List.of(stolen, renamed), RefusalReason.KEY_REFUSED);
            guard.reconfigure(guard().sharedState(redis));
            requireBanned(guard, fresh -> fresh.sharedState(redis));
            guard.reconfigure(guard().sharedState(postgres));
            requireBanned(guard, fresh -> fresh.sharedState(postgres));
        }
    }

    /** Fresh nodes know the key under one of its names only. */
    private void requireBanned(TokenGuard guard, UnaryOperator<TokenGuardBuilder> at) {
        List<IncomingRequest> banned =
                List.of(bearing(api.token().key(STOLEN)), bearing(api.token().key(RENAMED)));
        assertAll(guard, banned, RefusalReason.KEY_REFUSED);
        for (TestKey known : List.of(STOLEN, RENAMED)) {
            TokenGuardBuilder described = at.apply(api.guard(api.trusting(GOOD, known)));
            try (TokenGuard fresh = described.build()) {
                awaitAll(fresh, List.of(bearing(api.token().key(known))), RefusalReason.KEY_REFUSED);
                api.awaitGood(fresh, guard);
            }
        }
    }

    @Test
    void aProofThatWasUsedBeforeAChangeStaysUsed() {
        try (TokenGuard guard = guard().sharedState(redis).build();
                TokenGuard other = guard().sharedState(redis).build();
                TokenGuard settled = guard().sharedState(postgres).build()) {
            // Both stores know every proof since before the first one: neither refuses it for the store's own age.
            api.awaitGood(guard, other, settled);
            api.clock().advance(SECOND);
            List<IncomingRequest> used = new ArrayList<>(List.of(api.used(guard), api.used(other)));
            guard.reconfigure(guard().sharedState(postgres));
            requireUsed(guard, used);
            used.add(api.used(guard));
            guard.reconfigure(guard().sharedState(redis));
            requireUsed(guard, used);
        }
    }

    private void requireUsed(TokenGuard guard, List<IncomingRequest> used) {
        assertThat(used).allSatisfy(each -> assertThat(reason(guard, each)).isNotNull());
        api.awaitGood(guard);
        // The clock skew of proofs, and the second of the change.
        api.clock().advance(Duration.ofSeconds(6));
        IncomingRequest unused = api.used(guard);
        used.add(unused);
        assertThat(used)
                .allSatisfy(each -> assertThat(reason(guard, each))
                        .isIn(RefusalReason.PROOF_REPLAYED, RefusalReason.REPLAY_STORE_UNAVAILABLE));
    }

    @Test
    void aLogoutTokenThatIsReceivedAgainAfterAChangeDoesNoHarm() throws RefusedException {
        Instant logout = api.now().minusSeconds(30);
        String logoutToken = api.issuer()
                .logoutToken()
                .subject("carol")
                .issuedAt(logout)
                .expiresIn(Duration.ofMinutes(50))
                .sign();
        try (TokenGuard guard = guard().sharedState(redis).build()) {
            api.awaitGood(guard);
            guard.receiveLogout(logoutToken);
            requireOnlyLoggedOut(guard, logout);
            guard.reconfigure(guard().sharedState(postgres));
            receiveAgain(guard, freshGuard().sharedState(postgres), logoutToken, logout);
            guard.reconfigure(guard().sharedState(redis));
            receiveAgain(guard, freshGuard().sharedState(redis), logoutToken, logout);
        }
    }

    private void receiveAgain(TokenGuard guard, TokenGuardBuilder described, String logoutToken, Instant logout)
            throws RefusedException {
        api.awaitGood(guard);
        requireOnlyLoggedOut(guard, logout);
        guard.receiveLogout(logoutToken);
        requireOnlyLoggedOut(guard, logout);
        try (TokenGuard fresh = described.build()) {
            awaitAll(fresh, List.of(loggedOut(logout)), RefusalReason.REVOKED);
            fresh.receiveLogout(logoutToken);
            requireOnlyLoggedOut(fresh, logout);
        }
    }

    private IncomingRequest loggedOut(Instant logout) {
        return bearing(api.token().subject("carol").issuedAt(logout.minusSeconds(10)));
    }

    private void requireOnlyLoggedOut(TokenGuard guard, Instant logout) {
        assertThat(reason(guard, loggedOut(logout))).isEqualTo(RefusalReason.REVOKED);
        assertThat(reason(guard, bearing(api.token().subject("carol").issuedAt(logout.plusSeconds(10)))))
                .isNull();
    }
}
