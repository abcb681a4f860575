package io.tokenguard;

import static io.tokenguard.GuardedIssuer.guarding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Confirmation.Binding;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Route;
import io.tokenguard.config.Dpop;
import io.tokenguard.config.Preset;
import io.tokenguard.config.StatusLists;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestIssuerExtension;
import java.net.URI;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Host field alone never decides which address a required proof is for (RFC 9449 §4.3 step 9). */
@ExtendWith(TestIssuerExtension.class)
class ResourceHostsTest {
    private final DpopClient client = DpopClient.create();

    private IncomingRequest proven(TestIssuer issuer, String host) {
        String token = issuer.token().boundTo(client.key()).sign();
        String proof = client.proof("GET", "https://" + host + "/orders")
                .forToken(token)
                .sign();
        return IncomingRequest.builder("GET", "/orders")
                .overTls()
                .header("Host", host)
                .header("Authorization", "DPoP " + token)
                .header("DPoP", proof)
                .build();
    }

    static Stream<UnaryOperator<TokenGuardBuilder>> settingsThatNeedAnAddress() {
        return Stream.of(
                guard -> guard.dpop(Dpop.required()),
                guard -> guard.dpop(Dpop.supported().askForNonces()),
                guard -> guard.dpop(Dpop.required()).trustedProxies("10.0.0.0/8"),
                guard -> guard.preset(Preset.FAPI2).statusLists(StatusLists.required()),
                guard -> guard.route("POST /payments scope pay dpop"),
                guard -> guard.route("/payments bound"),
                guard -> guard.route("/payments dpop or mtls role admin"),
                guard -> guard.routes(Route.of(
                        "/payments", AccessRequirement.bound().reportOnly(AccessRequirement.authenticated()))));
    }

