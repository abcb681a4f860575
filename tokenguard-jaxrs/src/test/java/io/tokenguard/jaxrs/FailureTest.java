package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.spi.KeySource;
import io.tokenguard.spi.VerificationKey;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Whatever breaks, no resource is reached (CWE-755, CWE-636). */
@OnEveryRuntime
class FailureTest {
    private static final AtomicInteger REACHED = new AtomicInteger();

    @Parameter
    RestRuntime runtime;

    @Test
    void answersThatTheTokenCouldNotBeJudgedWhereKeysAreOutOfReach() throws Exception {
        try (RestSite site = withKeys((keyId, algorithm) -> {
            throw new RefusedException(RefusalReason.KEYS_UNAVAILABLE);
        })) {
            assertNotJudged(site);
        }
    }

    @Test
    void answersThatTheTokenCouldNotBeJudgedWhereAPartOfTheGuardFails() throws Exception {
        try (RestSite site = withKeys((keyId, algorithm) -> {
            throw new IllegalStateException("secret of the house");
        })) {
            assertNotJudged(site);
        }
    }

    @Test
    void failsClosedWhereTheAddressOfThePeerCannotBeTold() throws Exception {
        RestApplication application = new RestApplication(Pages.class)
                .with(new Meddling.CatchAll())
                .set(feature -> feature.clientAddress(any -> {
                    throw new IllegalStateException("secret of the house");
                }));
        try (RestSite site = application.on(runtime)) {
            int before = REACHED.get();
            assertThat(site.get("/pages", site.bearer()).status()).isEqualTo(400);
            assertThat(REACHED).hasValue(before);
            assertThat(site.get("/pages/open").body()).isEqualTo("reached");
        }
    }

    @Test
    void neverReachesAResourceWhereAResponseFilterFails() throws Exception {
        RestApplication application =
                new RestApplication(Pages.class).with(new Meddling.Stumbling()).with(new Meddling.CatchAll());
        try (RestSite site = application.on(runtime)) {
            int before = REACHED.get();
            Answer answer = site.get("/pages");
            assertThat(answer.status()).isIn(401, 500);
            assertThat(answer.body()).doesNotContain("mapped");
            assertThat(REACHED).hasValue(before);
        }
    }

    private RestSite withKeys(Keys keys) throws Exception {
        return new RestApplication(Pages.class)
                .with(new Meddling.CatchAll())
                .keysFrom(keys)
                .on(runtime);
    }

    private static void assertNotJudged(RestSite site) throws Exception {
        int before = REACHED.get();
        Answer answer = site.get("/pages", site.bearer());
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).containsExactly("1");
        assertThat(answer.header("WWW-Authenticate")).isEmpty();
        assertThat(answer.header("Cache-Control")).containsExactly("no-store");
        assertThat(answer.body()).isEmpty();
        assertThat(REACHED).hasValue(before);
    }

    @FunctionalInterface
    private interface Keys extends KeySource {
        @Override
        VerificationKey find(@Nullable String keyId, SignatureAlgorithm algorithm) throws RefusedException;
    }

    @Path("/pages")
    @Authenticated
    public static class Pages {
        @GET
        public String serve() {
            REACHED.incrementAndGet();
            return "reached";
        }

        @GET
        @Path("open")
        @PermitAll
        public String open() {
            REACHED.incrementAndGet();
            return "reached";
        }
    }
}
