package io.tokenguard.springtest;

import static io.tokenguard.spring.test.MockAccessToken.accessToken;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.tokenguard.spring.test.WithTestIssuer;
import io.tokenguard.testkit.TestIssuer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.web.servlet.MockMvc;

@SpringBootTest
@AutoConfigureMockMvc
@WithTestIssuer
class OrdersTest {
    @Autowired
    private MockMvc mockMvc;

    @Autowired
    private TestIssuer issuer;

    @Test
    void needsAScope() throws Exception {
        mockMvc.perform(get("/orders").with(accessToken().scope("orders:read")))
                .andExpect(status().isOk())
                .andExpect(content().string("orders of alice"));
        mockMvc.perform(get("/orders").with(accessToken())).andExpect(status().isForbidden());
        mockMvc.perform(get("/orders")).andExpect(status().isUnauthorized());
    }

    @Test
    void acceptsATokenThatTheIssuerHasSigned() throws Exception {
        String token = issuer.token().scope("orders:read").sign();
        mockMvc.perform(get("/orders").header("Authorization", "Bearer " + token))
                .andExpect(status().isOk());
        mockMvc.perform(get("/orders").header("Authorization", "Bearer " + token + "A"))
                .andExpect(status().isUnauthorized());
    }
}
