package io.tokenguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an issuer withdraws tokens with. */
class WithdrawalTest {
    private final TestIssuer issuer = TestIssuer.builder()
            .keys(KnownKeys.EC)
            .clock(TestClock.startingAt(java.time.Instant.ofEpochSecond(1_700_000_000)))
            .start();

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void aLogoutTokenHoldsWhatTheSpecificationAsksFor() {
        TokenBuilder token = issuer.logoutToken().tokenId("j");
        assertThat(token.headerJson()).contains("\"typ\":\"logout+jwt\"");
        assertThat(token.payloadJson())
                .isEqualTo("{\"iss\":\"" + issuer.issuer() + "\",\"sub\":\"alice\",\"aud\":\"https://api.example.com\","
                        + "\"iat\":1700000000,\"exp\":1700000120,\"jti\":\"j\","
                        + "\"events\":{\"http://schemas.openid.net/event/backchannel-logout\":{}}}");
    }

    @Test
    void anEventTokenHasNeitherAnEndNorASubjectOfItsOwn() {
        TokenBuilder token =
                issuer.securityEvent("urn:event", Map.of("format", "opaque")).tokenId("j");
        assertThat(token.headerJson()).contains("\"typ\":\"secevent+jwt\"");
        assertThat(token.payloadJson())
                .isEqualTo("{\"iss\":\"" + issuer.issuer() + "\",\"aud\":\"https://api.example.com\","
                        + "\"iat\":1700000000,\"jti\":\"j\",\"sub_id\":{\"format\":\"opaque\"},"
                        + "\"events\":{\"urn:event\":{}}}");
    }

    @Test
    void theStatusListIsServedAsAToken() throws Exception {
        HttpResponse<String> answer = new Web().get(issuer.statusListUri());
        assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/statuslist+jwt");
        assertThat(CompactToken.parse(answer.body()).payload())
                .isEqualTo(CompactToken.parse(issuer.statusList().sign()).payload());
    }

    @Test
    void aStatusShowsInTheList() {
        String before = issuer.statusList().payloadJson();
        issuer.setStatus(7, 2);
        assertThat(issuer.statusList().payloadJson()).isNotEqualTo(before);
        issuer.setStatus(7, 0);
        assertThat(issuer.statusList().payloadJson()).isEqualTo(before);
    }

    @Test
    void aTokenNamesItsPlace() {
        assertThat(issuer.tokenWithStatus(4095).payloadJson())
                .contains("\"idx\":4095")
                .contains("\"uri\":\"" + issuer.statusListUri() + "\"");
    }

    @Test
    void thereAreSoManyPlacesAndStatuses() {
        assertThatThrownBy(() -> issuer.tokenWithStatus(4096)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> issuer.setStatus(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> issuer.setStatus(0, 4)).isInstanceOf(IllegalArgumentException.class);
    }
}
