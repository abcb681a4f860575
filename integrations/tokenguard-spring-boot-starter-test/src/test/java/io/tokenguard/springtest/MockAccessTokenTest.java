package io.tokenguard.springtest;

import static io.tokenguard.spring.test.MockAccessToken.accessToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.Confirmation.Binding;
import io.tokenguard.access.Revocation;
import io.tokenguard.spring.test.MockAccessToken;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** Tokens without a signature; the issuer of the application does not exist. */
@SpringBootTest(
        properties = {
            "tokenguard.issuer-uri=https://issuer.invalid",
            "tokenguard.audiences=https://api.example.com",
            "tokenguard.roles-claim=roles",
            "tokenguard.resource.uri=http://localhost"
        })
@WithMockMvc
class MockAccessTokenTest {
    @Autowired
    private MockMvc mockMvc;

    @Autowired
    private TokenGuard guard;

    private String get(String path, MockAccessToken token) throws Exception {
        MockHttpServletResponse response = mockMvc.perform(
                        MockMvcRequestBuilders.get(path).with(token))
                .andReturn()
                .getResponse();
        return response.getStatus() + " " + response.getContentAsString();
    }

    @Test
    void needsNeitherNetworkNorSignature() throws Exception {
        assertThat(get("/orders", accessToken().scope("orders:read"))).isEqualTo("200 orders of alice");
    }

    @Test
    void hasNoMoreThanItsScopesAndRoles() throws Exception {
        assertThat(get("/orders", accessToken().scope("orders:write"))).startsWith("403");
        assertThat(get("/admin", accessToken().scope("admin"))).startsWith("403");
        assertThat(get("/admin", accessToken().role("clerk", "admin"))).isEqualTo("200 admin");
    }

    @Test
    void doesNotOpenWhatNothingNames() throws Exception {
        assertThat(get("/forgotten", accessToken().scope("orders:read"))).startsWith("403");
    }

    @Test
    void saysWhatTheTestSays() throws Exception {
        MockAccessToken bob = accessToken().subject("bob").clientId("app").claim("groups", List.of("a", "b"));
        assertThat(get("/me", bob)).isEqualTo("200 USER bob app https://issuer.invalid [a, b]");
        MockAccessToken machine = accessToken().withoutSubject().issuer("https://other.example");
        assertThat(get("/me", machine)).isEqualTo("200 CLIENT nobody test-client https://other.example null");
    }

    @Test
    void isBoundIfTheTestSaysSo() throws Exception {
        assertThat(get("/proven", accessToken())).startsWith("401");
        assertThat(get("/proven", accessToken().provenBy(Binding.DPOP))).isEqualTo("200 proven");
    }

    @Test
    void isRefusedOnceItsSubjectIsRevoked() throws Exception {
        assertThat(get("/me", accessToken().subject("mallory"))).startsWith("200");
        assertThat(guard.revoke(Revocation.subject("https://issuer.invalid", "mallory")))
                .isTrue();
        assertThat(get("/me", accessToken().subject("mallory"))).startsWith("401");
    }

    @Test
    void isNotChangedByItsMethods() throws Exception {
        MockAccessToken plain = accessToken();
        assertThat(plain.scope("orders:read")).isNotSameAs(plain);
        assertThat(get("/orders", plain)).startsWith("403");
    }

    @Test
    void namesWhatIsMissingWithoutAGuard() {
        assertThatIllegalStateException()
                .isThrownBy(() -> accessToken().postProcessRequest(new MockHttpServletRequest()))
                .withMessageContaining("tokenguard.issuer-uri");
    }
}
