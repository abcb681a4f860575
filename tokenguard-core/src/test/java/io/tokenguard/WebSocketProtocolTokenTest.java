package io.tokenguard;

import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.TestIssuer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token among the subprotocols of a WebSocket, where that is on (RFC 6455 §11.3.4; RFC 6750 §2). */
class WebSocketProtocolTokenTest {
    private static final String FIELD = "Sec-WebSocket-Protocol";

    private static TestIssuer issuer;
    private static TokenGuard guard;

    @BeforeAll
    static void start() {
        issuer = TestIssuer.start();
        guard = GuardedIssuer.guarding(issuer).acceptTokenInWebSocketProtocol().build();
    }

    @AfterAll
    static void stop() {
        guard.close();
        issuer.close();
    }

    private static IncomingRequest.Builder upgrade() {
        return GuardedIssuer.request().header("Upgrade", "websocket").header("Connection", "Upgrade");
    }

    private static RefusalReason judge(IncomingRequest.Builder request) {
        return reasonOf(guard.decide(request.build()));
    }

    private static String token() {
        return issuer.token().sign();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer.%s", "orders.v1, bearer.%s", "bearer.%s,orders.v1", "a,\tbearer.%s , b"})
    void isAcceptedWhereverItStands(String protocols) {
        assertThat(judge(upgrade().header(FIELD, protocols.formatted(token())))).isNull();
    }

    @Test
    void isAcceptedInAFieldOfItsOwn() {
        assertThat(judge(upgrade().header(FIELD, "orders.v1").header(FIELD, "bearer." + token())))
                .isNull();
    }

    @Test
    void isIgnoredByDefault() {
        try (TokenGuard usual = GuardedIssuer.guarding(issuer).build()) {
            assertThat(reasonOf(usual.decide(
                            upgrade().header(FIELD, "bearer." + token()).build())))
                    .isEqualTo(RefusalReason.NO_CREDENTIALS);
            assertThat(usual.hiddenHeaders()).isEmpty();
        }
    }

    @Test
    void isIgnoredInARequestForSomethingElse() {
        IncomingRequest.Builder plain = GuardedIssuer.request().header(FIELD, "bearer." + token());
        assertThat(judge(plain)).isEqualTo(RefusalReason.NO_CREDENTIALS);
        assertThat(judge(plain.header("Upgrade", "h2c"))).isEqualTo(RefusalReason.NO_CREDENTIALS);
    }

    @Test
    void mustBeTheOnlyOne() {
        String twice = "bearer." + token() + ", bearer." + token();
        assertThat(judge(upgrade().header(FIELD, twice))).isEqualTo(RefusalReason.MULTIPLE_CREDENTIALS);
        assertThat(judge(upgrade().header(FIELD, "bearer." + token()).header("Authorization", "Bearer " + token())))
                .isEqualTo(RefusalReason.MULTIPLE_CREDENTIALS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer.", "bearer.a b", "bearer.Bearer x"})
    void isRefusedIfItIsMalformed(String protocol) {
        assertThat(judge(upgrade().header(FIELD, protocol))).isEqualTo(RefusalReason.CREDENTIAL_SYNTAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer.%s", "bearer%s", "x-bearer.%s", "dpop.%s"})
    void isNoOtherElement(String protocol) {
        assertThat(judge(upgrade().header(FIELD, protocol.formatted(token())))).isEqualTo(RefusalReason.NO_CREDENTIALS);
    }

    @Test
    void cantBeBoundToAKey() {
        DpopClient client = DpopClient.create();
        String bound = issuer.token().boundTo(client.key()).sign();
        assertThat(judge(upgrade().header(FIELD, "bearer." + bound))).isEqualTo(RefusalReason.BINDING_DOWNGRADE);
    }

    @Test
    void isHiddenFromTheApplicationInAnyCase() {
        assertThat(guard.hiddenHeaders()).containsExactly("sec-websocket-protocol");
    }
}
