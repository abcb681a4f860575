package io.tokenguard.internal.feeds;

import static io.tokenguard.internal.Attempt.detailOf;
import static io.tokenguard.internal.Attempt.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WHATWG URL §5.1. */
class FormFieldTest {
    private static String token(String form) throws RefusedException {
        return FormField.single(form, "token");
    }

    @ParameterizedTest
    @CsvSource({
        "token=a.b,a.b",
        "token=a=b,a=b",
        "x=1&token=a,a",
        "token=a&x=1,a",
        "x&token=a&y,a",
        "&token=a&,a",
        "%74oken=%41+b,A b",
        "tokens=1&token=a&nottoken=2,a"
    })
    void isFoundAmongOthers(String form, String value) throws RefusedException {
        assertThat(token(form)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&", "x=token", "token", "token=", "x=1&token=", "Token=a"})
    void isMissingWhereItIsNotNamedOrEmpty(String form) {
        assertThat(reasonOf(() -> token(form))).isEqualTo(RefusalReason.TOKEN_MALFORMED);
        assertThat(detailOf(() -> token(form))).isEqualTo("field missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token=a&token=a", "token=a&x&%74oken=b", "token&token=a"})
    void isNeverTwo(String form) {
        assertThat(detailOf(() -> token(form))).isEqualTo("field twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token=%", "token=%zz", "%4=a"})
    void isMalformedIfItsEscapesAre(String form) {
        assertThat(detailOf(() -> token(form))).isEqualTo("form");
    }
}
