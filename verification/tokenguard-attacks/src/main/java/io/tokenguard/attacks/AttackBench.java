package io.tokenguard.attacks;

import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import io.tokenguard.testkit.TokenBuilder;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Where attacks are played: an issuer that is trusted, a stranger that is not, and the door of the guard. The guard has to
 * judge by {@link #clock()}, and must not be built before the door is used for the first time, for an attack may first
 * change what the issuer serves. Not safe for use by several threads at once.
 */
public final class AttackBench implements AutoCloseable {
    private static final int ATTEMPTS = 5;

    /** What the API is called in {@code aud}. */
    public static final String AUDIENCE = "https://api.example.com";

    /** Where clients find the API. */
    static final String PUBLIC_ADDRESS = "https://api.example.com";

    private final TestClock clock = TestClock.startingAt(Instant.now());
    private final TestIssuer issuer;
    private final TestIssuer stranger;
    private final Consumer<RawRequest> door;
    private final Consumer<TokenBuilder> shape;

    private AttackBench(Consumer<RawRequest> door, Consumer<TokenBuilder> shape) {
        this.door = door;
        this.shape = shape;
        this.issuer = TestIssuer.builder()
                .clock(clock)
                .audience(AUDIENCE)
                .keys(AttackKeys.ofIssuer())
                .start();
        this.stranger = TestIssuer.builder()
                .clock(clock)
                .audience(AUDIENCE)
                .keys(AttackKeys.ofAttacker())
                .start();
    }

    /**
     * Sets up a bench.
     *
     * @param door sends a request to the guard and drops the answer
     */
    public static AttackBench open(Consumer<RawRequest> door) {
        return open(door, token -> {});
    }

    /**
     * Sets up a bench whose issuer has tokens of its own shape.
     *
     * @param door sends a request to the guard and drops the answer
     * @param shape changes each good token before an attack changes it
     */
    public static AttackBench open(Consumer<RawRequest> door, Consumer<TokenBuilder> shape) {
        return new AttackBench(door, shape);
    }

    /** The issuer that the guard trusts. It publishes one key for each algorithm; ES256 is the current one. */
    public TestIssuer issuer() {
        return issuer;
    }

    /** Another issuer, with keys of its own, that nobody must ask for anything unless the profile says that it is trusted. */
    public TestIssuer stranger() {
        return stranger;
    }

    /** The time. It stands still, so that edges can be tried to the second. */
    public Clock clock() {
        return clock;
    }

    /** A request that has to be granted under every profile, with a token of its own. */
    public RawRequest goodRequest() {
        TokenBuilder token = token().claim("typ", "Bearer").claim("azp", "test-client");
        shape.accept(token);
        return present(token.sign());
    }

    /** Moves the time. */
    TestClock movableClock() {
        return clock;
    }

    /** The time in seconds. */
    long now() {
        return clock.instant().getEpochSecond();
    }

    /** Sends a request before the decisive one. */
    void knock(RawRequest request) {
        door.accept(request);
    }

    /** Makes the guard load its keys. */
    void warmUp() {
        knock(goodRequest());
    }

    /**
     * Makes the guard ask for new keys, as it does once in a while when a token names a key that it does not know. A load that
     * is about to end serves already and is waited for instead; then another unknown key makes it ask.
     */
    void provokeReload() {
        int before = issuer.requests(TestEndpoint.JWKS);
        for (int i = 0; i < ATTEMPTS && issuer.requests(TestEndpoint.JWKS) == before; i++) {
            knock(present(token().header("kid", "not-yet-known-" + i).sign()));
        }
        if (issuer.requests(TestEndpoint.JWKS) == before) {
            throw new IllegalStateException("The guard did not ask for new keys");
        }
    }

    /** A good token of the issuer's current key. */
    TokenBuilder token() {
        return shaped(issuer.token());
    }

    /** A good token of an algorithm. */
    TokenBuilder token(TestAlgorithm algorithm) {
        return shaped(issuer.token().key(key(algorithm)).algorithm(algorithm));
    }

    private TokenBuilder shaped(TokenBuilder token) {
        shape.accept(token);
        return token;
    }

    /** The issuer's key for an algorithm. */
    TestKey key(TestAlgorithm algorithm) {
        return AttackKeys.issuer(algorithm);
    }

    /** A key that the issuer has never seen. */
    TestKey attackersKey(TestAlgorithm algorithm) {
        return AttackKeys.attacker(algorithm);
    }

    /** A token that is good but for its payload, which is this text. */
    String payload(String json) {
        return token().rawPayload(json).sign();
    }

    /** The payload of a good token, with these members, each with its comma, in front of the others. */
    String payloadWith(String members) {
        return "{" + members + token().payloadJson().substring(1);
    }

    /** A good token in which a claim has this value, given as JSON that need not be right. */
    String withRaw(String claim, String json) {
        return payload("{\"" + claim + "\":" + json + ","
                + token().withoutClaim(claim).payloadJson().substring(1));
    }

    /** A good token, taken apart. */
    CompactToken parts() {
        return CompactToken.parse(token().sign());
    }

    /** Asks with a token for what any good token opens. */
    RawRequest present(String token) {
        return RawRequest.get("/api/me").bearer(token);
    }

    /** Asks with a token for what {@code orders:read} opens. */
    RawRequest order(String token) {
        return RawRequest.get("/api/orders").bearer(token);
    }

    /** Asks with a token for what the role {@code admin} opens. */
    RawRequest administrate(String token) {
        return RawRequest.get("/api/admin").bearer(token);
    }

    /** Asks with a token for what a strong and recent authentication opens. */
    RawRequest transfer(String token) {
        return RawRequest.get("/api/transfer").bearer(token);
    }

    @Override
    public void close() {
        issuer.close();
        stranger.close();
    }
}
