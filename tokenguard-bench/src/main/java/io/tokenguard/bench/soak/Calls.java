package io.tokenguard.bench.soak;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Revocation;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import io.tokenguard.testkit.TokenBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One call of each kind, with the answer it must get. A good token is granted; while a fault disturbs what it needs, 503
 * will do; at other times a 503 is needless. A bad token is never granted. Thread-safe.
 */
final class Calls {
    private static final Duration SHORT = Duration.ofMinutes(2);
    private static final Set<RefusalReason> OF_TIME = EnumSet.of(
            RefusalReason.EXPIRED,
            RefusalReason.NOT_YET_VALID,
            RefusalReason.PROOF_INVALID,
            RefusalReason.PROOF_REPLAYED);
    private static final String CLIENT = "192.0.2.1";
    private static final String STRANGER = "203.0.113.1";
    private static final Concern[] NOTHING = {};

    private final Nodes nodes;
    private final Tokens tokens;
    private final Disturbances disturbances;
    private final Tally tally;
    private final LaterLooks later;
    private final DpopClient client;
    private final TestKey strange = TestKey.generate(TestAlgorithm.RS256);

    Calls(Nodes nodes, Tokens tokens, Disturbances disturbances, Tally tally) {
        this.nodes = nodes;
        this.tokens = tokens;
        this.disturbances = disturbances;
        this.tally = tally;
        this.later = new LaterLooks(tally);
        this.client = DpopClient.withKey(TestKey.generate(TestAlgorithm.ES256), nodes.clock());
    }

    void call(Kind kind) {
        switch (kind) {
            case REUSED -> good(kind, bearer(tokens.used()), NOTHING);
            case FRESH -> good(kind, bearer(tokens.fresh().sign()), Concern.NEW_KEYS);
            case OPAQUE -> good(kind, bearer(tokens.usedOpaque()), Concern.INTROSPECTION);
            case DPOP -> proven();
            case REVOKED -> revoked();
            case FOREIGN ->
                bad(kind, tokens.fresh().audience("https://other.example.com").sign());
            case EXPIRED -> bad(kind, tokens.fresh(Duration.ofMinutes(-110)).sign());
            case TAMPERED -> bad(kind, tampered(tokens.used()));
            case UNKNOWN_KEY ->
                bad(
                        kind,
                        tokens.fresh()
                                .key(strange)
                                .header("kid", UUID.randomUUID().toString())
                                .sign());
            case UNKNOWN_OPAQUE -> bad(kind, UUID.randomUUID().toString());
        }
        later.look();
    }

    private static IncomingRequest.Builder request() {
        return IncomingRequest.builder("GET", "/orders")
                .overTls()
                .header("Host", "api.example.com")
                .clientAddress(CLIENT);
    }

    private static IncomingRequest bearer(String token) {
        return request().header("Authorization", "Bearer " + token).build();
    }

    /** Shares are by network: a stranger's requests must not use up those of good clients. */
    private static IncomingRequest strangers(String token) {
        return request()
                .clientAddress(STRANGER)
                .header("Authorization", "Bearer " + token)
                .build();
    }

    private TokenGuard anyNode() {
        List<TokenGuard> guards = nodes.guards();
        return guards.get(ThreadLocalRandom.current().nextInt(guards.size()));
    }

    private Decision decide(TokenGuard node, IncomingRequest request) {
        long start = System.nanoTime();
        Decision decision = node.decide(request);
        tally.took(System.nanoTime() - start);
        return decision;
    }

    private boolean good(Kind kind, IncomingRequest request, Concern... needed) {
        return good(kind, anyNode(), request, needed);
    }

    private boolean good(Kind kind, TokenGuard node, IncomingRequest request, Concern... needed) {
        long start = System.nanoTime();
        Decision decision = decide(node, request);
        boolean isGranted = decision instanceof Decision.Granted;
        boolean isDisturbed = disturbances.sinceNanos(start, needed);
        if (isGranted || (isDisturbed && isExcused(decision, needed))) {
            tally.expected(kind.name(), decision);
        } else if (status(decision) == 503) {
            tally.needless(kind.name(), decision);
        } else {
            tally.wrong(kind.name(), decision);
        }
        return isGranted;
    }

    /** 503 if no decision is possible. Requests that depend on the clock, or on what Redis lost, may be refused. */
    private static boolean isExcused(Decision decision, Concern... needed) {
        return status(decision) == 503
                || (decision instanceof Decision.Refused refused
                        && List.of(needed).contains(Concern.CLOCK)
                        && OF_TIME.contains(refused.refusal().reason()));
    }

    private static int status(Decision decision) {
        return decision instanceof Decision.Refused refused
                ? refused.challenge().status()
                : 200;
    }

    private void bad(Kind kind, String token) {
        never(kind, decide(anyNode(), strangers(token)));
    }

    private void never(Kind kind, Decision decision) {
        if (decision instanceof Decision.Granted) {
            tally.wrong(kind.name(), decision);
        } else {
            tally.expected(kind.name(), decision);
        }
    }

    private static String tampered(String token) {
        int place = token.lastIndexOf('.') + 20;
        char changed = token.charAt(place) == 'A' ? 'B' : 'A';
        return token.substring(0, place) + changed + token.substring(place + 1);
    }

    /** The same proof at another node must not pass again. */
    private void proven() {
        String token = tokens.fresh().boundTo(client.key()).sign();
        IncomingRequest request = request()
                .header("Authorization", "DPoP " + token)
                .header(
                        "DPoP",
                        client.proof("GET", "https://api.example.com/orders")
                                .forToken(token)
                                .sign())
                .build();
        if (good(Kind.DPOP, request, Concern.NEW_KEYS, Concern.SHARED_STATE, Concern.CLOCK)) {
            never(Kind.DPOP, decide(anyNode(), request));
        }
    }

    /** Refused where it was revoked as soon as {@code revoke} returns, and everywhere a little later. */
    private void revoked() {
        TokenGuard node = anyNode();
        TokenBuilder description = tokens.fresh(SHORT);
        String id = UUID.randomUUID().toString();
        IncomingRequest request = bearer(description.tokenId(id).sign());
        if (good(Kind.REVOKED, node, request, Concern.NEW_KEYS, Concern.CLOCK)
                && node.revoke(Revocation.token(nodes.issuer().issuer(), id)
                        .until(Instant.now().plus(SHORT)))) {
            never(Kind.REVOKED, decide(node, request));
            nodes.guards().stream().filter(other -> other != node).forEach(other -> later.refuse(other, request));
        }
    }
}
