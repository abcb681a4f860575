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

/**
 * Ways to write a path, on a site that is open to everyone but for {@code /admin}: whatever dodges the rule for it, and
 * still reaches the servlet behind it, shows. Asked without a token.
 */
@OnEveryContainer
class PathTest {
    private static Site site;

    @Parameter
    Container container;

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        site = new Application("/** public", "/admin/** role admin")
                .servlet(Page::identity, "/admin/*")
                .servlet(Page::identity, "/")
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
    @ValueSource(strings = {"/public/page", "/", "/a%20b", "/caf%C3%A9", "/a+b~c-d_e", "/a:b@c", "/administrator"})
    void servesAPathThatEverybodyReadsAlike(String target) throws IOException {
        assertThat(site.get(target).status()).isEqualTo(200);
        assertThat(site.reached()).containsExactly("/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/admin", "/admin/", "/admin/x", "/%61dmin", "/adm%69n/x", "/admin?x=/public", "/admin/a/b/c"})
    void demandsARoleHoweverTheProtectedPathIsWritten(String target) throws IOException {
        assertRefused(site.get(target), 401);
        assertRefused(site.get(target, site.bearer()), 403);
        assertThat(site.get(target, site.bearerWithRole("admin")).status()).isEqualTo(200);
        assertThat(site.reached()).containsExactly("/admin/*");
    }

    // CVE-2023-4853: a policy for /admin that //admin did not meet
    @ParameterizedTest
    @ValueSource(strings = {"//admin", "///admin/x", "/public//admin", "/admin//x", "//"})
    void refusesEmptySegments(String target) throws IOException {
        assertRefused(site.get(target), 400);
    }

    // Servlet 6.0 §3.5.2
    @ParameterizedTest
    @ValueSource(
            strings = {"/admin;x=1", "/;a/admin", "/admin;jsessionid=1", "/admin;/x", "/public/..;/admin", "/;/admin"})
    void refusesPathParameters(String target) throws IOException {
        assertRefused(site.get(target), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin%3Bx", "/admin%3bx=1", "/%3B/admin", "/public/..%3B/admin"})
    void refusesEncodedPathParameters(String target) throws IOException {
        assertRefused(site.get(target), 400);
    }

    // CVE-2021-29492: escaped slashes
    @ParameterizedTest
    @ValueSource(
            strings = {"/admin%2Fusers", "/%2fadmin", "/a%5Cb", "/a\\b", "/public/..%2fadmin", "/public\\..\\admin"})
    void refusesEncodedAndBackwardSlashes(String target) throws IOException {
        assertRefused(site.get(target), 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/public/../admin",
                "/./admin",
                "/admin/.",
                "/admin/..",
                "/public/%2e%2e/admin",
                "/%2e/admin",
                "/.%2e/admin",
                "/%2E%2e/admin",
                "/public/.%2E/admin"
            })
    void refusesDotSegmentsWrittenAndEncoded(String target) throws IOException {
        assertRefused(site.get(target), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public/%252e%252e/admin", "/admin%2532", "/%2561dmin", "/admin%25"})
    void refusesWhatWouldBeDecodedTwice(String target) throws IOException {
        assertRefused(site.get(target), 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/%zz", "/admin%", "/%a", "/%c0%af", "/%ff", "/%c0%ae%c0%ae/admin", "/%u002e", "/%ed%a0%80"})
    void refusesBadEncoding(String target) throws IOException {
        assertRefused(site.get(target), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin%00", "/admin%0a", "/admin%0d", "/%e2%80%a8", "/admin%e2%80%8b", "/%7f", "/%c2%85"})
    void refusesControlAndInvisibleCharacters(String target) throws IOException {
        assertRefused(site.get(target), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/caf\u00c3\u00a9", "/a\u0001b", "/a\"b", "/a<b", "/a|b", "/a\u007fb", "/a\u00ffb"})
    void neverServesTheProtectedPathToOneWithUnencodedCharacters(String target) throws IOException {
        Answer answer = site.get(target);
        assertThat(answer.status()).isIn(200, 400);
        assertThat(site.reached()).doesNotContain("/admin/*");
    }

    // RFC 9112 §3.2: a request target has no fragment
    @ParameterizedTest
    @ValueSource(strings = {"/public#/../admin", "/admin#", "#", "/#/admin"})
    void refusesFragments(String target) throws IOException {
        assertRefused(site.get(target), 400);
    }

    // RFC 9112 §3.2.2: a server must accept the absolute form, so it is judged as the path in it
    @Test
    void judgesATargetInAbsoluteFormAsItsPath() throws IOException {
        assertThat(site.get("http://localhost/admin").status()).isEqualTo(401);
        assertThat(site.get("http://localhost/public/../admin").status()).isEqualTo(400);
        assertThat(site.get("http://localhost//admin").status()).isEqualTo(400);
        assertThat(site.reached()).isEmpty();
    }

    @Test
    void refusesATargetInAbsoluteFormForAnotherHost() throws IOException {
        assertRefused(site.get("http://other/admin"), 400);
        assertRefused(site.get("http://other/public"), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "*", "?x", "../admin", "public", "localhost:80"})
    void refusesTargetsThatAreNoPath(String target) throws IOException {
        assertRefused(site.get(target), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin.json", "/admin.", "/admin%20", "/ADMIN", "/Admin/x", "/admin~", "/admin:80"})
    void givesOtherNamesToOtherServletsOnly(String target) throws IOException {
        site.get(target);
        assertThat(site.reached()).doesNotContain("/admin/*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Original-URL: /public",
                "X-Rewrite-URL: /public",
                "X-Forwarded-Prefix: /public",
                "X-Forwarded-Uri: /public",
                "X-Forwarded-Path: /public",
                "Forwarded: for=127.0.0.1;proto=https;host=public"
            })
    void judgesByThePathOnTheWireWhateverFieldsSay(String line) throws IOException {
        assertRefused(site.get("/admin", line), 401);
    }

    private static void assertRefused(Answer answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(site.reached()).isEmpty();
    }
}
