package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same ways to write a path, in containers that were told to take them: what they let through is refused here. */
@OnEveryContainer
class LaxPathTest {
    private static Site site;

    @Parameter
    Container container;

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        site = new Application("/** public", "/admin/** role admin")
                .servlet(Page::identity, "/admin/*")
                .servlet(Page::identity, "/")
                .withLaxPaths()
                .on(container);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    @BeforeEach
    void forget() {
        site.reached().clear();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//admin",
                "//admin/",
                "/admin//",
                "/admin;x=1",
                "/admin/;x=1",
                "/admin;x=1/",
                "/admin%2F",
                "/admin/.",
                "/admin/%2e",
                "/public/..;/admin",
                "/admin%3Bx",
                "/admin%2Fusers",
                "/public/..%2fadmin",
                "/a%5Cb",
                "/public\\..\\admin",
                "/public/../admin",
                "/public/%2e%2e/admin",
                "/.%2e/admin",
                "/%252e%252e/admin",
                "/%ff",
                "/%c0%ae%c0%ae/admin",
                "/%u002e",
                "/admin%0a",
                "/%e2%80%8b",
                "/a|b/../admin"
            })
    void refusesAPathThatCanBeReadInTwoWays(String target) throws IOException {
        Answer answer = site.get(target);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(site.reached()).isEmpty();
    }
}
