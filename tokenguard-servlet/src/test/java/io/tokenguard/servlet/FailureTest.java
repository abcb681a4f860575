package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.spi.KeySource;
import io.tokenguard.spi.VerificationKey;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Whatever breaks, the application is not reached (CWE-755, CWE-636). */
@OnEveryContainer
class FailureTest {
    @Parameter
    Container container;

    @Test
    void answersThatTheTokenCouldNotBeJudgedWhereKeysAreOutOfReach() throws Exception {
        try (Site site = withKeysFrom(any -> new RefusedException(RefusalReason.KEYS_UNAVAILABLE))) {
            assertNotJudged(site, site.get("/me", site.bearer()));
        }
    }

    @Test
    void answersThatTheTokenCouldNotBeJudgedWhereAPartOfTheGuardFails() throws Exception {
        try (Site site = withKeysFrom(any -> new IllegalStateException("secret of the house"))) {
            assertNotJudged(site, site.get("/me", site.bearer()));
        }
    }

    @Test
    void failsClosedOnAnErrorOfAPartOfTheGuard() throws Exception {
        try (Site site = withKeysFrom(any -> new AssertionError("secret of the house"))) {
            Answer answer = site.get("/me", site.bearer());
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).isEmpty();
            assertThat(site.reached()).isEmpty();
        }
    }

    @Test
    void failsClosedOnWhatIsNoHttp() throws Exception {
        Application application = new Application("/** public")
                .registeredBy((context, guard) -> {
                    NotHttp.register(context);
                    TokenGuardFilter.register(context, guard);
                })
                .servlet((request, response) -> response.getWriter().print("reached"), "/x");
        try (Site site = application.on(container)) {
            assertThat(site.get("/x?hide=request").status()).isEqualTo(500);
            assertThat(site.get("/x?hide=response").status()).isEqualTo(500);
            assertThat(site.reached()).isEmpty();
            assertThat(site.get("/x").body()).isEqualTo("reached");
        }
    }

    private Site withKeysFrom(Function<SignatureAlgorithm, Throwable> failure) throws Exception {
        return new Application("/me authenticated")
                .trusting(issuer -> issuer.keysFrom(new BrokenKeys(failure)))
                .servlet(Page::identity, "/me")
                .on(container);
    }

    private static void assertNotJudged(Site site, Answer answer) throws IOException {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).containsExactly("1");
        assertThat(answer.header("WWW-Authenticate")).isEmpty();
        assertThat(answer.header("Cache-Control")).containsExactly("no-store");
        assertThat(answer.body()).isEmpty();
        assertThat(site.reached()).isEmpty();
    }

    private record BrokenKeys(Function<SignatureAlgorithm, Throwable> failure) implements KeySource {
        @Override
        public VerificationKey find(@Nullable String keyId, SignatureAlgorithm algorithm) throws RefusedException {
            return BrokenKeys.<RuntimeException>raise(failure.apply(algorithm));
        }

        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        private static <T extends Throwable> VerificationKey raise(Throwable failure) throws T {
            throw (T) failure;
        }
    }
}
