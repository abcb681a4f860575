package io.tokenguard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads numeric addresses only, and ranges by the form they are written in. */
class AddressRangeTest {
    // The platform looks such texts up as host names
    @ParameterizedTest
    @ValueSource(strings = {".::1", ".:", "..:1", ".1:2", ""})
    void neverResolvesATextThatBeginsWithADot(String text) {
        assertThat(AddressRange.isLikeVersion6(text)).isFalse();
        assertThat(AddressRange.of(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1", ":", "a:", "f.:1", "1.:2", "2001:db8::1", "::ffff:192.0.2.1"})
    void readsWhatThePlatformTakesForAnAddressOrAnError(String text) {
        assertThat(AddressRange.isLikeVersion6(text)).isTrue();
        assertThat(AddressRange.of(text).isPresent()).isEqualTo(text.contains("::"));
    }

    @ParameterizedTest
    @CsvSource({
        "::ffff:10.0.0.0/104, 10.0.0.0/8",
        "::ffff:a00:0/104, 10.0.0.0/8",
        "::ffff:192.0.2.0/120, 192.0.2.0/24",
        "::ffff:192.0.2.1/128, 192.0.2.1",
        "::ffff:0.0.0.0/96, 0.0.0.0/0"
    })
    void readsARangeOfMappedAddressesAsOneOfVersion4(String mapped, String range) {
        assertThat(AddressRange.parse(mapped)).isEqualTo(AddressRange.parse(range));
        assertThat(AddressRange.parse(mapped)).hasToString(range);
    }

    @ParameterizedTest
    @ValueSource(strings = {"::ffff:10.0.0.0/8", "::ffff:10.0.0.0/32", "::ffff:0.0.0.0/0", "::ffff:10.0.0.0/95"})
    void refusesAMappedRangeThatIsShorterThanTheMapping(String text) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> AddressRange.parse(text))
                .withMessageContaining("at least 96 bits");
    }

    @Test
    void refusesAMappedRangeWithBitsBehindThePrefix() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> AddressRange.parse("::ffff:10.0.0.1/104"));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> AddressRange.parse("::ffff:10.0.0.1/129"));
    }
}
