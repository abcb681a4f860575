package io.tokenguard.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Logs in as a browser does: pages, a form, redirects and a cookie, over HTTP. */
class ClientApplicationTest {
    private final EmbeddedDemo demo = EmbeddedDemo.start(0);

    @AfterEach
    void stop() {
        demo.close();
    }

    private static HttpClient browser() {
        return HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    private static HttpResponse<String> open(HttpClient browser, URI address) throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> press(HttpClient browser, HttpResponse<String> page, String button)
            throws IOException, InterruptedException {
        String action = page.body().replaceAll("(?s).*action=\"([^\"]+)\".*", "$1");
        String ticket = page.body().replaceAll("(?s).*name=\"ticket\" value=\"([^\"]+)\".*", "$1");
        HttpRequest form = HttpRequest.newBuilder(page.uri().resolve(action))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("ticket=" + ticket + "&" + button))
                .build();
        return browser.send(form, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void showsEachStepFromTheLoginToTheRevocation() throws Exception {
        HttpClient browser = browser();
        HttpResponse<String> login = open(browser, demo.client().address());
        assertThat(login.uri().getPath()).isEqualTo("/authorize");
        HttpResponse<String> steps = press(browser, login, "user=bob");
        assertThat(steps.statusCode()).isEqualTo(200);
        assertThat(steps.body())
                .containsSubsequence(
                        "POST /token</code> <b>200</b>",
                        "GET /api/me</code> <b>200</b>",
                        "\"sub\":\"bob\",\"client_id\":\"quickstart\",\"scope\":[\"orders:read\"]",
                        "POST /token</code> <b>200</b>",
                        "GET /api/me</code> <b>200</b>",
                        "POST /revoke</code> <b>200</b>",
                        "GET /api/me</code> <b>401</b>",
                        "POST /token</code> <b>400</b> <code>invalid_grant")
                .doesNotContain("eyJ");
    }

    @Test
    void saysThatALoginWasCancelled() throws Exception {
        HttpClient browser = browser();
        assertThat(press(browser, open(browser, demo.client().address()), "cancel=yes")
                        .body())
                .contains("The login was cancelled");
    }

    @Test
    void refusesAnAnswerInAnotherBrowser() throws Exception {
        HttpClient browser = browser();
        HttpResponse<String> login = open(browser, demo.client().address());
        assertThat(press(browser(), login, "user=alice").statusCode()).isEqualTo(400);
        assertThat(open(browser, demo.client().address().resolve("/back?code=x&state=y"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void mintsATokenOfOnesOwn() throws Exception {
        HttpRequest form = HttpRequest.newBuilder(URI.create(demo.issuer().issuer() + "/token"))
                .POST(HttpRequest.BodyPublishers.ofString(
                        "grant_type=client_credentials&client_id=shop&scope=orders:read"))
                .build();
        String answer =
                browser().send(form, HttpResponse.BodyHandlers.ofString()).body();
        HttpRequest orders = HttpRequest.newBuilder(demo.server().address().resolve("/api/orders"))
                .header("Authorization", "Bearer " + answer.replaceAll(".*\"access_token\":\"([^\"]*)\".*", "$1"))
                .build();
        assertThat(browser().send(orders, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void printsAddressesAndCommands() {
        assertThat(Walkthrough.of(demo))
                .contains(
                        demo.client().address().toString(),
                        "export ISSUER='" + demo.issuer().issuer() + "'")
                .contains("export MINE=$(curl", "$ISSUER/token | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')");
    }
}
