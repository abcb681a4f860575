package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Welcome files, and files at all, of an application that has a context path (Servlet 6.0 §10.10). */
@OnEveryContainer
class WelcomeFileTest {
    private static Site site;

    @Parameter
    Container container;

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        site = new Application(
                        "/ public",
                        "/open/** public",
                        "/open/private role admin",
                        "/open/page/index.html role admin",
                        "/admin/** role admin")
                .under("/shop")
                .servingFiles()
                .welcomeFile("admin/index")
                .welcomeFile("index.html")
                .servlet(Page::identity, "/admin/index")
                .file("open/index.html", "an open file")
                .file("open/private/index.html", "the file of a protected directory")
                .file("open/page/index.html", "a protected welcome file")
                .file("admin/notes.txt", "a protected file")
                .file("closed/index.html", "a file of nobody")
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

    @Test
    void judgesAWelcomePageByItsOwnPath() throws IOException {
        assertThat(site.get("/shop/").status()).isEqualTo(401);
        assertThat(site.get("/shop/", site.bearer()).status()).isEqualTo(403);
        assertThat(site.reached()).isEmpty();
        assertThat(site.get("/shop/", site.bearerWithRole("admin")).body()).isEqualTo(Page.known("alice"));
    }

    @Test
    void judgesFilesByTheirPathWithinTheApplication() throws IOException {
        assertThat(site.get("/shop/admin/notes.txt").status()).isEqualTo(401);
        assertThat(site.get("/shop/admin/notes.txt", site.bearer()).status()).isEqualTo(403);
        assertThat(site.get("/shop/admin/notes.txt", site.bearerWithRole("admin"))
                        .body())
                .isEqualTo("a protected file");
        assertThat(site.get("/shop/open/index.html").body()).isEqualTo("an open file");
        assertThat(site.get("/shop/open/").body()).isEqualTo("an open file");
        assertThat(site.get("/shop/closed/").status()).isEqualTo(401);
        assertThat(site.get("/shop/closed/index.html", site.bearer()).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shop/open/private/", "/shop/open/%70rivate/", "/%73hop/open/private/"})
    void servesTheWelcomeFileOfAProtectedDirectoryToThoseOnlyWhoMayHaveTheDirectory(String directory)
            throws IOException {
        assertThat(site.get("/shop/open/private").status()).isEqualTo(401);
        assertThat(site.get(directory).status()).isEqualTo(401);
        assertThat(site.get(directory, site.bearer()).status()).isEqualTo(403);
        assertThat(site.get(directory, site.bearerWithRole("admin")).body())
                .isEqualTo("the file of a protected directory");
    }

    @Test
    void servesAProtectedWelcomeFileOfAnOpenDirectoryToThoseOnlyWhoMayHaveTheFile() throws IOException {
        assertThat(site.get("/shop/open/page/").status()).isEqualTo(401);
        assertThat(site.get("/shop/open/page/index.html").status()).isEqualTo(401);
        assertThat(site.get("/shop/open/page/", site.bearer()).status()).isEqualTo(403);
        assertThat(site.get("/shop/open/page/", site.bearerWithRole("admin")).body())
                .isEqualTo("a protected welcome file");
    }

    @Test
    void refusesAnAmbiguousPathInFrontOfTheApplicationToo() throws IOException {
        assertThat(site.get("/shop;x=1/open/index.html").status()).isEqualTo(400);
        assertThat(site.get("/shop/../shop/open/index.html").status()).isEqualTo(400);
        assertThat(site.get("//shop/open/index.html").status()).isIn(400, 404);
        assertThat(site.get("/%73hop/open/index.html").body()).isEqualTo("an open file");
    }

    @Test
    void showsNothingOfTheApplicationWhereItsPathHasNoSlashAtTheEnd() throws IOException {
        Answer answer = site.get("/shop");
        assertThat(answer.body()).doesNotContain("principal");
        assertThat(site.reached()).isEmpty();
    }
}
