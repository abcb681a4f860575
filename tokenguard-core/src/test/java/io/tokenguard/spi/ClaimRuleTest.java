package io.tokenguard.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.AuthorizationRequest;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.IncomingRequest;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimRuleTest {
    private static final Map<String, Object> CLAIMS = Map.of(
            "department",
            "sales",
            "groups",
            List.of("audit", "staff", 7L),
            "customer",
            "42",
            "level",
            3L,
            "address",
            Map.of("country", "CH"));

    private static boolean holds(Predicate<AuthorizationRequest> rule) {
        return holds(rule, IncomingRequest.builder("GET", "/orders"), Instant.EPOCH);
    }

    private static boolean holds(Predicate<AuthorizationRequest> rule, IncomingRequest.Builder request, Instant now) {
        AccessToken token = AccessToken.builder("https://issuer.example")
                .subject("alice")
                .clientId("shop")
                .claims(new HashMap<>(CLAIMS))
                .build();
        return rule.test(new AuthorizationRequest(token, request.build(), now));
    }

    @Test
    void comparesATextClaimToTheLetter() {
        assertThat(holds(ClaimRule.claim("department", "hr", "sales"))).isTrue();
        assertThat(holds(ClaimRule.claim("department", "Sales"))).isFalse();
        assertThat(holds(ClaimRule.claim("missing", "sales"))).isFalse();
        assertThat(holds(ClaimRule.claim("level", "3"))).isFalse();
    }

    @Test
    void findsATextInAListClaim() {
        assertThat(holds(ClaimRule.claim("groups", "staff"))).isTrue();
        assertThat(holds(ClaimRule.claim("groups", "boss", "7"))).isFalse();
    }

    @Test
    void findsAClaimWithinOthers() {
        assertThat(holds(ClaimRule.claim(List.of("address", "country"), "CH"))).isTrue();
        assertThat(holds(ClaimRule.claim(List.of("department", "country"), "CH")))
                .isFalse();
        assertThat(holds(ClaimRule.claim("address.country", "CH"))).isFalse();
    }

    @Test
    void isJoinedAsPredicatesAre() {
        Predicate<AuthorizationRequest> sales = ClaimRule.claim("department", "sales");
        assertThat(holds(sales.and(ClaimRule.claim("groups", "boss")))).isFalse();
        assertThat(holds(sales.or(ClaimRule.claim("groups", "boss")))).isTrue();
        assertThat(holds(sales.negate())).isFalse();
    }

    @Test
    void looksAtTheMethodToTheLetter() {
        assertThat(holds(ClaimRule.method("POST", "GET"))).isTrue();
        assertThat(holds(ClaimRule.method("get"))).isFalse();
    }

    @Test
    void comparesEveryPartOfThePathOfThatNameWithAClaim() {
        ClaimRule own = ClaimRule.pathParameterIsClaim("id", "customer");
        IncomingRequest.Builder mine = IncomingRequest.builder("GET", "/c/42").pathParameter("id", "42");
        assertThat(holds(own, mine, Instant.EPOCH)).isTrue();
        assertThat(holds(own, mine.pathParameter("id", "42", "43"), Instant.EPOCH))
                .isFalse();
        assertThat(holds(own, mine.pathParameter("id", "43"), Instant.EPOCH)).isFalse();
        assertThat(holds(own)).isFalse();
        assertThat(holds(ClaimRule.pathParameterIsClaim("id", "missing"), mine, Instant.EPOCH))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "128.0.0.0/1, 255.255.255.255, true",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "::/0, ::1, true",
        "192.0.2.0/24, '', false",
        "192.0.2.0/24, localhost, false",
        "192.0.2.0/24, 192.0.2, false",
        "192.0.2.0/24, 192.0.2.0256, false",
        "192.0.2.0/24, ::ffff:192.0.2.1, true",
        "::/0, fe80::1%eth0, false"
    })
    void tellsWhetherThePeerIsInARange(String range, String address, boolean isInside) {
        IncomingRequest.Builder request = IncomingRequest.builder("GET", "/").clientAddress(address);
        assertThat(holds(ClaimRule.clientAddress("198.51.100.1", range), request, Instant.EPOCH))
                .isEqualTo(isInside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host.example",
                "192.0.2",
                "192.0.2.256",
                "192.0.2.0/33",
                "192.0.2.0/",
                "192.0.2.0/-1",
                "192.0.2.0/a",
                "192.0.2.1/24",
                "2001:db8::/129",
                "2001:db8::1/32",
                "1.2.3.4.5",
                ":::",
                "/8",
                "192.0.2.0/24/8"
            })
    void takesNothingElseForARange(String range) {
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> ClaimRule.clientAddress(range));
    }

    @ParameterizedTest
    @CsvSource({
        "08:00, 18:00, 08:00, true",
        "08:00, 18:00, 17:59, true",
        "08:00, 18:00, 18:00, false",
        "08:00, 18:00, 07:59, false",
        "22:00, 06:00, 23:00, true",
        "22:00, 06:00, 05:59, true",
        "22:00, 06:00, 06:00, false",
        "22:00, 06:00, 21:59, false"
    })
    void tellsTheTimeOfADay(LocalTime from, LocalTime until, LocalTime local, boolean isInside) {
        ZoneId zone = ZoneId.of("Pacific/Apia");
        Instant now =
                java.time.LocalDate.of(2030, 1, 1).atTime(local).atZone(zone).toInstant();
        assertThat(holds(ClaimRule.timeOfDay(from, until, zone), IncomingRequest.builder("GET", "/"), now))
                .isEqualTo(isInside);
    }

    @Test
    void refusesAPeriodOfWhichTheEndsAreTheSame() {
        LocalTime noon = LocalTime.of(12, 0);
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ClaimRule.timeOfDay(noon, noon, ZoneId.of("UTC")))
                .withMessage("timeOfDay is '12:00 to 12:00': name two different times; for the whole day, use no rule");
    }
}
