package io.tokenguard.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which field of a request holds the one token, over the wire (RFC 6750 §2, RFC 9110 §11). */
@OnEveryContainer
class CredentialTest {
    private static final String NO_CREDENTIALS = "Bearer realm=\"api\" | DPoP realm=\"api\", algs="
            + "\"RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA\"";

    private static Site site;

    @Parameter
    Container container;

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        site = new Application("/me authenticated")
                .servlet(Page::identity, "/me")
                .on(container);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    @BeforeEach
    void forget() {
        site.reached().clear();
    }

    @Test
    void grantsARequestWithOneGoodToken() throws IOException {
        assertGranted(site.get("/me", site.bearer()));
    }

    @Test
    void refusesTwoAuthorizationLinesInAnyOrderAndEvenTheSameTwice() throws IOException {
        String good = site.bearer();
        String other = "Authorization: Bearer evil";
        assertInvalidRequest(site.get("/me", good, other));
        assertInvalidRequest(site.get("/me", other, good));
        assertInvalidRequest(site.get("/me", good, good));
        assertInvalidRequest(site.get("/me", good, "X-Between: 1", "aUTHORIZATION: Bearer evil"));
    }

    @ParameterizedTest
    @ValueSource(strings = {", Bearer evil", ",Basic eA==", " x", ";a=b", "%2E", ", "})
    void refusesWhatFollowsTheTokenInTheSameField(String rest) throws IOException {
        assertInvalidRequest(site.get("/me", site.bearer() + rest + "x"));
    }

    @Test
    void refusesABearerLineBesideADpopLine() throws IOException {
        String token = site.tokenOf("alice");
        assertInvalidRequest(site.get("/me", "Authorization: Bearer " + token, "Authorization: DPoP " + token));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer", "BEARER", "bEaReR"})
    void takesTheSchemeInAnyCase(String scheme) throws IOException {
        assertGranted(site.get("/me", "Authorization: " + scheme + " " + site.tokenOf("alice")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\t", "\u00a0", "\u00e2\u0080\u0083", "=", ":"})
    void refusesAnythingButSpacesAfterTheScheme(String separator) throws IOException {
        assertInvalidRequest(site.get("/me", "Authorization: Bearer" + separator + site.tokenOf("alice")));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void takesUpToEightSpacesAfterTheScheme(int spaces) throws IOException {
        assertGranted(site.get("/me", "Authorization: Bearer" + " ".repeat(spaces) + site.tokenOf("alice")));
    }

    @Test
    void refusesNineSpacesAfterTheScheme() throws IOException {
        assertInvalidRequest(site.get("/me", "Authorization: Bearer" + " ".repeat(9) + site.tokenOf("alice")));
    }

    @Test
    void takesASchemeThatRunsIntoTheTokenForAnotherScheme() throws IOException {
        assertNoCredentials(site.get("/me", "Authorization: Bearer" + site.tokenOf("alice")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Bearer =", "Bearer \"x\"", "Bearer token=x.y.z"})
    void refusesWhatIsNoToken68(String value) throws IOException {
        assertInvalidRequest(site.get("/me", "Authorization: " + value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u007f", "\u000b", "\r\n ", "\r\n\t", "\u0001"})
    void refusesControlCharactersAndFoldedLines(String control) throws IOException {
        String bearer = site.bearer();
        String spoiled = bearer.substring(0, bearer.length() - 5) + control + bearer.substring(bearer.length() - 5);
        Answer answer = site.get("/me", spoiled);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(site.reached()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00e9", "\u212a", "\uff21", "\u017f"})
    void refusesLettersThatOnlyLookOrFoldLikeAscii(String letter) throws IOException {
        assertInvalidRequest(site.get("/me", site.bearer() + utf8(letter)));
    }

    @Test
    void foldsNoOtherLettersIntoThoseOfTheScheme() throws IOException {
        String fullWidthB = utf8("\uff22");
        assertNoCredentials(site.get("/me", "Authorization: " + fullWidthB + "earer " + site.tokenOf("alice")));
    }

    @Test
    void refusesATokenOfOneCharacterMoreThanTheLimit() throws IOException {
        assertInvalidToken(site.get("/me", "Authorization: Bearer " + "a".repeat(16_385)));
    }

    @Test
    void refusesATokenOfDotsOnly() throws IOException {
        assertInvalidToken(site.get("/me", "Authorization: Bearer " + ".".repeat(16_384)));
    }

    @Test
    void refusesATokenThatIsMuchTooLongBeforeTheApplication() throws IOException {
        Answer answer = site.get("/me", "Authorization: Bearer " + "a".repeat(120_000));
        assertInvalidToken(answer);
    }

    // RFC 6750 §2.3, RFC 9700 §4.3.2
    @Test
    void neverTakesATokenFromTheQuery() throws IOException {
        assertNoCredentials(site.get("/me?access_token=" + site.tokenOf("alice")));
    }

    @Test
    void looksOnlyAtTheHeaderWhereTheQueryHasATokenToo() throws IOException {
        assertGranted(site.get("/me?access_token=" + site.tokenOf("mallory"), site.bearer()));
    }

    // RFC 6750 §2.2
    @Test
    void neverTakesATokenFromAForm() throws IOException {
        assertNoCredentials(site.post("/me", "access_token=" + site.tokenOf("alice")));
        String form = "access_token=" + site.tokenOf("alice");
        assertNoCredentials(site.exchange("GET /me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length() + "\r\n\r\n"
                + form));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cookie: access_token=",
                "Cookie: Authorization=",
                "X-Authorization: Bearer ",
                "X-Access-Token: ",
                "Proxy-Authorization: Bearer ",
                "X-Forwarded-Authorization: Bearer "
            })
    void neverTakesATokenFromAnotherField(String start) throws IOException {
        assertNoCredentials(site.get("/me", start + site.tokenOf("alice")));
    }

    // RFC 9110 §6.5.1
    @Test
    void neverTakesATokenFromATrailer() throws IOException {
        assertNoCredentials(site.exchange("POST /me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "TE: trailers\r\nTrailer: Authorization\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n"
                + site.bearer() + "\r\n\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic eDp5", "Negotiate YII", "Digest username=x", "Bearerish a.b.c"})
    void asksForABearerTokenWhereNoneWasSent(String value) throws IOException {
        assertNoCredentials(site.get("/me", "Authorization: " + value));
    }

    @Test
    void asksForABearerTokenWhereThereIsNoAuthorizationAtAll() throws IOException {
        assertNoCredentials(site.get("/me"));
    }

    @Test
    void refusesPaddingThatIsLegalInTheHeaderAndNotInTheToken() throws IOException {
        assertInvalidToken(site.get("/me", site.bearer() + "=="));
    }

    private static void assertGranted(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(Page.known("alice"));
    }

    private static void assertNoCredentials(Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.challenge()).isEqualTo(NO_CREDENTIALS);
        assertThat(site.reached()).isEmpty();
    }

    private static void assertInvalidRequest(Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.challenge()).startsWith("Bearer realm=\"api\", error=\"invalid_request\"");
        assertThat(site.reached()).isEmpty();
    }

    private static void assertInvalidToken(Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.challenge()).startsWith("Bearer realm=\"api\", error=\"invalid_token\"");
        assertThat(site.reached()).isEmpty();
    }

    private static String utf8(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }
}