    @ParameterizedTest
    @MethodSource("settingsThatNeedAnAddress")
    void failTheStartWithoutAnAddress(UnaryOperator<TokenGuardBuilder> settings, TestIssuer issuer) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> settings.apply(guarding(issuer)).build())
                .withMessageStartingWith("tokenguard.resource.uri is not set: ")
                .withMessageContaining("tokenguard.resource.hosts");
    }

    @ParameterizedTest
    @MethodSource("settingsThatNeedAnAddress")
    void startWithHostsOrWithThePublicAddress(UnaryOperator<TokenGuardBuilder> settings, TestIssuer issuer) {
        settings.apply(guarding(issuer))
                .resourceHosts("api.example.com")
                .build()
                .close();
        settings.apply(guarding(issuer))
                .resource(URI.create("https://api.example.com"))
                .build()
                .close();
    }

    @Test
    void theMessageNamesTheRouteThatRequiresProofsAndTheRemedies(TestIssuer issuer) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> guarding(issuer).route("POST /payments dpop").build())
                .withMessageContainingAll(
                        "tokenguard.resource.uri is not set",
                        "tokenguard.resource.hosts",
                        "the route /payments requires");
    }

    @Test
    void aRouteNeedsNoAddressWhereNoProofDecides(TestIssuer issuer) {
        guarding(issuer).route("/payments mtls").build().close();
        guarding(issuer).route("/payments bound").dpop(Dpop.off()).build().close();
        AccessRequirement trial = AccessRequirement.authenticated().reportOnly(AccessRequirement.bound(Binding.DPOP));
        guarding(issuer).routes(Route.of("/payments", trial)).build().close();
    }

    @Test
    void aReconfigurationWithoutAnAddressIsRejectedToo(TestIssuer issuer) {
        try (TokenGuard guard =
                guarding(issuer).resourceHosts("api.example.com").build()) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> guard.reconfigure(guarding(issuer).route("/payments dpop")))
                    .withMessageStartingWith("tokenguard.resource.uri is not set");
        }
    }

    /** Adapters find requirements themselves; the start cannot know them. */
    @Test
    void aRequirementOfTheCallerThatRequiresAProofRefusesProofsWithoutAnAddress(TestIssuer issuer) {
        AccessRequirement bound = AccessRequirement.bound(Binding.DPOP);
        try (TokenGuard guard = guarding(issuer).build()) {
            IncomingRequest request = proven(issuer, "api.example.com");
            Decision.Refused refused = (Decision.Refused) guard.decide(request, bound);
            assertThat(refused.refusal().reason()).isEqualTo(RefusalReason.TARGET_UNKNOWN);
            assertThat(refused.refusal().detail()).contains("tokenguard.resource.uri", "tokenguard.resource.hosts");
            Decision.Granted granted = (Decision.Granted) guard.decide(request, AccessRequirement.authenticated());
            assertThat(guard.decideAgain(request, bound, granted.accessToken().orElseThrow()))
                    .isInstanceOf(Decision.Refused.class);
        }
    }

    @Test
    void aPresetNeedsNoAddressWhereNoProofIsServed(TestIssuer issuer) {
        guarding(issuer)
                .preset(Preset.FAPI2)
                .statusLists(StatusLists.required())
                .dpop(Dpop.off())
                .build()
                .close();
    }

    @Test
    void aProofForAnotherHostIsRefusedThoughTheHostFieldNamesIt(TestIssuer issuer) {
        try (TokenGuard guard =
                guarding(issuer).resourceHosts("api.example.com").build()) {
            assertThat(guard.decide(proven(issuer, "api.example.com"))).isInstanceOf(Decision.Granted.class);
            Decision.Refused refused = (Decision.Refused) guard.decide(proven(issuer, "evil.example"));
            Refusal refusal = refused.refusal();
            assertThat(refusal.reason()).isEqualTo(RefusalReason.TARGET_UNKNOWN);
            assertThat(refusal.detail()).isEqualTo("host is not in tokenguard.resource.hosts");
            assertThat(refused.challenge().toString()).doesNotContain("evil.example", "hosts");
        }
    }

    @Test
    void hostsAreSetByProperty(TestIssuer issuer) {
        try (TokenGuard guard = GuardProperties.of(Map.of(
                        "tokenguard.issuer-uri", issuer.issuer(),
                        "tokenguard.audiences", GuardedIssuer.AUDIENCE,
                        "tokenguard.dpop.mode", "required",
                        "tokenguard.resource.hosts", "a.example, b.example:8443",
                        "tokenguard.routes.all", "/orders authenticated"))
                .toBuilder()
                .build()) {
            assertThat(guard.decide(proven(issuer, "b.example:8443"))).isInstanceOf(Decision.Granted.class);
            assertThat(guard.decide(proven(issuer, "b.example"))).isInstanceOf(Decision.Refused.class);
        }
    }

    @Test
    void aBoundTokenIsWarnedOfOnceWhereTheHostFieldDecides(TestIssuer issuer) {
        RecordedLog.clear();
        try (TokenGuard guard = guarding(issuer).build()) {
            assertThat(RecordedLog.recent()).noneMatch(event -> event.text().contains("Host field"));
            assertThat(guard.decide(proven(issuer, "any.example"))).isInstanceOf(Decision.Granted.class);
            assertThat(guard.decide(proven(issuer, "other.example"))).isInstanceOf(Decision.Granted.class);
            assertThat(RecordedLog.recent())
                    .filteredOn(event -> event.text().contains("the caller's Host field decides"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.text())
                            .contains("tokenguard.resource.uri", "tokenguard.resource.hosts")
                            .doesNotContain("example"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.example.com",
                "api.example.com/",
                "user@api.example.com",
                "*.example.com",
                "api.example.com.",
                "api.example.com:",
                "api.example.com:0",
                "api.example.com:65536",
                "[fe80::1%25eth0]",
                "[]",
                "::1",
                "\u00e1pi.example.com",
                "a b"
            })
    void aHostIsAHost(String host, TestIssuer issuer) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() ->
                        guarding(issuer).resourceHosts("api.example.com", host).build())
                .withMessageStartingWith("tokenguard.resource.hosts is '");
    }
}
