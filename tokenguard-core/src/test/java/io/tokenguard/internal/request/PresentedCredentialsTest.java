package io.tokenguard.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the token is, what proxies may leave out, and what a refusal says of the rest. */
class PresentedCredentialsTest {
    private static PresentedCredentials proxied(String field) throws RefusedException {
        return CredentialExtractor.extract(new SentCredentials(List.of(field), CredentialPlace.PROXY_FIELD), true);
    }

    private static Finding refused(boolean knowsDpop, String... fields) {
        return catchThrowableOfType(
                        RefusedException.class, () -> CredentialExtractor.extract(List.of(fields), knowsDpop))
                .finding();
    }

    @Test
    void beginAfterTheSchemeAndItsSpaces() throws RefusedException {
        PresentedCredentials bearer = CredentialExtractor.extract(List.of("Bearer   a.b.c"), false);
        assertThat(bearer.start()).isEqualTo(9);
        assertThat(bearer.length()).isEqualTo(5);
        assertThat(bearer.token()).isEqualTo("a.b.c");
    }

    @Test
    void mayLackTheSchemeInTheFieldOfAProxy() throws RefusedException {
        assertThat(proxied("a.b.c").token()).isEqualTo("a.b.c");
        assertThat(proxied("Bearer a.b.c").token()).isEqualTo("a.b.c");
        assertThat(proxied("DPoP a.b.c")).isInstanceOf(PresentedCredentials.Dpop.class);
    }

    @Test
    void showNothingOfTheToken() throws RefusedException {
        assertThat(proxied("Bearer a.b.c")).hasToString("Bearer[not shown]");
        assertThat(proxied("DPoP a.b.c")).hasToString("Dpop[not shown]");
        assertThat(new SentCredentials(List.of("Bearer a.b.c"), CredentialPlace.AUTHORIZATION))
                .hasToString("SentCredentials[not shown]");
    }

    /** Any other scheme may be a token that was sent without one. */
    @ParameterizedTest
    @CsvSource({
        "'',           false, no Authorization field",
        "DPoP a.b.c,   false, 'scheme DPoP, which is off'",
        "Basic eA==,   false, scheme Basic",
        "eyJ0.eyJ.c2ln, true, 'another scheme, or none'"
    })
    void areNotShownBySayingWhatWasFoundInstead(String field, boolean knowsDpop, String found) {
        assertThat(refused(knowsDpop, field).found()).isEqualTo(found);
    }

    @Test
    void namesTheSchemesThatAreAccepted() {
        assertThat(refused(true, "Basic eA==").expected()).isEqualTo("Authorization: Bearer TOKEN, or DPoP TOKEN");
        assertThat(refused(false, "Basic eA==").expected()).isEqualTo("Authorization: Bearer TOKEN");
        assertThat(refused(true, "Bearer a", "Bearer b").found()).isEqualTo("2 fields with credentials");
    }
}
