package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenguard.config.Dialect;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.security.Principal;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** What the application learns of the caller, by the methods of the Servlet API (Servlet 6.0 §13.3). */
@OnEveryContainer
class IdentityTest {
    private static final BlockingQueue<Principal> PRINCIPALS = new LinkedBlockingQueue<>();

    private static Site site;

    @Parameter
    Container container;

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        site = new Application("/me authenticated", "/roles authenticated", "/attributes authenticated", "/open public")
                .trusting(issuer -> issuer.dialect(Dialect.GENERIC))
                .servlet(
                        (request, response) -> {
                            PRINCIPALS.add(request.getUserPrincipal());
                            Page.identity(request, response);
                        },
                        "/me")
                .servlet(
                        (request, response) -> {
                            for (String role : List.of("admin", "Admin", "reader", "*", "**", "")) {
                                response.getWriter().print(request.isUserInRole(role) ? "y" : "n");
                            }
                        },
                        "/roles")
                .servlet(
                        (request, response) -> {
                            for (String name : Collections.list(request.getAttributeNames())) {
                                response.getWriter().print(name + "=" + request.getAttribute(name) + "\n");
                            }
                        },
                        "/attributes")
                .servlet(Page::identity, "/open")
                .on(container);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    @Test
    void isTheSubjectOfTheToken() throws IOException {
        assertThat(site.get("/me", site.bearerOf("bob")).body()).isEqualTo(Page.known("bob"));
    }

    @Test
    void isTheClientWhereTheTokenHasNoSubject() throws IOException {
        String token =
                site.issuer().token().withoutClaim("sub").clientId("batch").sign();
        assertThat(site.get("/me", "Authorization: Bearer " + token).body())
                .startsWith("principal=batch user=batch auth=Bearer");
    }

    @Test
    void isThereWithoutANameWhereTheTokenNamesNobody() throws IOException {
        String token = site.issuer()
                .token()
                .withoutClaim("sub")
                .withoutClaim("client_id")
                .scope("orders:read")
                .sign();
        assertThat(site.get("/me", "Authorization: Bearer " + token).body()).startsWith("principal= user= auth=Bearer");
    }

    @Test
    void isNobodyOnAnOpenPathWhateverTokenComes() throws IOException {
        assertThat(site.get("/open").body()).isEqualTo(Page.unknown());
        assertThat(site.get("/open", site.bearer()).body()).isEqualTo(Page.unknown());
        assertThat(site.get("/open", "Authorization: Bearer evil", "Authorization: Bearer evil")
                        .body())
                .isEqualTo(Page.unknown());
    }

    // The API says of * that nobody is in it, and of ** that everybody is who is authenticated
    @Test
    void isInTheRolesThatTheTokenStatesToTheLetter() throws IOException {
        assertThat(site.get("/roles", bearerWithRoles("admin")).body()).isEqualTo("ynnnyn");
        assertThat(site.get("/roles", bearerWithRoles("reader", "*")).body()).isEqualTo("nnynyn");
        assertThat(site.get("/roles", site.bearer()).body()).isEqualTo("nnnnyn");
    }

    @Test
    void showsNothingOfItselfAndCannotBeSerialized() throws Exception {
        PRINCIPALS.clear();
        site.get("/me", site.bearerOf("carol"));
        Principal principal = PRINCIPALS.poll(20, TimeUnit.SECONDS);
        assertThat(principal.getName()).isEqualTo("carol");
        assertThat(principal.toString()).doesNotContain("carol");
        assertThatThrownBy(() -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(principal))
                .isInstanceOf(NotSerializableException.class);
    }

    @Test
    void isNotToBeReadFromThePrintedAttributesOfTheRequest() throws IOException {
        String token = site.issuer()
                .token()
                .subject("carol")
                .claim("email", "c@example.com")
                .sign();
        assertThat(site.get("/attributes", "Authorization: Bearer " + token).body())
                .contains("io.tokenguard.")
                .doesNotContain("carol")
                .doesNotContain("example.com")
                .doesNotContain(token);
    }

    // CWE-290: nothing that a client sends becomes an attribute
    @Test
    void cannotBeClaimedByTheClient() throws IOException {
        String name = "io.tokenguard.access.AccessToken";
        assertThat(site.get("/open?" + name + "=alice", name + ": alice", "Cookie: " + name + "=alice")
                        .body())
                .isEqualTo(Page.unknown());
    }

    private static String bearerWithRoles(String... roles) {
        return "Authorization: Bearer "
                + site.issuer().token().claim("roles", List.of(roles)).sign();
    }
}
