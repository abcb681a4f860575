package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.logging.RecordedLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Issuers whose tokens must not be accepted without a decision: of any owner, or ID tokens only. */
class DialectNeedsTest {
    private static Map<String, String> issuer(String address) {
        return new HashMap<>(Map.of("tokenguard.issuer-uri", address, "tokenguard.audiences", "api"));
    }

    private static List<String> start(Map<String, String> properties) {
        RecordedLog.clear();
        GuardProperties.of(properties).toBuilder().build().close();
        return RecordedLog.recent().stream()
                .map(RecordedLog.Event::text)
                .filter(line -> line.startsWith("Issuer "))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "https://token.actions.githubusercontent.com, github-actions, required-claims",
        "https://gitlab.com, gitlab-ci, required-claims",
        "https://00000000-1111-2222-3333-444444444444.tokens.sts.global.api.aws, aws-sts, required-claims",
        "https://accounts.google.com, google, required-claims",
        "https://securetoken.google.com/my-project, firebase, accept-id-tokens"
    })
    void areRecognisedAndWarnedOfButNotAccepted(String address, String dialect, String setting) {
        assertThat(start(issuer(address)))
                .anySatisfy(line -> assertThat(line)
                        .contains(address, "dialect " + dialect, "are refused", "tokenguard." + setting));
    }

    @ParameterizedTest
    @CsvSource({
        "https://token.actions.githubusercontent.com, github-actions, repository_owner_id=1, false",
        "https://gitlab.com, gitlab-ci, namespace_id=7, false",
        "https://accounts.google.com, google, hd=example.com, true",
        "https://securetoken.google.com/my-project, firebase, sub, true"
    })
    void areAcceptedOnceTheSettingIsThere(String address, String dialect, String claim, String idTokens) {
        Map<String, String> properties = issuer(address);
        properties.put("tokenguard.required-claims", claim);
        properties.put("tokenguard.accept-id-tokens", idTokens);
        assertThat(start(properties))
                .anySatisfy(line -> assertThat(line).contains("its address selects dialect " + dialect));
    }

    /** Whatever dialect is stated, if it could accept such tokens. */
    @ParameterizedTest
    @CsvSource({
        "https://app.terraform.io, terraform_organization_id",
        "https://app.terraform.io/, terraform_organization_id",
        "https://agent.buildkite.com, organization_slug",
        "https://token.actions.githubusercontent.com, repository_owner_id",
        "https://gitlab.com, namespace_id"
    })
    void needAnOwnerInTheGenericDialectToo(String address, String pin) {
        Map<String, String> properties = issuer(address);
        properties.put("tokenguard.dialect", "generic");
        properties.put("tokenguard.required-claims", "sub");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> start(properties))
                .satisfies(wrong -> assertThat(wrong.key()).isEqualTo("tokenguard.required-claims"))
                .withMessageContaining("anyone can get a token of " + address)
                .withMessageContaining(pin);
        properties.put("tokenguard.required-claims", pin + "=1");
        start(properties);
        properties.put("tokenguard.dialect", "rfc9068");
        properties.remove("tokenguard.required-claims");
        start(properties);
    }

    @ParameterizedTest
    @CsvSource({
        "github-actions, required-claims, ''",
        "gitlab-ci, required-claims, project_id",
        "aws-sts, required-claims, project_id=7",
        "google, required-claims, email or sub=7",
        "firebase, accept-id-tokens, ''"
    })
    void failAtStartIfTheDialectIsStated(String dialect, String setting, String claim) {
        Map<String, String> properties = issuer("https://issuer.example.com");
        properties.put("tokenguard.dialect", dialect);
        if (!claim.isEmpty()) {
            properties.put("tokenguard.required-claims", claim);
        }
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> start(properties))
                .satisfies(wrong -> assertThat(wrong.key()).isEqualTo("tokenguard." + setting))
                .withMessageContaining("dialect " + dialect);
    }
}
