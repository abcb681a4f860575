package io.tokenguard.internal.request;

import static io.tokenguard.internal.Attempt.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.AddressRange;
import io.tokenguard.access.Confirmation;
import io.tokenguard.access.Confirmation.Binding;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.IncomingRequest.Connection;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which address a client has sent its request to: RFC 9110 §7.2, RFC 7239, and the fields that are older than it. */
class TargetUriPolicyTest {
    private static final String PROXY = "10.0.0.1";
    private static final TargetUriPolicy OWN = new TargetUriPolicy(Optional.empty(), List.of(), List.of());
    private static final TargetUriPolicy PROXIED =
            new TargetUriPolicy(Optional.empty(), List.of(), List.of(AddressRange.parse("10.0.0.0/8")));

    private static IncomingRequest.Builder request(String path, String... fields) {
        IncomingRequest.Builder request =
                IncomingRequest.builder("GET", path).clientAddress(PROXY).authority("inner:8080");
        for (String field : fields) {
            int colon = field.indexOf(':');
            request.header(field.substring(0, colon), field.substring(colon + 1).strip());
        }
        return request;
    }

    private static String target(TargetUriPolicy policy, IncomingRequest.Builder request) throws RefusedException {
        TargetUri target = policy.of(request.build());
        return target + target.path();
    }

