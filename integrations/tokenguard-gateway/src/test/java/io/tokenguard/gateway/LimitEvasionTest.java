package io.tokenguard.gateway;

import static io.tokenguard.gateway.GuardedApi.HOME;
import static io.tokenguard.gateway.GuardedApi.get;
import static io.tokenguard.gateway.GuardedApi.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.IncomingRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attempts to be counted as another sender, or not at all. */
class LimitEvasionTest {
    private GuardedApi api = GuardedApi.start(settings -> settings);

    @AfterEach
    void stop() {
        api.close();
    }

    private void limit(String rule) {
        api.close();
        api = GuardedApi.start(settings -> settings.limit(rule));
    }

    private static IncomingRequest from(String client, String peer) {
        return new IncomingRequest(
                "GET",
                "/open/a",
                "/open/a",
                unused -> List.of(),
                new IncomingRequest.Connection(true, client, "api.example.com", List.of(), peer));
    }

    /** A container or framework takes the client's address from a field that the client can write. */
    @ParameterizedTest
    @CsvSource({"192.0.2.7", "''"})
    void anAddressThatAFrameworkReadInAFieldIsIgnored(String peer) {
        limit("/open/** limit 2/1m per network");
        List<Integer> answers = IntStream.range(0, 4)
                .mapToObj(i -> status(api.guard().decide(from("198.51." + i + ".1", peer))))
                .toList();
        assertThat(answers).containsExactly(200, 200, 429, 429);
    }

    @Test
    void aForgedAddressUsesUpNothingOfAVictim() {
        limit("/open/** limit 2/1m per network");
        for (int i = 0; i < 4; i++) {
            api.guard().decide(from(HOME, "198.51.100.1"));
        }
        assertThat(status(api.guard().decide(from(HOME, HOME)))).isEqualTo(200);
    }

    @Test
    void homesOfOneProviderAreCountedApartByTheirAddresses() {
        limit("/open/** limit 2/1m per address");
        List<Integer> answers = Stream.of(
                        "2001:db8:1:1::1",
                        "2001:db8:1:1::2",
                        "2001:db8:1:1:ffff::3",
                        "2001:db8:1:2::1",
                        "192.0.2.8",
                        "192.0.2.8",
                        "192.0.2.8",
                        "192.0.2.9")
                .map(address -> status(api.guard().decide(from(address, address))))
                .toList();
        assertThat(answers).containsExactly(200, 200, 429, 200, 200, 200, 429, 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FOO", "PROPFIND", "OPTIONS", "get", "HEAD", "DELETE"})
    void aRuleWithoutMethodsLimitsEveryMethod(String method) {
        limit("/orders/** limit 2/1m per subject");
        String token = api.token("alice");
        List<Integer> answers = IntStream.range(0, 4)
                .mapToObj(i -> status(api.guard()
                        .decide(
                                IncomingRequest.builder(method, "/orders")
                                        .overTls()
                                        .clientAddress(HOME)
                                        .header("Origin", "https://app.example.com")
                                        .header("Access-Control-Request-Method", "GET")
                                        .header("Authorization", "Bearer " + token)
                                        .build(),
                                AccessRequirement.authenticated())))
                .toList();
        assertThat(answers).containsExactly(200, 200, 429, 429);
    }

    @Test
    void preflightsAreLimitedOnlyByRulesThatNameTheirMethod() {
        assertThat(preflights("/open/** limit 2/1m per network")).containsOnly(200);
        assertThat(preflights("OPTIONS /open/** limit 2/1m per network")).containsExactly(200, 200, 429, 429);
    }

    private List<Integer> preflights(String rule) {
        limit(rule);
        IncomingRequest preflight = IncomingRequest.builder("OPTIONS", "/open/a")
                .clientAddress(HOME)
                .header("Origin", "https://app.example.com")
                .header("Access-Control-Request-Method", "GET")
                .build();
        return IntStream.range(0, 4)
                .mapToObj(i -> status(api.guard().decide(preflight)))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"realm.tenant", "/realm/tenant", "https://example.com/tenant", "/a.b"})
    void aClaimIsFoundByItsPath(String name) {
        limit("/orders/** limit 1/1m per claim " + name);
        assertThat(status(api.send(tenant("eu")))).isEqualTo(200);
        assertThat(status(api.send(tenant("us")))).isEqualTo(200);
        assertThat(status(api.send(tenant("eu")))).isEqualTo(429);
    }

    private String tenant(String name) {
        return api.issuer()
                .token()
                .claim("realm", Map.of("tenant", name))
                .claim("https://example.com/tenant", name)
                .claim("a.b", name)
                .sign();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a..b", "a.*", "/", "a.b.c.d.e.f.g.h.i"})
    void aClaimThatIsNoPathIsRefusedAtStart(String name) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> TokenGuard.builder().limit("/orders limit 1/1m per claim " + name))
                .withMessageContaining("write the name of a claim");
    }

    /** Adapters of other frameworks. */
    @Test
    void aPublicRequestIsCountedAlsoIfItsHandlerHasNoName() {
        limit("/open/** limit 2/1m per network");
        IncomingRequest.Handler nameless = () -> Optional.of(AccessRequirement.open());
        List<Integer> answers = IntStream.range(0, 4)
                .mapToObj(i -> status(api.guard().decide(get("/open/a").build(), nameless)))
                .toList();
        assertThat(answers).containsExactly(200, 200, 429, 429);
    }

    @Test
    void aPublicRequestIsCountedAlsoIfTheCallerSuppliesItsRequirement() {
        limit("/open/** limit 2/1m per network");
        List<Integer> answers = IntStream.range(0, 4)
                .mapToObj(i -> status(api.guard().decide(get("/open/a").build(), AccessRequirement.open())))
                .toList();
        assertThat(answers).containsExactly(200, 200, 429, 429);
    }

    @Test
    void aUserIsNotCountedWithTheClientOfTheSameName() {
        assertThat(SenderKeyCase.of("shop", "app")).isEqualTo(SenderKeyCase.of("shop", "web"));
        assertThat(SenderKeyCase.of("shop", "app")).isNotEqualTo(SenderKeyCase.of(null, "shop"));
    }

    @Test
    void aLongNameIsNotCountedWithTheOneThatIsItsHash() {
        String longName = "a".repeat(200);
        assertThat(SenderKeyCase.of(longName, "app"))
                .isEqualTo(SenderKeyCase.of(longName, "app"))
                .isNotEqualTo(SenderKeyCase.of(Fingerprint.of(longName).toString(), "app"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit 1/31d per subject burst 10000 cost 9000", "limit 1/31d per subject burst 999999999"})
    void aLimitThatTakesLongerThanTenYearsToRefillIsRefusedAtStart(String limit) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> TokenGuard.builder().limit("/orders " + limit))
                .withMessageContaining("lower the burst, or raise the rate");
    }

    @Test
    void timesInAnswersAreNeverNegative() {
        limit("/orders/** limit 1/31d per subject burst 118 cost 118");
        String token = api.token("alice");
        assertThat(GuardedApi.field(api.send(token), "RateLimit")).endsWith(";r=0;t=316051200");
        assertThat(GuardedApi.field(api.send(token), "Retry-After")).isEqualTo("316051200");
    }
}
