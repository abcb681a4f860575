package io.tokenguard.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tokenguard.config.Dialect;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DialectListTest {
    @Test
    void listsAllDialects() {
        assertThat(DialectList.of("dialects"))
                .contains(Arrays.stream(Dialect.values())
                        .map(dialect -> "# tokenguard.dialect = " + dialect.settingName() + "\n")
                        .toList());
    }

    @Test
    void writesOneAsProperties() {
        assertThat(DialectList.of("dialects", "keycloak"))
                .startsWith("# tokenguard.dialect = keycloak\n")
                .contains(
                        "\ntokenguard.marker = typ=Bearer, typ=DPoP\n",
                        "\ntokenguard.roles-claim = realm_access.roles\n")
                .doesNotContain("okta");
    }

    @Test
    void namesADialectThatDoesNotExist() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DialectList.of("dialects", "keyclock"))
                .withMessageContaining("keyclock");
    }
}
