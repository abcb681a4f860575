package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.config.Dialect;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A claim that revocations match is of its type or absent: otherwise no revocation would match its token. */
class RevocationClaimsTest {
    private static TestIssuer issuer;
    private static TokenGuard guard;
    private static FeedDrill feeds;
    private static IntrospectionDrill introspection;

    @BeforeAll
    static void start() {
        issuer = TestIssuer.builder().algorithms(TestAlgorithm.ES256).start();
        guard = guarding(issuer, settings -> settings.dialect(Dialect.GENERIC)).build();
        feeds = new FeedDrill();
        introspection = IntrospectionDrill.usual();
    }

    @AfterAll
    static void stop() {
        guard.close();
        issuer.close();
        feeds.close();
        introspection.close();
    }

    static Stream<Arguments> wrong() {
        return Stream.of("jti", "sid", "sub", "client_id", "iss", "iat")
                .flatMap(claim -> Stream.of(List.of("a"), Map.of("a", "b"), true, claim.equals("iat") ? "soon" : 1L)
                        .map(value -> Arguments.of(claim, value)));
    }

    /** The issuer selects the keys, before any other claim is read: one that is no text is unknown. */
    private static RefusalReason reasonOfSigned(String claim) {
        return claim.equals("iss") ? RefusalReason.ISSUER_UNKNOWN : RefusalReason.CLAIMS_MALFORMED;
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void ofASignedTokenIsMalformedOtherwise(String claim, Object value) {
        String token = issuer.token().claim(claim, value).sign();
        assertThat(reasonOf(guard.decide(bearing(token)))).isEqualTo(reasonOfSigned(claim));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void ofAnIntrospectionAnswerIsMalformedOtherwise(String claim, Object value) {
        assertThat(introspection.judgeWith(answer -> answer.put(claim, value)))
                .isEqualTo(RefusalReason.CLAIMS_MALFORMED);
    }

    static Stream<Arguments> wrongInFeeds() {
        return wrong().filter(arguments -> !arguments.get()[0].equals("client_id"));
    }

    @ParameterizedTest
    @MethodSource("wrongInFeeds")
    void ofALogoutTokenIsMalformedOtherwise(String claim, Object value) {
        String token = feeds.issuer.logoutToken().claim(claim, value).sign();
        assertThat(feeds.logout(token)).isEqualTo(reasonOfSigned(claim));
    }

    @ParameterizedTest
    @MethodSource("wrongInFeeds")
    void ofASecurityEventIsMalformedOtherwise(String claim, Object value) {
        String token = feeds.issuer
                .securityEvent(
                        "https://schemas.openid.net/secevent/risc/event-type/account-disabled", feeds.issSub("alice"))
                .claim(claim, value)
                .sign();
        assertThat(feeds.event(token)).isEqualTo(reasonOfSigned(claim));
    }
}
