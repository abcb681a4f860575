package io.tokenguard.internal.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonNamesTest {
    private static String read(String text) {
        byte[] json = ('"' + text + '"').getBytes(US_ASCII);
        return JsonNames.of(json, 1, json.length - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alg",
                "kid",
                "typ",
                "kty",
                "iss",
                "sub",
                "aud",
                "exp",
                "nbf",
                "iat",
                "jti",
                "sid",
                "azp",
                "acr",
                "amr",
                "cnf",
                "jkt",
                "scp",
                "scope",
                "roles",
                "client_id",
                "auth_time",
                "email",
                "name",
                "groups",
                "tid",
                "oid",
                "appid",
                "htm",
                "htu",
                "ath",
                "nonce"
            })
    void makesNoNewTextOfTheNamesThatStandInEveryToken(String name) {
        assertThat(read(name)).isEqualTo(name).isSameAs(read(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "is", "isss", "Iss", "iSs", "isS", "client-id", "clientsid", "cl", "pad"})
    void readsOtherNamesAsTheyAreWritten(String name) {
        assertThat(read(name)).isEqualTo(name);
    }

    @Test
    void takesNoNameOfThreeLettersForAnother() {
        for (char first = 'a'; first <= 'z'; first++) {
            for (char second = 'a'; second <= 'z'; second++) {
                for (char third = 'a'; third <= 'z'; third++) {
                    String name = "" + first + second + third;
                    assertThat(read(name)).isEqualTo(name);
                }
            }
        }
    }
}
