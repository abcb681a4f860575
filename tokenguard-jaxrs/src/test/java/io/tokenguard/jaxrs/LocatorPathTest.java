package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whichever way a path is written, the locator that a runtime takes has its say (Jakarta REST 3.1 §3.7.2). */
@OnEveryRuntime
class LocatorPathTest {
    private static RestSite site;

    @Parameter
    RestRuntime runtime;

    @BeforeParameterizedClassInvocation
    static void start(RestRuntime runtime) throws Exception {
        site = new RestApplication(Vault.class, Twins.class).on(runtime);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    private static Answer known(String path) throws IOException {
        return site.get(path, site.bearer());
    }

    @Test
    void takesTheMoreLiteralLocator() throws IOException {
        assertThat(known("/vault/lobby/content").body()).isEqualTo("lobby");
        assertThat(known("/vault/gold/content").status()).isEqualTo(403);
        assertThat(site.get("/vault/gold/content", site.bearer("a")).body()).isEqualTo("gold");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/vault/gold/content", "/vault/gold/content/"})
    void demandsTheSameWithASlashAtTheEnd(String path) throws IOException {
        assertThat(site.get(path).status()).isEqualTo(401);
        assertThat(known(path).status()).isEqualTo(403);
        assertThat(site.get(path, site.bearer("a")).body()).isEqualTo("gold");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/vault/lobb%79/content",
                "/vault/%6cobby/content",
                "/vault/%6Cobby/content",
                "/vault/lobby%20/content",
                "/vault/lobby%2e/content",
                "/vault/lobby%00/content",
                "/vault/LOBBY/content",
                "/vault/lobby%2Fx/content",
                "/vault/x%2Flobby/content",
                "/vault/gold;lobby/content",
                "/vault/gold;/lobby/content",
                "/vault/gold;x=/vault/lobby/content",
                "/vault;x=lobby/gold/content",
                "/vault/gold;a=%2Flobby/content",
                "/vault/gold%3Blobby/content",
                "/vault/gold%3B/lobby/content",
                "/vault//lobby/gold/content",
                "/vault/./gold/content",
                "/vault/lobby/../gold/content",
                "/vault/lobby/%2e%2e/gold/content"
            })
    void neverTakesTheRuleOfAnotherLocator(String path) throws IOException {
        assertThat(known(path).body()).isNotEqualTo("gold").doesNotStartWith("named");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/vault/lobby;x=1/content",
                "/vault/lobby;x=gold/content",
                "/vault;x=1/lobby/content",
                "/vault/lobby/content;x=1",
                "/vault/lobby/content?x=/vault/gold"
            })
    void looksPastParameters(String path) throws IOException {
        assertThat(known(path).status()).isEqualTo(200);
        assertThat(site.get(path.replace("lobby", "gold")).status()).isEqualTo(401);
        assertThat(known(path.replace("lobby", "gold")).status()).isEqualTo(403);
    }

    @Test
    void takesLiteralsThatAreEncodedOnTheWire() throws IOException {
        assertThat(known("/vault/caf%C3%A9%20bar/content").status()).isEqualTo(403);
        assertThat(site.get("/vault/caf%C3%A9%20bar/content", site.bearer("b")).body())
                .isEqualTo("bar");
    }

    @Test
    void demandsBothWhereNobodyCanTellWhichIsTaken() throws IOException {
        assertThat(site.get("/twins/7/content", site.bearer("a")).status()).isEqualTo(403);
        assertThat(site.get("/twins/7/content", site.bearer("b")).status()).isEqualTo(403);
        assertThat(site.get("/twins/7/content", site.bearer("a", "b")).status()).isEqualTo(200);
    }

    @Test
    void refusesWhatALocatorAnswersInThePlaceOfAResource() throws IOException {
        assertThat(site.get("/vault/throwing/content").status()).isEqualTo(401);
        Answer answer = site.get("/vault/throwing/content", site.bearer("a", "b"));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("{\"error\":\"insufficient_scope\"}");
    }

    public record Room(String name) {
        @GET
        @Path("content")
        @Authenticated
        public String content() {
            return name;
        }
    }

    @Path("/vault")
    public static class Vault {
        @Path("lobby")
        public Room lobby() {
            return new Room("lobby");
        }

        @Path("{name}")
        @RequiresScopes("a")
        public Room named(@PathParam("name") String name) {
            return new Room(name.equals("gold") ? "gold" : "named " + name);
        }

        @Path("throwing")
        public Room throwing() {
            throw new WebApplicationException(Response.ok("secret").build());
        }

        @Path("café bar")
        @RequiresScopes("b")
        public Room bar() {
            return new Room("bar");
        }
    }

    /** Two locators that a path alone does not tell apart. */
    @Path("/twins")
    public static class Twins {
        @Path("{digit: [0-9]}")
        @RequiresScopes("a")
        public Room digit() {
            return new Room("digit");
        }

        @Path("{number: [0-9]+}")
        @RequiresScopes("b")
        public Room number() {
            return new Room("number");
        }
    }
}