    private static void assertUnknown(TargetUriPolicy policy, IncomingRequest.Builder request) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> policy.of(request.build()))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.TARGET_UNKNOWN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"api.example.com", "api.example.com:8443", "[::1]"})
    void takesHostsThatCanBeConfigured(String host) {
        assertThat(TargetUriPolicy.isHost(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "api.example.com.", "api.example.com:", "*.example.com", "a/b", "u@a", "a.:80"})
    void takesNothingElseForAHost(String host) {
        assertThat(TargetUriPolicy.isHost(host)).isFalse();
    }

    @Nested
    class RequiringConfiguration {
        private static final AccessRequirement PROVEN = AccessRequirement.bound(Binding.DPOP);

        private static final AccessToken UNBOUND = AccessToken.builder("https://issuer.example")
                .expiresAt(Instant.ofEpochSecond(1))
                .build();
        private static final AccessToken BOUND = UNBOUND.confirmedBy(new Confirmation.DpopKey("x"));

        private static RefusalReason refusal(TargetUriPolicy policy, AccessToken token, AccessRequirement rule) {
            return reasonOf(() -> policy.requireConfigured(token, rule));
        }

        @Test
        void refusesProofsForAnAddressThatOnlyTheRequestNames() {
            assertThat(refusal(OWN, BOUND, PROVEN)).isEqualTo(RefusalReason.TARGET_UNKNOWN);
        }

        @Test
        void acceptsThemForAConfiguredAddress() {
            TargetUriPolicy byHost = new TargetUriPolicy(Optional.empty(), List.of("api.example.com"), List.of());
            TargetUriPolicy byUri =
                    new TargetUriPolicy(Optional.of(URI.create("https://api.example.com/")), List.of(), List.of());
            assertThat(refusal(byHost, BOUND, PROVEN)).isNull();
            assertThat(refusal(byUri, BOUND, PROVEN)).isNull();
            assertThat(OWN.isConfigured()).isFalse();
        }

        @Test
        void concernsNoOtherTokensAndRules() {
            assertThat(refusal(OWN, UNBOUND, PROVEN)).isNull();
            assertThat(refusal(OWN, BOUND, AccessRequirement.authenticated())).isNull();
        }
    }

    @Nested
    class WithoutProxies {
        // A container may take the client's address from a field that the client wrote.
        @Test
        void trustsTheProxyAtTheOtherEndOfTheConnectionOnly() {
            TargetUriPolicy policy =
                    new TargetUriPolicy(Optional.empty(), List.of(), List.of(AddressRange.parse("10.0.0.1")));
            assertThat(policy.isProxied(from("192.0.2.7", "10.0.0.1"))).isTrue();
            assertThat(policy.isProxied(from("10.0.0.1", "192.0.2.7"))).isFalse();
            assertThat(policy.isProxied(from("10.0.0.1", ""))).isFalse();
        }

        private static IncomingRequest from(String client, String peer) {
            Connection connection = new Connection(true, client, "", List.of(), peer);
            return new IncomingRequest("GET", "/", "/", name -> List.of(), connection);
        }

        @Test
        void isWhatTheRequestItselfSays() throws Exception {
            assertThat(target(OWN, request("/a"))).isEqualTo("http://inner:8080/a");
            assertThat(target(OWN, request("/a").overTls())).isEqualTo("https://inner:8080/a");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "X-Forwarded-Host: evil.example",
                    "X-Forwarded-Proto: https",
                    "X-Forwarded-Port: 1",
                    "X-Forwarded-Prefix: /evil",
                    "Forwarded: host=evil.example;proto=https",
                    "X-Forwarded-Host: a, b"
                })
        void isWhatItIsWhateverFieldsOfStrangersSay(String field) throws Exception {
            assertThat(target(OWN, request("/a", field))).isEqualTo("http://inner:8080/a");
            IncomingRequest.Builder fromElsewhere = request("/a", field).clientAddress("192.0.2.1");
            assertThat(target(PROXIED, fromElsewhere)).isEqualTo("http://inner:8080/a");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a b", "user@host", "a:b:c", "a, b"})
        void isUnknownWhereTheHostIsNone(String authority) {
            assertUnknown(OWN, request("/a").authority(authority));
        }
    }

    @Nested
    class OfConfiguredHosts {
        private static final List<String> HOSTS = List.of("api.example", "api.example:8443", "[::1]:8080");
        private final TargetUriPolicy policy = new TargetUriPolicy(Optional.empty(), HOSTS, List.of());
        private final TargetUriPolicy proxied =
                new TargetUriPolicy(Optional.empty(), HOSTS, List.of(AddressRange.parse("10.0.0.0/8")));
        private final TargetUriPolicy withAddress =
                new TargetUriPolicy(Optional.of(URI.create("https://shop.example/v1")), HOSTS, List.of());

        @ParameterizedTest
        @CsvSource({
            "api.example, https://api.example/a",
            "API.example:443, https://api.example/a",
            "api.example:8443, https://api.example:8443/a",
            "[::1]:8080, https://[::1]:8080/a"
        })
        void isThatOfAHostInTheList(String authority, String target) throws Exception {
            assertThat(target(policy, request("/a").overTls().authority(authority)))
                    .isEqualTo(target);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "evil.example",
                    "api.example.",
                    "api.example:80",
                    "api.example:8444",
                    "x.api.example",
                    "api.example.evil.example",
                    "user@api.example",
                    "[::1]",
                    "[::1%25lo]:8080",
                    "127.0.0.1:8080",
                    "api\u0455.example",
                    ""
                })
        void isUnknownForAnyOtherHost(String authority) {
            assertUnknown(policy, request("/a").overTls().authority(authority));
        }

        @Test
        void isUnknownWhereATrustedProxyNamesAnotherHost() throws Exception {
            IncomingRequest.Builder good = request("/a", "X-Forwarded-Host: api.example", "X-Forwarded-Proto: https");
            assertThat(target(proxied, good)).isEqualTo("https://api.example/a");
            assertUnknown(proxied, request("/a", "X-Forwarded-Host: evil.example"));
            assertUnknown(proxied, request("/a").authority("evil.example"));
            assertUnknown(policy, request("/a", "X-Forwarded-Host: api.example"));
        }

        @Test
        void isThePublicAddressForTheHostOfIt() throws Exception {
            assertThat(target(withAddress, request("/a").overTls().authority("shop.example")))
                    .isEqualTo("https://shop.example/v1/a");
            assertThat(target(withAddress, request("/a").overTls().authority("api.example")))
                    .isEqualTo("https://api.example/a");
            assertUnknown(withAddress, request("/a").overTls().authority("evil.example"));
        }
    }

    @Nested
    class OfThePublicAddress {
        private final TargetUriPolicy policy =
                new TargetUriPolicy(Optional.of(URI.create("https://api.example/shop/")), List.of(), List.of());

        @ParameterizedTest
        @CsvSource({"/a,/shop/a", "/shop/a,/shop/a", "/shop,/shop", "/shopping,/shop/shopping", "/,/shop/"})
        void isBelowItWhetherOrNotAProxyHasTakenItsPathAway(String path, String expected) throws Exception {
            assertThat(target(policy, request(path))).isEqualTo("https://api.example" + expected);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/a", "/b%C3%BCro/a", "/b%c3%bcro/a", "/%62%C3%BCro/a"})
        void mayHaveLettersOfAnyLanguage(String path) throws Exception {
            TargetUriPolicy policy =
                    new TargetUriPolicy(Optional.of(URI.create("https://api.example/b\u00fcro")), List.of(), List.of());
            assertThat(target(policy, request(path))).isEqualTo("https://api.example/b%C3%BCro/a");
        }

        @Test
        void neverComesFromTheHostField() throws Exception {
            assertThat(target(policy, request("/a").authority("evil.example"))).isEqualTo("https://api.example/shop/a");
        }
    }

    @Nested
    class BehindAProxy {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "X-Forwarded-Proto: https | X-Forwarded-Host: api.example | https://api.example/a",
                    "X-Forwarded-Proto: https | X-Forwarded-Host: api.example:8443 | https://api.example:8443/a",
                    "X-Forwarded-Host: api.example | X-Forwarded-Port: 8443 | http://api.example:8443/a",
                    "X-Forwarded-Host: [::1] | X-Forwarded-Port: 8443 | http://[::1]:8443/a",
                    "X-Forwarded-Proto: https | X-Forwarded-Prefix: /shop/ | https://inner:8080/shop/a",
                    "Forwarded: proto=https;host=api.example | X-Forwarded-Proto: HTTPS | https://api.example/a",
                    "Forwarded: For=\"[2001:db8::1]:47\"; Proto=https;HOST=\"api.example:8443\" | X-Other: 1"
                            + " | https://api.example:8443/a"
                })
        void isWhatTheProxySays(String one, String other, String expected) throws Exception {
            assertThat(target(PROXIED, request("/a", one, other))).isEqualTo(expected);
        }

        @ParameterizedTest
        @ValueSource(strings = {"https", "HTTPS", "wss", "Wss", "h2", "h3", "https,https", "http, https", "https,"})
        void isSecureByEachSchemeThatMeansTls(String schemes) throws Exception {
            IncomingRequest.Builder request = request("/a", "X-Forwarded-Proto: " + schemes);
            assertThat(PROXIED.isSecureByProxy(request.build())).contains(true);
            assertThat(target(PROXIED, request)).isEqualTo("https://inner:8080/a");
        }

        @ParameterizedTest
        @ValueSource(strings = {"http", "ws", "h2c", "ftp", "https, http", "https, ws"})
        void isNotSecureByOthers(String schemes) throws Exception {
            assertThat(PROXIED.isSecureByProxy(
                            request("/a", "X-Forwarded-Proto: " + schemes).build()))
                    .contains(false);
        }

        /** 10.0.0.0/8 is declared. The client's own entries come first. */
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "evil.example, api.example | 192.0.2.7 | api.example",
                    "evil.example, api.example | 10.9.9.9, 192.0.2.7 | api.example",
                    "evil.example, api.example, inner | 192.0.2.7, 10.0.0.2 | api.example",
                    "evil.example, api.example, inner | 192.0.2.7:5123, 10.0.0.2:443 | api.example",
                    "api.example | 192.0.2.7, 10.0.0.2 | api.example",
                    "evil.example, api.example, b, c | 2001:db8::1, 10.0.0.3, 10.0.0.2 | api.example",
                    "evil.example, api.example | unknown | api.example",
                    "evil.example, api.example | '' | api.example",
                    "api.example, b, c | 10.0.0.9, 10.0.0.3, 10.0.0.2 | api.example"
                })
        void isWhatTheOutermostDeclaredProxyAdded(String hosts, String addresses, String expected) throws Exception {
            IncomingRequest.Builder request =
                    request("/a", "X-Forwarded-Host: " + hosts, "X-Forwarded-For: " + addresses);
            assertThat(target(PROXIED, request)).isEqualTo("http://" + expected + "/a");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "host=evil.example, for=192.0.2.7;host=api.example",
                    "host=evil.example, for=192.0.2.7;host=api.example, for=10.0.0.2;host=inner",
                    "host=evil.example, for=\"[2001:db8::1]:4711\";host=api.example, for=\"10.0.0.2:80\"",
                    "for=\"a,b\";host=api.example, for=10.0.0.2",
                    "host=evil.example, host=api.example",
                    "h st=malformed, for=_hidden;host=api.example"
                })
        void isTheElementThatTheOutermostDeclaredProxyAdded(String elements) throws Exception {
            assertThat(target(PROXIED, request("/a", "Forwarded: " + elements))).isEqualTo("http://api.example/a");
        }

        @Test
        void joinsTheLinesOfAField() throws Exception {
            IncomingRequest.Builder request = request(
                    "/a",
                    "X-Forwarded-Proto: http",
                    "X-Forwarded-Proto: https",
                    "X-Forwarded-Host: evil.example",
                    "X-Forwarded-Host: api.example");
            assertThat(target(PROXIED, request)).isEqualTo("https://api.example/a");
        }

        @Test
        void joinsThePrefixesOfDeclaredProxies() throws Exception {
            assertThat(target(
                            PROXIED,
                            request(
                                    "/a",
                                    "X-Forwarded-Prefix: /evil, /shop/, /v1",
                                    "X-Forwarded-For: 192.0.2.7, 10.0.0.2")))
                    .isEqualTo("http://inner:8080/shop/v1/a");
        }

        @Test
        void takesThePortThatTheHostFieldLeavesOut() throws Exception {
            assertThat(target(PROXIED, request("/a", "X-Forwarded-Port: 8443").authority("api.example")))
                    .isEqualTo("http://api.example:8443/a");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "X-Forwarded-Proto: ,",
                    "X-Forwarded-Proto: https, ftp",
                    "X-Forwarded-Host: a.example, b example",
                    "X-Forwarded-Host: user@a.example",
                    "X-Forwarded-Host: a.example/x",
                    "X-Forwarded-Port: 0",
                    "X-Forwarded-Port: many",
                    "X-Forwarded-Proto: ftp",
                    "X-Forwarded-Prefix: shop",
                    "X-Forwarded-Proto: ",
                    "Forwarded: host=a, host",
                    "Forwarded: host=a;host=b",
                    "Forwarded: host=\"a",
                    "Forwarded: host=\"a\\\"b\"",
                    "Forwarded: host",
                    "Forwarded: =a",
                    "Forwarded: h st=a",
                    "Forwarded: host=a;",
                    "Forwarded: proto=ftp"
                })
        void isUnknownWhereTheProxyIsNotClear(String field) {
            assertUnknown(PROXIED, request("/a", field));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "Forwarded: host=a, host=b | X-Forwarded-Host: a",
                    "Forwarded: host=a | X-Forwarded-Host: b",
                    "Forwarded: host=a | X-Forwarded-Proto: https",
                    "Forwarded: proto=http | X-Forwarded-Proto: https",
                    "X-Forwarded-Host: a:1 | X-Forwarded-Port: 2"
                })
        void isUnknownWhereTwoFieldsSayDifferentThings(String one, String other) {
            assertUnknown(PROXIED, request("/a", one, other));
        }
    }
}
