package io.tokenguard.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AddressRange;
import io.tokenguard.access.IncomingRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which addresses of X-Forwarded-For declared proxies have added. */
class ForwardedChainTest {
    private static final List<AddressRange> PROXIES = List.of(AddressRange.parse("10.0.0.0/8"));

    private static IncomingRequest request(String peer, String... fields) {
        IncomingRequest.Builder request = IncomingRequest.builder("GET", "/").clientAddress(peer);
        for (String field : fields) {
            request.header("X-Forwarded-For", field);
        }
        return request.build();
    }

    private static ForwardedChain chain(String... fields) {
        return ForwardedChain.of(request("10.0.0.1", fields).headers(), PROXIES);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7,                          1, 192.0.2.7",
        "'192.0.2.7, 10.0.0.2',              2, 192.0.2.7",
        "'192.0.2.7,10.0.0.3,10.0.0.2',      3, 192.0.2.7",
        "'203.0.113.9, 192.0.2.7, 10.0.0.2', 2, 192.0.2.7",
        "'192.0.2.7, , 10.0.0.2',            2, 192.0.2.7",
        "'192.0.2.7:4711, 10.0.0.2:80',      2, 192.0.2.7",
        "10.0.0.2,                           2, ''",
        "',10.0.0.2',                        2, ''",
        "'',                                 1, ''"
    })
    void endsAtTheFirstAddressThatIsNotDeclared(String field, int hops, String client) {
        assertThat(chain(field)).isEqualTo(new ForwardedChain(hops, client));
    }

    @Test
    void isEmptyWithoutTheField() {
        assertThat(chain()).isEqualTo(new ForwardedChain(1, ""));
    }

    @Test
    void goesOverAllLinesOfTheField() {
        assertThat(chain("203.0.113.9, 192.0.2.7", "10.0.0.2")).isEqualTo(new ForwardedChain(2, "192.0.2.7"));
    }

    @Test
    void hasSixteenHopsAtMost() {
        String fifteen = ",10.0.0.2".repeat(15);
        assertThat(chain("192.0.2.7" + fifteen)).isEqualTo(new ForwardedChain(16, "192.0.2.7"));
        assertThat(chain("192.0.2.7,10.0.0.2" + fifteen)).isEqualTo(new ForwardedChain(17, ""));
        assertThat(chain("192.0.2.7,10.0.0.2,10.0.0.2" + fifteen)).isEqualTo(new ForwardedChain(17, ""));
    }

    /** RFC 7239 §6. */
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7,          192.0.2.7",
        "192.0.2.7:80,       192.0.2.7",
        "[2001:db8::1]:443,  2001:db8::1",
        "[2001:db8::1],      2001:db8::1",
        "2001:db8::1,        2001:db8::1",
        "[2001:db8::1,       [2001:db8::1",
        "x:80,               x",
        ":80,                :80"
    })
    void leavesPortAndBracketsOfAnAddressOut(String written, String address) {
        assertThat(ForwardedChain.address(written)).isEqualTo(address);
    }

    @Test
    void leadsToTheAddressOfTheClientBehindDeclaredProxiesOnly() {
        assertThat(ClientNetwork.address(request("10.0.0.1", "192.0.2.7"), PROXIES))
                .isEqualTo("192.0.2.7");
        assertThat(ClientNetwork.address(request("198.51.100.3", "192.0.2.7"), PROXIES))
                .isEqualTo("198.51.100.3");
        assertThat(ClientNetwork.address(request("10.0.0.1"), PROXIES)).isEmpty();
    }

    /** Frameworks replace the client's address with what forwarding fields say. */
    @ParameterizedTest
    @CsvSource({"198.51.100.3, 198.51.100.3", "'', ''"})
    void anAddressThatAFrameworkReportsIsIgnoredExceptToShowIt(String peer, String address) {
        IncomingRequest request = new IncomingRequest(
                "GET",
                "/",
                "/",
                unused -> List.of(),
                new IncomingRequest.Connection(true, "192.0.2.7", "", List.of(), peer));
        assertThat(ClientNetwork.address(request, PROXIES)).isEqualTo(address);
        assertThat(ClientNetwork.of(request, PROXIES)).isEqualTo(AddressRange.network(address));
        assertThat(ClientNetwork.reportedAddress(request, PROXIES)).isEqualTo("192.0.2.7");
    }

    @Test
    void tellsTheNetworkOfTheClient() {
        assertThat(ClientNetwork.of(request("10.0.0.1", "192.0.2.7"), PROXIES))
                .contains(AddressRange.parse("192.0.2.0/24"));
        assertThat(ClientNetwork.of(request("2001:db8:1:2::3"), PROXIES))
                .contains(AddressRange.parse("2001:db8:1::/48"));
        assertThat(ClientNetwork.of(request("10.0.0.1"), PROXIES)).isEmpty();
    }
}
