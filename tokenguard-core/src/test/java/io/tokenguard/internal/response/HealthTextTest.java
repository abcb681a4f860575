package io.tokenguard.internal.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.GuardHealth;
import io.tokenguard.access.GuardHealth.AdapterHealth;
import io.tokenguard.access.GuardHealth.AdapterState;
import io.tokenguard.access.GuardHealth.IntrospectionHealth;
import io.tokenguard.access.GuardHealth.KeyHealth;
import io.tokenguard.access.GuardHealth.KeyState;
import io.tokenguard.access.GuardHealth.RevocationHealth;
import io.tokenguard.access.GuardHealth.RevocationState;
import io.tokenguard.access.SignatureAlgorithm;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The health document: its members, in their order, and those that are left out. */
class HealthTextTest {
    private static final Instant MOMENT = Instant.parse("2030-01-01T00:00:00Z");
    private static final GuardHealth GOOD = new GuardHealth(
            List.of(),
            List.of(),
            new RevocationHealth(RevocationState.KNOWN, Optional.empty(), Optional.empty(), 0),
            List.of());

    private static final GuardHealth BAD = new GuardHealth(
            List.of(
                    KeyHealth.builder("https://issuer.example.com", KeyState.UNAVAILABLE)
                            .loadedAt(MOMENT)
                            .lastFailure("timeout")
                            .keysLeftOut("weak: a")
                            .keysInUse(List.of("a", "b"))
                            .keysByAlgorithm(Map.of(SignatureAlgorithm.RS256, 2, SignatureAlgorithm.ES256, 1))
                            .nextAttempt(MOMENT)
                            .loading(true)
                            .build()
                            .verifying(Map.of(SignatureAlgorithm.RS256, 7L))
                            .ofTenant(),
                    KeyHealth.fixed("https://other.example.com")),
            List.of(
                    new IntrospectionHealth(
                            "https://opaque.example.com", Optional.of("timeout"), true, Optional.of(MOMENT)),
                    new IntrospectionHealth("https://good.example.com", Optional.empty(), false, Optional.empty())),
            new RevocationHealth(RevocationState.UNKNOWN, Optional.of(MOMENT), Optional.of("slow"), 3),
            List.of(new AdapterHealth("filter", AdapterState.INACTIVE, true)));

    @Test
    void showsEveryoneOnlyWhetherRequestsCanBeDecided() {
        assertThat(HealthText.summary(GOOD)).isEqualTo("{\"status\":\"UP\",\"ready\":true}");
        assertThat(HealthText.summary(BAD)).isEqualTo("{\"status\":\"DOWN\",\"ready\":false}");
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        assertThat(HealthText.details(GOOD))
                .isEqualTo("{\"status\":\"UP\",\"ready\":true,\"degraded\":false,\"keys\":[],\"introspection\":[],"
                        + "\"revocation\":{\"state\":\"KNOWN\",\"entries\":0},\"adapters\":[]}");
    }

    @Test
    void showsOperatorsTheStateOfEachPart() {
        assertThat(HealthText.details(BAD))
                .isEqualTo("{\"status\":\"DOWN\",\"ready\":false,\"degraded\":true,"
                        + "\"keys\":[{\"issuer\":\"https://issuer.example.com\",\"state\":\"UNAVAILABLE\","
                        + "\"tenant\":true,\"loading\":true,\"keyIds\":[\"a\",\"b\"],\"keysLeftOut\":\"weak: a\","
                        + "\"keysByAlgorithm\":{\"ES256\":1,\"RS256\":2},\"signaturesByAlgorithm\":{\"RS256\":7},"
                        + "\"loadedAt\":\"2030-01-01T00:00:00Z\",\"nextAttempt\":\"2030-01-01T00:00:00Z\","
                        + "\"lastFailure\":\"timeout\"},"
                        + "{\"issuer\":\"https://other.example.com\",\"state\":\"FRESH\",\"tenant\":false,"
                        + "\"loading\":false,\"keyIds\":[],\"keysByAlgorithm\":{},\"signaturesByAlgorithm\":{}}],"
                        + "\"introspection\":[{\"issuer\":\"https://opaque.example.com\",\"serving\":false,"
                        + "\"refusesCredentials\":true,\"lastFailure\":\"timeout\",\"nextCallAt\":\"2030-01-01T00:00:00Z\"},"
                        + "{\"issuer\":\"https://good.example.com\",\"serving\":true,"
                        + "\"refusesCredentials\":false}],"
                        + "\"revocation\":{\"state\":\"UNKNOWN\",\"entries\":3,"
                        + "\"syncedAt\":\"2030-01-01T00:00:00Z\",\"trouble\":\"slow\"},"
                        + "\"adapters\":[{\"adapter\":\"filter\",\"state\":\"INACTIVE\",\"required\":true}]}");
    }
}
