package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.config.Dpop;
import io.tokenguard.spi.GuardObserver;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.DpopProofBuilder;
import java.io.EOFException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** DPoP over several requests: replayed proofs, and nonces (RFC 9449 §8, §9 and §11.1), over sockets. */
@OnEveryContainer
class DpopFilterTest {
    private static final String ROOT = "http://localhost";

    private final DpopClient client = DpopClient.create();
    private final List<RefusalReason> reasons = new CopyOnWriteArrayList<>();
    private final List<Site> sites = new ArrayList<>();

    @Parameter
    Container container;

    @AfterEach
    void stop() {
        sites.forEach(Site::close);
    }

    private Site site(Dpop dpop) throws Exception {
        GuardObserver observer = refusal -> reasons.add(refusal.reason());
        Site site = new Application("/me authenticated", "/scoped scope orders:read")
                .built(guard -> guard.resourceHosts("localhost").dpop(dpop).observer(observer))
                .servlet(Page::identity, "/me", "/scoped")
                .on(container);
        sites.add(site);
        return site;
    }

    private String token(Site site) {
        return site.issuer().token().boundTo(client.key()).sign();
    }

    private DpopProofBuilder proof(String token) {
        return client.proof("GET", ROOT + "/me").forToken(token);
    }

    private Answer get(Site site, String token, String proof) throws Exception {
        return site.get("/me", "Authorization: DPoP " + token, "DPoP: " + proof);
    }

    @Test
    void showsTheIdentityUnderItsScheme() throws Exception {
        Site site = site(Dpop.supported());
        String token = token(site);
        assertThat(get(site, token, proof(token).sign()).body())
                .isEqualTo(Page.known("alice").replace("auth=Bearer", "auth=DPoP"));
    }

    @Test
    void refusesAReplayedProof() throws Exception {
        Site site = site(Dpop.supported());
        String token = token(site);
        String proof = proof(token).sign();
        assertThat(get(site, token, proof).status()).isEqualTo(200);
        Answer again = get(site, token, proof);
        assertThat(again.status()).isEqualTo(401);
        assertThat(again.challenge()).contains("DPoP realm=\"api\"", "error=\"invalid_dpop_proof\"");
        assertThat(reasons).containsExactly(RefusalReason.PROOF_REPLAYED);
    }

    @Test
    void refusesAReplayOnAnotherNodeWithTheSameStore() throws Exception {
        var shared = new io.tokenguard.internal.possession.InMemoryReplayStore(java.time.Clock.systemUTC(), 1_000);
        Site one = site(Dpop.supported().replayStore(shared));
        try (var other = io.tokenguard.TokenGuard.builder()
                .issuer(io.tokenguard.TrustedIssuer.builder(one.issuer().issuer())
                        .audience("https://api.example.com")
                        .build())
                .route("/me authenticated")
                .dpop(Dpop.supported().replayStore(shared))
                .build()) {
            String token = token(one);
            String proof = proof(token).sign();
            assertThat(get(one, token, proof).status()).isEqualTo(200);
            var request = io.tokenguard.access.IncomingRequest.builder("GET", "/me")
                    .clientAddress("127.0.0.1")
                    .header("Host", "localhost")
                    .header("Authorization", "DPoP " + token)
                    .header("DPoP", proof)
                    .build();
            assertThat(other.decide(request))
                    .isInstanceOfSatisfying(
                            io.tokenguard.access.Decision.Refused.class,
                            refused -> assertThat(refused.refusal().reason()).isEqualTo(RefusalReason.PROOF_REPLAYED));
        }
    }

