package io.tokenguard.springtest;

import static io.tokenguard.spring.test.MockAccessToken.accessToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import io.tokenguard.spring.test.WithTestIssuer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** A test of controllers alone has the guard too. */
@WithMvcSlice
@WithTestIssuer
class MvcSliceTest {
    @Autowired
    private MockMvc mockMvc;

    private int status(MockHttpServletRequestBuilder request) throws Exception {
        return mockMvc.perform(request).andReturn().getResponse().getStatus();
    }

    @Test
    void controllersAreProtected() throws Exception {
        assertThat(status(get("/orders"))).isEqualTo(401);
        assertThat(status(get("/orders").with(accessToken().scope("orders:read"))))
                .isEqualTo(200);
    }
}
