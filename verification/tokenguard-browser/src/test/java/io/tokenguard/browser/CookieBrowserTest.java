package io.tokenguard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pages of the application, of another site, and of another host of the same site, in a browser that has the cookie. The reason shows
 * whether the cookie was sent: without it, a request has no credentials.
 */
class CookieBrowserTest {
    private static final String APP = "app.example.com";
    private static final List<String> WAYS = List.of(
            "const f = document.createElement('form'); f.method = 'POST'; f.action = %s; document.body.append(f);"
                    + " f.submit(); return 1",
            "fetch(%s, {method: 'POST', mode: 'no-cors', credentials: 'include'}).catch(() => 0); return 1",
            "fetch(%s, {credentials: 'include'}).catch(() => 0); return 1",
            "const i = new Image(); i.src = %s; document.body.append(i); return 1",
            "const s = document.createElement('script'); s.src = %s; document.body.append(s); return 1",
            "const d = document.createElement('iframe'); d.src = %s; document.body.append(d); return 1",
            "new WebSocket(%s.replace('https', 'wss')); return 1",
            "navigator.sendBeacon(%s, 'x'); return 1");

    private static CookieSite site;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        Browser.requireInstalled();
        site = CookieSite.start();
        browser = Browser.start("--ignore-certificate-errors", "--host-resolver-rules=MAP * 127.0.0.1");
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
            site.close();
        }
    }

    @BeforeEach
    void forget() {
        site.refusals().clear();
        site.reached().clear();
    }

    private static String quoted(String host, String path) {
        return "'" + site.at(host, path) + "'";
    }

    private static void run(String way) {
        Object unused = browser.run(way.replace("%s", quoted(APP, "/api/orders")));
    }

    @ParameterizedTest
    @CsvSource({"evil.example.net, None", "shop.example.com, None", "shop.example.com, Strict"})
    void otherOriginsAreRefusedHoweverTheyTry(String attacker, String sameSite) throws InterruptedException {
        browser.open(site.at(APP, "/login?" + sameSite));
        for (String way : WAYS) {
            browser.open(site.at(attacker, "/page"));
            site.refusals().clear();
            run(way);
            Refusal refusal = site.refusals().poll(20, TimeUnit.SECONDS);
            assertThat(refusal).as(way).isNotNull();
            assertThat(refusal.reason()).as(way).isIn(reasons(attacker, way));
            assertThat(site.reached()).as(way).isEmpty();
        }
    }

    /** Chromium may withhold cookies of another site, except where the whole page changes. Those of the same site it always sends. */
    private static Set<RefusalReason> reasons(String attacker, String way) {
        boolean isSent = attacker.endsWith(".example.com") || way.contains("form");
        return isSent
                ? Set.of(RefusalReason.CROSS_SITE_REQUEST)
                : Set.of(RefusalReason.CROSS_SITE_REQUEST, RefusalReason.NO_CREDENTIALS);
    }

    @Test
    void theApplicationItselfMayDoAllOfThat() throws InterruptedException {
        for (String way : WAYS) {
            browser.open(site.at(APP, "/login?Strict"));
            run(way);
            assertThat(site.reached().poll(20, TimeUnit.SECONDS)).as(way).endsWith(" /api/orders by alice");
        }
        assertThat(site.refusals()).isEmpty();
    }

    @Test
    void theApplicationReadsAnswers() {
        browser.open(site.at(APP, "/login?Strict"));
        assertThat(browser.run("return fetch('/api/orders', {method: 'PUT'}).then(answer => answer.text())"))
                .isEqualTo("orders of alice");
    }

    @Test
    void theUserMayOpenAnAddressAndFollowALink() throws InterruptedException {
        browser.open(site.at(APP, "/login?Lax"));
        browser.open(site.at(APP, "/api/orders"));
        assertThat(browser.text()).isEqualTo("orders of alice");
        site.reached().clear();
        browser.open(site.at("evil.example.net", "/page"));
        Object unused = browser.run("location.href = " + quoted(APP, "/api/orders") + "; return 1");
        assertThat(site.reached().poll(20, TimeUnit.SECONDS)).isEqualTo("GET /api/orders by alice");
        assertThat(site.refusals()).isEmpty();
    }

    @Test
    void aCookieOfAnotherHostDoesNotReplaceIt() {
        browser.open(site.at(APP, "/login?None"));
        browser.open(site.at("shop.example.com", "/page"));
        Object unused =
                browser.run("document.cookie = '__Host-access=evil; domain=example.com; path=/; secure'; return 1");
        browser.open(site.at(APP, "/api/orders"));
        assertThat(browser.text()).isEqualTo("orders of alice");
    }
}
