package io.tokenguard.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.testkit.TestIssuer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applications that get it wrong: each says so in its log. */
class WrongApplicationsIT {
    @TempDir
    private Path folder;

    @Test
    void anApplicationWhoseRulesContradictEachOtherDoesNotStart() throws Exception {
        try (TestIssuer issuer = TestIssuer.builder().start();
                RunningApplication application = RunningApplication.start("bad-rule", issuer, folder)) {
            assertThat(application.address()).isEmpty();
            assertThat(application.process().waitFor()).isNotZero();
            assertThat(Files.readString(application.log()))
                    .contains(BadRule.class.getName()
                            + ".serve is '[public, scope a]': @PermitAll and @DenyAll can't be combined with other"
                            + " requirements; remove one");
        }
    }

    @Test
    void aFeatureThatIsNotToldTheMethodsRefusesEverythingAndSaysSo() throws Exception {
        try (TestIssuer issuer = TestIssuer.builder().start();
                RunningApplication application = RunningApplication.start("feature-only", issuer, folder)) {
            String bearer = "Bearer " + issuer.token().scope("orders:read").sign();
            assertThat(application.get("/orders/opening-hours").statusCode()).isEqualTo(401);
            assertThat(application.get("/orders", "Authorization", bearer).statusCode())
                    .isNotEqualTo(200);
            assertThat(application.await(Pattern.compile("ERROR.*(Every request is refused)")))
                    .isNotEmpty();
        }
    }

    @Test
    void aFeatureThatNobodyStartsIsAnErrorInTheLog() throws Exception {
        try (TestIssuer issuer = TestIssuer.builder().start();
                RunningApplication application = RunningApplication.start("unused", issuer, folder)) {
            assertThat(application.await(Pattern.compile("ERROR.*(TokenGuardFeature was built and no runtime)")))
                    .isNotEmpty();
        }
    }
}
