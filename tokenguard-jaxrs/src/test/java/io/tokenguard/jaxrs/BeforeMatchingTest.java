package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** Runtimes call locators while they match (Jakarta REST 3.1 §3.7.2): an application can demand a token before that. */
@OnEveryRuntime
class BeforeMatchingTest {
    private static final AtomicInteger LOCATED = new AtomicInteger();

    private static RestSite site;

    @Parameter
    RestRuntime runtime;

    @BeforeParameterizedClassInvocation
    static void start(RestRuntime runtime) throws Exception {
        site = new RestApplication(Rooms.class)
                .with(new Meddling.CatchAll())
                .with(new Meddling.Whitewash())
                .with(new Meddling.Preflights())
                .set(feature -> feature.beforeMatching(AccessRequirement.authenticated()))
                .on(runtime);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    @BeforeEach
    void forget() {
        LOCATED.set(0);
    }

    @Test
    void callsNoLocatorWithoutAToken() throws IOException {
        assertThat(site.get("/rooms/one/door").status()).isEqualTo(401);
        assertThat(site.get("/rooms/one/door", "Authorization: Bearer nonsense").status())
                .isEqualTo(401);
        assertThat(LOCATED).hasValue(0);
    }

    @Test
    void judgesTheTokenOnceAndTheDemandsOfTheResourceToo() throws IOException {
        int before = site.keys().count();
        assertThat(site.get("/rooms/one/door", site.bearer("a", "role:x")).body())
                .isEqualTo("open");
        assertThat(site.keys().count()).isEqualTo(before + 1);
        assertThat(LOCATED).hasValue(1);
        assertThat(site.get("/rooms/one/door", site.bearer()).status()).isEqualTo(403);
    }

    @Test
    void tellsNobodyElseWhichPathsThereAre() throws IOException {
        assertThat(site.get("/nowhere").status()).isEqualTo(401);
        assertThat(site.get("/rooms/open").status()).isEqualTo(401);
        assertThat(site.get("/rooms/open", site.bearer()).body()).isEqualTo("open");
    }

    @Test
    void stillRefusesAutomaticOptions() throws IOException {
        assertThat(site.send("OPTIONS", "/rooms/open", "").status()).isEqualTo(401);
        assertThat(site.send("OPTIONS", "/rooms/open", "", site.bearer()).status())
                .isEqualTo(403);
    }

    @Test
    void stillLeavesPreflightsToTheApplication() throws IOException {
        assertThat(site.send("OPTIONS", "/rooms/open", "", "Access-Control-Request-Method: GET")
                        .body())
                .isEqualTo("preflight");
    }

    @Path("/rooms")
    public static class Rooms {
        @Path("one")
        public Door one() {
            LOCATED.incrementAndGet();
            return new Door();
        }

        @GET
        @Path("open")
        @PermitAll
        public String open() {
            return "open";
        }
    }

    public static class Door {
        @GET
        @Path("door")
        @RequiresScopes("a")
        public String door() {
            return "open";
        }
    }
}
