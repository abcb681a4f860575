package io.tokenguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestJson;
import io.tokenguard.testkit.TestKey;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code doctor} reports one mistake once, and at the setting that is wrong. */
class DoctorFollowUpTest {
    private final Sample sample;

    DoctorFollowUpTest(@TempDir Path folder) {
        sample = new Sample(folder);
    }

    private CliResult doctor(String... lines) {
        return CliCall.run(
                "",
                "doctor",
                "--config",
                sample.write("doctor.properties", String.join("\n", lines)).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://issuer.invalid", "http://sso.example.com", "my-issuer"})
    void looksForNoKeysElsewhereIfTheFileIsMissing(String issuer) {
        CliResult result = doctor(
                "tokenguard.issuer-uri=" + issuer,
                "tokenguard.audiences=https://api.example.com",
                "tokenguard.jwks-file=/nowhere/keys.jwks");
        assertThat(result.out())
                .contains("he other checks need tokenguard.jwks-file", "Result: 1 error, ")
                .doesNotContain("503", "openid-configuration");
    }

    @Test
    void countsAMisspeltAudienceOnce() {
        CliResult result = doctor("tokenguard.issuer-uri=https://issuer.invalid", "tokenguard.audience=orders");
        assertThat(result.out()).contains("The other checks need tokenguard.audiences", "Result: 1 error, ");
    }

    @Test
    void namesTheSettingOfTheKeySetThatCanNotBeReached() {
        CliResult result = doctor(
                "tokenguard.issuer-uri=https://issuer.example.com",
                "tokenguard.audiences=orders",
                "tokenguard.jwks-uri=https://127.0.0.1:1/keys");
        assertThat(result.out()).contains("tokenguard.jwks-uri").doesNotContain("tokenguard.issuer-uri");
    }

    @Test
    void namesTheKeySetThatTheMetadataPointTo() {
        try (TestIssuer issuer = TestIssuer.builder()
                .keys(TestKey.generate(TestAlgorithm.ES256, "k"))
                .start()) {
            Map<String, Object> members = issuer.discoveryMembers(TestEndpoint.OIDC_DISCOVERY);
            members.put("jwks_uri", "http://127.0.0.1:1/keys");
            issuer.on(TestEndpoint.OIDC_DISCOVERY).answer(Fault.body(TestJson.write(members)));
            CliResult result = doctor("tokenguard.issuer-uri=" + issuer.issuer(), "tokenguard.audiences=orders");
            assertThat(result.out()).containsPattern("tcp +tokenguard\\.jwks-uri");
        }
    }
}
