package io.tokenguard.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lettuce.core.RedisURI;
import io.tokenguard.access.ConfigurationException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of an address. */
class RedisAddressTest {
    private static RedisAddress read(String address) {
        return RedisAddress.parse(URI.create(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://host:7000/2", "valkey://host:7000/2", "REDIS://host:7000/2"})
    void namesOneServer(String address) {
        RedisURI server = read(address).servers().get(0);
        assertThat(server.getHost()).isEqualTo("host");
        assertThat(server.getPort()).isEqualTo(7000);
        assertThat(server.getDatabase()).isEqualTo(2);
        assertThat(server.isSsl()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rediss://host", "valkeys://host", "rediss-cluster://host,host", "valkeys-cluster://host"})
    void asksForTls(String address) {
        assertThat(read(address).servers()).allMatch(RedisURI::isSsl).allMatch(RedisURI::isVerifyPeer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis-sentinel://one:26380,two#guarded", "valkey-sentinel://one:26380,two#guarded"})
    void namesSentinels(String address) {
        RedisAddress read = read(address);
        assertThat(read.isCluster()).isFalse();
        assertThat(read.servers()).hasSize(1);
        assertThat(read.servers().get(0).getSentinelMasterId()).isEqualTo("guarded");
        assertThat(read.servers().get(0).getSentinels())
                .extracting(RedisURI::getHost)
                .containsExactly("one", "two");
    }

    @Test
    void namesNodesOfACluster() {
        RedisAddress read = read("redis-cluster://user:p%40ss@one:7000,two?namespace=orders");
        assertThat(read.isCluster()).isTrue();
        assertThat(read.namespace()).isEqualTo("orders");
        assertThat(read.servers()).extracting(RedisURI::getHost).containsExactly("one", "two");
        assertThat(read.servers()).extracting(RedisURI::getPort).containsExactly(7000, 6379);
        for (RedisURI server : read.servers()) {
            var credentials =
                    server.getCredentialsProvider().resolveCredentials().block();
            assertThat(credentials.getUsername()).isEqualTo("user");
            assertThat(new String(credentials.getPassword())).isEqualTo("p@ss");
        }
    }

    @Test
    void keepsWhatLettuceReadsOfTheQuery() {
        RedisAddress read = read("redis://host?clientName=orders&namespace=a.b_c-1");
        assertThat(read.namespace()).isEqualTo("a.b_c-1");
        assertThat(read.servers().get(0).getClientName()).isEqualTo("orders");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://secret@host",
                "redis:secret",
                "redis-sentinel://secret@",
                "redis-cluster://:secret@one,two/3",
                "redis://:secret@host:port",
                "redis://:secret@host?namespace=a:b",
                "redis://:secret@host?namespace=",
                "secret"
            })
    void refusesOthersWithoutShowingThem(String address) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> read(address))
                .satisfies(refused -> assertThat(refused.key()).startsWith("tokenguard.revocation.redis-uri"))
                .withMessageNotContaining("secret")
                .withNoCause();
    }

    @Test
    void showsNothingOfHostsAndPasswords() {
        assertThat(read("redis://:secret@host")).hasToString("RedisAddress[default]");
    }

    @Test
    void isMadeInCodeWithOptionsOfLettuce() {
        RedisURI one = RedisURI.create("redis://one");
        assertThat(RedisAddress.of(one).namespace("orders").servers()).isEqualTo(List.of(one));
        assertThat(RedisAddress.cluster(one).isCluster()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://host", "rediss://host", "valkey-cluster://a,b", "redis-sentinel://a#m"})
    void servesWhatItReads(String address) {
        assertThat(new RedisStateProvider().serves(URI.create(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://host", "memcached://host", "host"})
    void servesNothingElse(String address) {
        assertThat(new RedisStateProvider().serves(URI.create(address))).isFalse();
    }
}
