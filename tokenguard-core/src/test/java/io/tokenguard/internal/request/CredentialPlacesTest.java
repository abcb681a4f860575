package io.tokenguard.internal.request;

import static io.tokenguard.internal.Attempt.detailOf;
import static io.tokenguard.internal.Attempt.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AddressRange;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens in fields that proxies add. */
class CredentialPlacesTest {
    private static final String PROXY = "10.0.0.1";
    private static final String STRANGER = "192.0.2.7";
    private static final String FIELD = "X-Forwarded-Access-Token";
    private static final String ISSUER = "https://issuer.example";
    private static final List<AddressRange> PROXIES = List.of(AddressRange.parse("10.0.0.0/8"));

    private final CredentialPlaces places = places(false);

    private static CredentialPlaces places(boolean isFromAnyAddress) {
        return new CredentialPlaces(
                List.of(new CredentialField(FIELD, ISSUER::equals, isFromAnyAddress)), PROXIES, false);
    }

    private static IncomingRequest.Builder from(String address) {
        return IncomingRequest.builder("GET", "/orders").clientAddress(address);
    }

    @Test
    void theUsualPlaceIsTheAuthorizationField() {
        SentCredentials sent = new CredentialPlaces(List.of(), PROXIES, false)
                .sent(from(PROXY)
                        .header(FIELD, "a.b")
                        .header("Authorization", "Bearer c.d")
                        .build());
        assertThat(sent.fields()).containsExactly("Bearer c.d");
        assertThat(sent.areProxied()).isFalse();
    }

    @Test
    void aTrustedProxyMaySendTheTokenInItsOwnField() {
        SentCredentials sent = places.sent(from(PROXY).header(FIELD, "a.b").build());
        assertThat(sent.fields()).containsExactly("a.b");
        assertThat(sent.areProxied()).isTrue();
    }

    @Test
    void thatFieldCountsForNothingFromAnyoneElse() {
        SentCredentials sent = places.sent(from(STRANGER)
                .header(FIELD, "a.b")
                .header("Authorization", "Bearer c.d")
                .build());
        assertThat(sent.fields()).containsExactly("Bearer c.d");
        assertThat(sent.areProxied()).isFalse();
    }

    @Test
    void thatFieldCountsFromEveryoneIfThatIsSet() {
        SentCredentials sent =
                places(true).sent(from(STRANGER).header(FIELD, "a.b").build());
        assertThat(sent.fields()).containsExactly("a.b");
        assertThat(sent.areProxied()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void anEmptyFieldIsNone(String value) {
        SentCredentials sent = places.sent(from(PROXY)
                .header(FIELD, value)
                .header("Authorization", "Bearer c.d")
                .build());
        assertThat(sent.fields()).containsExactly("Bearer c.d");
        assertThat(sent.areProxied()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer c.d", "DPoP c.d"})
    void aSecondTokenInTheAuthorizationFieldIsSeen(String authorization) {
        SentCredentials sent = places.sent(from(PROXY)
                .header(FIELD, "a.b")
                .header("Authorization", authorization)
                .build());
        assertThat(sent.fields()).containsExactly("a.b", authorization);
    }

    @Test
    void credentialsOfTheProxyItselfAreNoSecondToken() {
        SentCredentials sent = places.sent(from(PROXY)
                .header(FIELD, "a.b")
                .header("Authorization", "Basic eA==")
                .build());
        assertThat(sent.fields()).containsExactly("a.b");
    }

    @Test
    void aFieldHoldsTokensOfItsOwnIssuersOnly() {
        IncomingRequest request = from(PROXY).header(FIELD, "a.b").build();
        assertThat(reasonOf(() -> places.require(request, ISSUER))).isNull();
        assertThat(reasonOf(() -> places.require(request, "https://other.example")))
                .isEqualTo(RefusalReason.CREDENTIALS_MISPLACED);
        assertThat(detailOf(() -> places.require(request, "https://other.example")))
                .isEqualTo(FIELD);
    }

    @Test
    void tokensInTheAuthorizationFieldAreOfAnyIssuer() {
        String other = "https://other.example";
        assertThat(reasonOf(() -> places.require(from(PROXY).build(), other))).isNull();
        assertThat(reasonOf(() -> places.require(from(PROXY).header(FIELD, " ").build(), other)))
                .isNull();
        assertThat(reasonOf(
                        () -> places.require(from(STRANGER).header(FIELD, "a.b").build(), other)))
                .isNull();
        assertThat(reasonOf(() -> new CredentialPlaces(List.of(), PROXIES, false)
                        .require(from(PROXY).header(FIELD, "a.b").build(), other)))
                .isNull();
    }
}
