package io.tokenguard.internal.request;

import static io.tokenguard.internal.Attempt.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.IncomingRequest.Connection;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6750 §5.2: tokens are sent over TLS. */
class TransportCheckTest {
    private static final TargetUriPolicy UNPROXIED = new TargetUriPolicy(Optional.empty(), List.of(), List.of());

    private static IncomingRequest.Builder from(String address) {
        return IncomingRequest.builder("GET", "/").clientAddress(address);
    }

    private static RefusalReason judge(IncomingRequest.Builder request) {
        return reasonOf(() -> TransportCheck.requireSecure(request.build(), UNPROXIED));
    }

    // As where a container takes the address of the client from a forwarding field.
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 192.0.2.7, false",
        "192.0.2.7, 127.0.0.1, false",
        "127.0.0.1, '',        true",
        "'',        127.0.0.1, false"
    })
    void wantsClientAndPeerOnThisMachine(String client, String peer, boolean isTaken) {
        Connection connection = new Connection(false, client, "", List.of(), peer);
        IncomingRequest request = new IncomingRequest("GET", "/", "/", name -> List.of(), connection);
        assertThat(reasonOf(() -> TransportCheck.requireSecure(request, UNPROXIED)))
                .isEqualTo(isTaken ? null : RefusalReason.TRANSPORT_INSECURE);
    }

    @Test
    void theRefusalSaysIfTheAddressIsUnknown() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> TransportCheck.requireSecure(from("").build(), UNPROXIED))
                .satisfies(refused -> assertThat(refused.detail()).contains("client_address_unknown"));
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> TransportCheck.requireSecure(from("192.0.2.7").build(), UNPROXIED))
                .satisfies(refused -> assertThat(refused.detail()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-Proto: https", "Forwarded: proto=https"})
    void theRefusalNamesTheSettingIfAProxyIsNotTrusted(String field) {
        String[] parts = field.split(": ", -1);
        IncomingRequest request = from("192.0.2.7").header(parts[0], parts[1]).build();
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> TransportCheck.requireSecure(request, UNPROXIED))
                .satisfies(refused ->
                        assertThat(refused.finding().hint()).contains("tokenguard.trusted-proxies=192.0.2.7"));
    }

    @Test
    void takesWhatComesOverTlsFromAnywhere() {
        assertThat(judge(from("192.0.2.7").overTls())).isNull();
        assertThat(judge(from("").overTls())).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "127.255.255.254", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1", "::FFFF:127.0.0.1"
            })
    void takesWhatComesFromThisMachine(String address) {
        assertThat(judge(from(address))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.7",
                "10.0.0.1",
                "",
                "unknown",
                "localhost",
                "127.0.0.1.evil.example",
                "1127.0.0.1",
                "128.0.0.1",
                "127.0.0",
                "::2",
                "::ffff:192.0.2.7",
                "2001:db8::1",
                "::1%eth0",
                "127a0b0c1",
                "127.0.0.1 "
            })
    void refusesWhatComesInTheClearFromElsewhere(String address) {
        assertThat(judge(from(address))).isEqualTo(RefusalReason.TRANSPORT_INSECURE);
    }
}
