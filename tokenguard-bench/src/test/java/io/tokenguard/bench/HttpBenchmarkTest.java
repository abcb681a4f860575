package io.tokenguard.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.bench.http.Guarding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HttpBenchmarkTest {
    /** The set-up itself demands 401 without a token, and with each bad one, wherever anybody guards. */
    @ParameterizedTest
    @EnumSource
    void measuresRequestsThatAreAnsweredAsTheyShould(Guarding guarding) throws Exception {
        HttpBenchmark.Site site = new HttpBenchmark.Site();
        site.guarding = guarding;
        site.open();
        HttpBenchmark client = new HttpBenchmark();
        client.connect(site);
        assertThat(client.request(site)).isEqualTo(200);
        client.hangUp();
        site.close();
    }
}