    @Test
    void acceptsExactlyOneOfManyConcurrentUses() throws Exception {
        Site site = site(Dpop.supported());
        String token = token(site);
        ExecutorService pool = Executors.newFixedThreadPool(64);
        try {
            for (int round = 0; round < 5; round++) {
                String proof = proof(token).sign();
                List<Callable<Integer>> calls = new ArrayList<>();
                for (int i = 0; i < 64; i++) {
                    calls.add(() -> get(site, token, proof).status());
                }
                List<Integer> statuses = new ArrayList<>();
                for (Future<Integer> status : pool.invokeAll(calls)) {
                    statuses.add(status.get());
                }
                assertThat(statuses).containsOnlyOnce(200).contains(401);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void answers503WhenTheReplayMemoryIsFullAndForgetsNothing() throws Exception {
        Site site = site(Dpop.supported().replayCapacity(1_000));
        String token = token(site);
        String first = proof(token).sign();
        assertThat(get(site, token, first).status()).isEqualTo(200);
        Answer full = firstThatIsNotGranted(site, token);
        assertThat(full.status()).isEqualTo(503);
        assertThat(full.header("Retry-After")).isNotEmpty();
        assertThat(get(site, token, first).status()).isEqualTo(401);
        assertThat(reasons).containsExactly(RefusalReason.REPLAY_STORE_UNAVAILABLE, RefusalReason.PROOF_REPLAYED);
    }

    /** Of a thousand connections in a row a container may drop one unanswered. */
    private Answer firstThatIsNotGranted(Site site, String token) throws Exception {
        for (int i = 0; i < 1_100; i++) {
            try {
                Answer answer = get(site, token, proof(token).sign());
                if (answer.status() != 200) {
                    return answer;
                }
            } catch (EOFException dropped) {
                // Whether its proof was used or not: the next one is another.
            }
        }
        throw new AssertionError("every proof was taken");
    }

    @Test
    void refusesAReplayOfAProofFromTheFuture() throws Exception {
        Site site = site(Dpop.supported());
        String token = token(site);
        String ahead = proof(token).issuedAt(Instant.now().plusSeconds(3)).sign();
        assertThat(get(site, token, ahead).status()).isEqualTo(200);
        assertThat(get(site, token, ahead).status()).isEqualTo(401);
        assertThat(reasons).containsExactly(RefusalReason.PROOF_REPLAYED);
    }

    @Test
    void letsNoOtherClientSpendAnIdentifier() throws Exception {
        Site site = site(Dpop.supported());
        DpopClient other = DpopClient.create();
        String others = site.issuer().token().boundTo(other.key()).sign();
        String token = token(site);
        String spent = other.proof("GET", ROOT + "/me")
                .forToken(others)
                .claim("jti", "same")
                .sign();
        assertThat(get(site, others, spent).status()).isEqualTo(200);
        assertThat(get(site, token, proof(token).claim("jti", "same").sign()).status())
                .isEqualTo(200);
    }

    @Test
    void recognisesAReplayHoweverTheAddressIsSpelt() throws Exception {
        Site site = site(Dpop.supported());
        String token = token(site);
        assertThat(get(site, token, proof(token).claim("jti", "same").sign()).status())
                .isEqualTo(200);
        String spelt = proof(token)
                .claim("jti", "same")
                .claim("htu", "HTTP://LOCALHOST:80/%6de?x")
                .sign();
        assertThat(get(site, token, spelt).status()).isEqualTo(401);
        assertThat(reasons).containsExactly(RefusalReason.PROOF_REPLAYED);
    }

    @Test
    void spendsNoProofWhenAnotherCheckFails() throws Exception {
        Site site = site(Dpop.supported());
        String token = token(site);
        assertThat(get(
                                site,
                                token,
                                proof(token)
                                        .claim("jti", "same")
                                        .forToken("other")
                                        .sign())
                        .status())
                .isEqualTo(401);
        assertThat(site.get(
                                "/scoped",
                                "Authorization: DPoP " + token,
                                "DPoP: "
                                        + client.proof("GET", ROOT + "/scoped")
                                                .forToken(token)
                                                .claim("jti", "same")
                                                .sign())
                        .status())
                .isEqualTo(403);
        assertThat(get(site, token, proof(token).claim("jti", "same").sign()).status())
                .isEqualTo(200);
        assertThat(reasons).containsExactly(RefusalReason.PROOF_INVALID, RefusalReason.SCOPE_INSUFFICIENT);
    }

    @Test
    void demandsANonceAndAcceptsOnlyItsOwn() throws Exception {
        Site site = site(Dpop.supported().askForNonces());
        Site other = site(Dpop.supported().askForNonces());
        String token = token(site);
        Answer asked = get(site, token, proof(token).sign());
        assertThat(asked.status()).isEqualTo(401);
        assertThat(asked.challenge()).contains("error=\"use_dpop_nonce\"");
        String nonce = asked.header("DPoP-Nonce").get(0);
        String foreign = get(other, token(other), proof(token(other)).sign()).header("DPoP-Nonce").stream()
                .findFirst()
                .orElse("none");
        assertThat(get(site, token, proof(token).claim("nonce", nonce).sign()).status())
                .isEqualTo(200);
        for (String bad : List.of(foreign, "forged", nonce.substring(1), nonce + "A")) {
            assertThat(get(site, token, proof(token).claim("nonce", bad).sign()).challenge())
                    .contains("error=\"use_dpop_nonce\"");
        }
    }

    @Test
    void givesAFreshNonceWithTheAnswerOfTheApplication() throws Exception {
        var clock = io.tokenguard.testkit.TestClock.startingAt(Instant.now());
        DpopClient timed = DpopClient.withKey(client.key(), clock);
        Site site = new Application("/me authenticated")
                .built(guard -> guard.clock(clock)
                        .resourceHosts("localhost")
                        .passCorsPreflight()
                        .dpop(Dpop.supported().askForNonces()))
                .servlet(Page::identity, "/me")
                .on(container);
        sites.add(site);
        String token = site.issuer()
                .token()
                .boundTo(client.key())
                .expiresIn(java.time.Duration.ofHours(1))
                .sign();
        DpopProofBuilder first = timed.proof("GET", ROOT + "/me").forToken(token);
        String nonce = get(site, token, first.sign()).header("DPoP-Nonce").get(0);
        clock.advance(java.time.Duration.ofMinutes(5));
        Answer granted = get(
                site,
                token,
                timed.proof("GET", ROOT + "/me")
                        .forToken(token)
                        .claim("nonce", nonce)
                        .sign());
        assertThat(granted.status()).isEqualTo(200);
        assertThat(granted.header("DPoP-Nonce")).hasSize(1).doesNotContain(nonce);
        assertThat(granted.header("Access-Control-Expose-Headers")).containsExactly("DPoP-Nonce, WWW-Authenticate");
    }

    @Test
    void servesAClientThatFollowsTheNonce() throws Exception {
        Site site = site(Dpop.supported());
        String host = "127.0.0.1:" + site.server().port();
        site.guard()
                .reconfigure(io.tokenguard.TokenGuard.builder()
                        .issuer(io.tokenguard.TrustedIssuer.builder(
                                        site.issuer().issuer())
                                .audience("https://api.example.com")
                                .build())
                        .resourceHosts(host)
                        .dpop(Dpop.required().askForNonces())
                        .observer(refusal -> reasons.add(refusal.reason()))
                        .route("/me authenticated"));
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://" + host + "/me?a=b")).build();
        HttpResponse<String> answer = client.send(HttpClient.newHttpClient(), request, token(site));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(reasons).containsExactly(RefusalReason.NONCE_REQUIRED);
    }
}
