package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.IncomingRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** What the guard learns of a request, and where it looks for a token (RFC 6750 §2). */
@OnEveryRuntime
class RequestTest {
    private static final AtomicReference<IncomingRequest> SEEN = new AtomicReference<>();

    private static RestSite site;

    @Parameter
    RestRuntime runtime;

    @BeforeParameterizedClassInvocation
    static void start(RestRuntime runtime) throws Exception {
        AccessRequirement looking = AccessRequirement.rule("looks", attempt -> {
            SEEN.set(attempt.request());
            return true;
        });
        site = new RestApplication(Books.class, OpenBooks.class)
                .with(new Meddling.Rewriting())
                .with(new Meddling.IssuerTokenVerifier())
                .set(feature -> feature.rule(Books.class, looking))
                .on(runtime);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    @Test
    void isDescribedAsItIsServed() throws IOException {
        assertThat(site.get("/books/a%20b/7?x=1", site.bearer(), "X-Kind: one", "X-Kind: two")
                        .status())
                .isEqualTo(200);
        IncomingRequest seen = SEEN.get();
        assertThat(seen.method()).isEqualTo("GET");
        assertThat(seen.path()).isEqualTo("/books/a b/7");
        assertThat(seen.writtenPath()).isEqualTo("/books/a%20b/7");
        assertThat(seen.pathParameters()).isEqualTo(Map.of("shelf", List.of("a b"), "number", List.of("7")));
        assertThat(seen.headers().valuesOf("x-kind")).containsExactly("one", "two");
        assertThat(seen.headers().valuesOf("x-none")).isEmpty();
        assertThat(seen.isSecure()).isFalse();
        assertThat(seen.clientAddress()).isEqualTo("127.0.0.1");
    }

    @Test
    void isDescribedAsItCame() throws IOException {
        site.get("/elsewhere", site.bearer(), "X-Path: /books/a/1", "X-Method: POST");
        assertThat(SEEN.get().method()).isEqualTo("GET");
        assertThat(SEEN.get().writtenPath()).isEqualTo("/elsewhere");
        assertThat(SEEN.get().path()).isEqualTo("/books/a/1");
    }

    @Test
    void carriesItsTokenInAFieldWhoseNameIsWrittenAnyhow() throws IOException {
        assertThat(site.get("/books/a/1", site.bearer().replace("Authorization", "aUTHORIZATION"))
                        .status())
                .isEqualTo(200);
    }

    /** RFC 6750 §2: clients must not use more than one method, nor any of them twice. */
    @Test
    void carriesOneTokenOnly() throws IOException {
        assertThat(site.get("/books/a/1", site.bearer(), site.bearer()).status())
                .isEqualTo(400);
        assertThat(site.get("/books/a/1", site.bearer(), "Authorization: Basic YTpi")
                        .status())
                .isEqualTo(400);
        assertThat(site.get("/books/a/1", site.bearer() + ", " + site.bearer().substring(15))
                        .status())
                .isBetween(400, 401);
    }

    /** RFC 6750 §2.2, §2.3 are not supported. */
    @Test
    void carriesItsTokenNowhereElse() throws IOException {
        String token = site.bearer().substring("Authorization: Bearer ".length());
        assertThat(site.get("/books/a/1?access_token=" + token).status()).isEqualTo(401);
        assertThat(site.send(
                                "POST",
                                "/books/a/1",
                                "access_token=" + token,
                                "Content-Type: application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(401);
        assertThat(site.get("/books/a/1", "Cookie: access_token=" + token).status())
                .isEqualTo(401);
    }

    @Test
    void carriesNoTokenThatOnlySomebodyElseVouchesFor() throws IOException {
        assertThat(site.get("/books/a/1", "X-Voucher: another guard").status()).isEqualTo(401);
        assertThat(site.get("/books/open", "X-Voucher: another guard").body()).isEqualTo("nobody");
    }

    @Test
    void leavesFormsToTheResource() throws IOException {
        assertThat(site.send(
                                "POST",
                                "/books/a/1",
                                "title=Emma",
                                "Content-Type: application/x-www-form-urlencoded",
                                site.bearer())
                        .body())
                .isEqualTo("Emma");
    }

    @Path("/books/open")
    public static class OpenBooks {
        @GET
        @PermitAll
        public String read(@Context SecurityContext identity) {
            return identity.getUserPrincipal() == null ? "nobody" : "somebody";
        }
    }

    @Path("/books/{shelf}/{number}")
    public static class Books {
        @GET
        public String read(@PathParam("shelf") String shelf) {
            return shelf;
        }

        @POST
        public String write(@FormParam("title") String title) {
            return title;
        }
    }
}
