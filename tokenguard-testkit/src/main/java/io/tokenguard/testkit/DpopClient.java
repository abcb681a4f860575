package io.tokenguard.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;

/**
 * A client that proves possession of a key (RFC 9449): it creates proofs with the last nonce that a server provided (RFC 9449
 * §8 and §9). Thread-safe.
 */
public final class DpopClient {
    private static final int UNAUTHORIZED = 401;
    private static final String NONCE = "DPoP-Nonce";

    private final TestKey key;
    private final Clock clock;
    private volatile Optional<String> nonce = Optional.empty();

    private DpopClient(TestKey key, Clock clock) {
        this.key = Objects.requireNonNull(key, "key");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Creates a client with a new ES256 key and the system clock.
     *
     * @return the client
     */
    public static DpopClient create() {
        return withKey(TestKey.generate(TestAlgorithm.ES256), Clock.systemUTC());
    }

    /**
     * Creates a client with this key and clock.
     *
     * @param key signs its proofs
     * @param clock the time of creation of its proofs
     * @return the client
     */
    public static DpopClient withKey(TestKey key, Clock clock) {
        return new DpopClient(key, clock);
    }

    /**
     * The key, for {@link TokenBuilder#boundTo}.
     *
     * @return the key pair
     */
    public TestKey key() {
        return key;
    }

    /**
     * Uses this nonce from now on, as after a response that contained it.
     *
     * @param fresh any text
     */
    public void useNonce(String fresh) {
        nonce = Optional.of(fresh);
    }

    /**
     * The nonce of the next proof.
     *
     * @return the nonce; empty if no server has provided one
     */
    public Optional<String> nonce() {
        return nonce;
    }

    /**
     * Starts a proof for a request, with the last nonce.
     *
     * @param method the method, {@code htm}
     * @param target the address without query and fragment, {@code htu}
     * @return a builder of its own
     */
    public DpopProofBuilder proof(String method, String target) {
        DpopProofBuilder proof = new DpopProofBuilder(key, method, target, clock.instant());
        nonce.ifPresent(given -> proof.claim("nonce", given));
        return proof;
    }

    /**
     * Sends a request with a token and a fresh proof; sends it again if the server requires a nonce (RFC 9449 §9).
     *
     * @param http sends it
     * @param request the request, without {@code Authorization} and {@code DPoP}
     * @param token the access token
     * @return the last answer
     * @throws IOException if the server is unreachable
     * @throws InterruptedException if the thread is interrupted
     */
    public HttpResponse<String> send(HttpClient http, HttpRequest request, String token)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = sendOnce(http, request, token);
        return asksForNonce(answer) ? sendOnce(http, request, token) : answer;
    }

    private HttpResponse<String> sendOnce(HttpClient http, HttpRequest request, String token)
            throws IOException, InterruptedException {
        String proof = proof(request.method(), withoutQuery(request.uri()))
                .forToken(token)
                .sign();
        HttpRequest proven = HttpRequest.newBuilder(request, (name, value) -> true)
                .setHeader("Authorization", "DPoP " + token)
                .setHeader("DPoP", proof)
                .build();
        HttpResponse<String> answer = http.send(proven, HttpResponse.BodyHandlers.ofString());
        answer.headers().firstValue(NONCE).ifPresent(this::useNonce);
        return answer;
    }

    private static boolean asksForNonce(HttpResponse<?> answer) {
        return answer.statusCode() == UNAUTHORIZED
                && answer.headers().allValues("WWW-Authenticate").stream()
                        .anyMatch(challenge -> challenge.contains("error=\"use_dpop_nonce\""));
    }

    private static String withoutQuery(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority() + address.getRawPath();
    }

    /** Shows the key ID, not the key. */
    @Override
    public String toString() {
        return "DpopClient[" + key + "]";
    }
}
