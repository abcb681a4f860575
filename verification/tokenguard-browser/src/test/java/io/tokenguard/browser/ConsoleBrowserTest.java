package io.tokenguard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Revocation;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The console in Chromium, from the token to a revocation that takes effect. */
class ConsoleBrowserTest {
    private static final long MOST_BYTES = 300_000;

    private static GuardedSite site;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        Browser.requireInstalled();
        site = GuardedSite.start();
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (site != null) {
            site.close();
        }
    }

    @BeforeEach
    void leave() {
        browser.open(URI.create("about:blank"));
        List<String> unused = browser.complaints();
    }

    private static void signIn() {
        browser.open(site.signedIn());
        browser.await("Last refusals");
    }

    private static void show(String view) {
        browser.find("nav a[href='#" + view + "']").click();
    }

    @Test
    void leadsFromAPastedTokenToARevocationThatTakesEffect() {
        String token = site.userToken();
        assertThat(site.isGranted("/orders/1", token)).isTrue();
        browser.open(site.console());
        browser.await("Sign in");
        browser.find("#token").sendKeys(site.operatorToken() + Keys.ENTER);
        browser.await("Decisions per second");
        show("act");
        browser.await("Ban a signing key");
        WebElement form = browser.form("Revoke");
        form.findElement(By.cssSelector("input[name='token']")).sendKeys(token + Keys.ENTER);
        browser.await("Revoked: FINGERPRINT");
        assertThat(site.isGranted("/orders/1", token)).isFalse();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void findsWhatWasRevoked() {
        signIn();
        show("act");
        browser.await("Ban a signing key");
        WebElement form = browser.form("Revoke");
        form.findElement(By.cssSelector("option[value='client']")).click();
        form.findElement(By.cssSelector("input[name='issuer']"))
                .sendKeys(site.issuer().issuer());
        form.findElement(By.cssSelector("input[name='name']")).sendKeys("stolen-client" + Keys.ENTER);
        browser.await("Revoked: CLIENT");
        browser.form("Search revocations")
                .findElement(By.cssSelector("button[type='button']"))
                .click();
        browser.await("issued before");
        assertThat(browser.form("Search revocations").getText()).contains("CLIENT");
    }

    @Test
    void showsWhatWouldBeDecidedAboutAToken() {
        signIn();
        show("act");
        browser.await("Try a token");
        WebElement form = browser.form("Try a token");
        form.findElement(By.cssSelector("input[name='token']"))
                .sendKeys(site.issuer().token().sign());
        form.findElement(By.cssSelector("input[name='path']")).clear();
        form.findElement(By.cssSelector("input[name='path']")).sendKeys("/orders/1" + Keys.ENTER);
        browser.await("Refused: SCOPE_INSUFFICIENT");
    }

    @Test
    void triesARequirementThatRefusesNothing() {
        signIn();
        show("act");
        browser.await("Requirements on trial");
        WebElement form = browser.form("Try a requirement");
        form.findElement(By.cssSelector("input[name='rule']")).sendKeys("GET /me");
        form.findElement(By.cssSelector("input[name='requirement']")).sendKeys("scope profile" + Keys.ENTER);
        browser.await("On trial: GET /me");
        assertThat(site.isGranted("/me", site.userToken())).isTrue();
        show("now");
        browser.await("(report-only)");
        show("act");
        browser.await("scope profile");
        browser.find("button[aria-label='End the trial of GET /me']").click();
        browser.await("Requirements on trial");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void takesATokenOutOfTheFragmentAndKeepsItNowhere() {
        signIn();
        assertThat(browser.address()).isEqualTo(site.console().toString());
        assertThat(browser.run("return localStorage.length + sessionStorage.length + document.cookie.length"))
                .isEqualTo(0L);
        assertThat((String) browser.run("return document.documentElement.outerHTML"))
                .doesNotContain("eyJ");
        browser.run("location.reload(); return true");
        browser.await("Sign in");
    }

    @Test
    void refusesATokenWithoutTheScope() {
        browser.open(URI.create(site.console() + "#token=" + site.userToken()));
        browser.await("has not the scope or role");
        assertThat(browser.find("#view").getText()).isEmpty();
    }

    @Test
    void endsWhenTheTokenIsRevoked() {
        String operator = site.operatorToken();
        browser.open(URI.create(site.console() + "#token=" + operator));
        browser.await("Last refusals");
        assertThat(site.guard().revoke(Revocation.presented(operator))).isTrue();
        browser.await("Sign in");
    }

    @Test
    void showsRefusalsWithTheirExplanation() {
        site.traffic(10);
        signIn();
        browser.await("AUDIENCE_MISMATCH");
        browser.run("document.querySelectorAll('summary').forEach(line => line.click()); return true");
        browser.await("[https://other.example]");
        browser.await("tokenguard.audiences");
    }

    @Test
    void canBeUsedByKeyboardAlone() {
        browser.open(site.console());
        browser.await("Sign in");
        browser.type(site.operatorToken(), Keys.ENTER);
        browser.await("Last refusals");
        assertThat(browser.run("return document.activeElement.id")).isEqualTo("main");
        browser.tabBack(3);
        assertThat(browser.run("return document.activeElement.textContent")).isEqualTo("Trends");
        browser.type(Keys.ENTER);
        browser.await("Time span");
        assertThat(browser.run("return document.activeElement.id")).isEqualTo("main");
    }

    @Test
    void runsNoMarkupOfARequest() {
        Decision decision = site.guard()
                .decide(IncomingRequest.builder("GET", "/<img src=x onerror=alert(1)>")
                        .build());
        assertThat(decision).isInstanceOf(Decision.Refused.class);
        signIn();
        browser.await("onerror");
        assertThat(browser.all("#view img")).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void blocksCodeAndFilesOfOthers() {
        browser.open(site.console());
        browser.await("Sign in");
        browser.run("document.body.insertAdjacentHTML('beforeend',"
                + " '<img src=\"https://other.example/x.png\" onerror=\"window.ran = true\">'); return true");
        browser.run("const code = document.createElement('script'); code.textContent = 'window.ran = true';"
                + " document.body.append(code); return true");
        assertThat(browser.run("return window.ran ?? 'blocked'")).isEqualTo("blocked");
        assertThat(browser.complaints().toString()).contains("Content Security Policy");
    }

    @Test
    void isSmallAndLoadsNothingFromElsewhere(TestReporter report) {
        signIn();
        show("trends");
        browser.await("Time span");
        show("act");
        browser.await("Ban a signing key");
        List<?> loaded = (List<?>) browser.run("return ['navigation', 'resource'].flatMap(type =>"
                + " performance.getEntriesByType(type)).map(entry => entry.name)");
        assertThat(loaded)
                .hasSizeGreaterThan(5)
                .allMatch(name -> name.toString().startsWith(site.console().toString()));
        Object bytes = browser.run(
                "return ['navigation', 'resource'].flatMap(type => performance.getEntriesByType(type))"
                        + ".filter(entry => entry.initiatorType !== 'fetch').reduce((sum, e) => sum + e.decodedBodySize, 0)");
        Object paint = browser.run("return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1");
        report.publishEntry("bytes of the page", bytes.toString());
        report.publishEntry("milliseconds to the first paint", paint.toString());
        assertThat((Long) bytes).isBetween(50_000L, MOST_BYTES);
    }
}
