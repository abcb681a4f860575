package io.tokenguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code explain} says about rules that compare the client's address. */
class ExplainAddressTest {
    private final Sample sample;

    ExplainAddressTest(@TempDir Path folder) {
        sample = new Sample(folder);
    }

    private CliResult explain(List<String> settings, String... more) {
        List<String> words = new ArrayList<>(
                List.of("explain", "--config", sample.config(settings.toArray(String[]::new)), "--at", Sample.AT));
        words.addAll(List.of("--request", "GET /office"));
        words.addAll(List.of(more));
        return CliCall.run(sample.token().sign(), words.toArray(String[]::new));
    }

    private static List<String> route(String rule) {
        return List.of("tokenguard.routes.office=/office " + rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from 127.0.0.0/8",
                "not from 10.0.0.0/8",
                "from 10.0.0.0/8",
                "from 10.0.0.0/8 or role admin",
                "role admin or from 10.0.0.0/8"
            })
    void isNotKnownWithoutTheAddress(String rule) {
        CliResult result = explain(route(rule));
        assertThat(result.out())
                .contains("not known here: the client's address decides; pass --client-address")
                .contains("Result: undecided");
        assertThat(result.exit()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "from 10.0.0.0/8, 10.1.2.3, 0",
        "from 10.0.0.0/8, 127.0.0.1, 1",
        "not from 10.0.0.0/8, 10.1.2.3, 1",
        "not from 10.0.0.0/8, 2001:db8::1, 0"
    })
    void isDecidedByTheAddress(String rule, String address, int exit) {
        CliResult result = explain(route(rule), "--client-address", address);
        assertThat(result.exit()).isEqualTo(exit);
        assertThat(result.out()).doesNotContain("not known here: the client's address");
    }

    @Test
    void deniesNetworksByTheAddress() {
        List<String> settings =
                List.of("tokenguard.routes.office=/office authenticated", "tokenguard.deny.networks=192.0.2.0/24");
        assertThat(explain(settings, "--client-address", "192.0.2.7").out()).contains("NETWORK_DENIED");
        assertThat(explain(settings, "--client-address", "198.51.100.7").exit()).isZero();
    }

    @Test
    void wantsANumericAddress() {
        CliResult result = explain(route("from 10.0.0.0/8"), "--client-address", "office.example.com");
        assertThat(result.err()).contains("--client-address: write a numeric address");
    }
}
