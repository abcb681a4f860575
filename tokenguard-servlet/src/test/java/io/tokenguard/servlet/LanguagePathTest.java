package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths with letters of any language, which clients percent-encode as UTF-8; routes have them decoded. */
@OnEveryContainer
class LanguagePathTest {
    private static Site site;

    @Parameter
    Container container;

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        site = new Application(
                        "/stra\u00dfe/** scope a",
                        "/\u6ce8\u6587/** scope a",
                        "/\u0645\u06cc\u200c\u0631\u0648\u0645/** scope a",
                        "/** scope b")
                .servlet((request, response) -> response.getWriter().print("reached"), "/*")
                .on(container);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stra\u00dfe", "\u6ce8\u6587", "\u0645\u06cc\u200c\u0631\u0648\u0645"})
    void comeUnderTheRuleThatNamesThem(String name) throws IOException {
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8);
        for (String target : new String[] {"/" + encoded, "/" + encoded.toLowerCase(java.util.Locale.ROOT) + "/7"}) {
            assertThat(site.get(target, site.bearerOf("alice", "a")).body()).isEqualTo("reached");
            assertThat(site.get(target, site.bearerOf("alice", "b")).status()).isEqualTo(403);
            assertThat(site.get(target).status()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0645\u06cc", "stra\u00dfen"})
    void comeUnderTheRuleForOthersElse(String name) throws IOException {
        String target = "/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        assertThat(site.get(target, site.bearerOf("alice", "a")).status()).isEqualTo(403);
        assertThat(site.get(target, site.bearerOf("alice", "b")).body()).isEqualTo("reached");
    }
}
