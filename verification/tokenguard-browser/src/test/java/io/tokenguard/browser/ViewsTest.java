package io.tokenguard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each view of the console, by the accessibility rules of axe-core. {@code -Dscreenshots=FOLDER} writes the pictures of
 * docs/console.md, after a minute of traffic.
 */
class ViewsTest {
    private static final String FOLDER = System.getProperty("screenshots", "");
    private static final Duration TRAFFIC = Duration.ofMinutes(1);

    private static GuardedSite site;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        Browser.requireInstalled();
        site = GuardedSite.start();
        browser = Browser.start();
        site.guard().startTrial("GET /orders/**", AccessRequirement.parse("claim department in sales,support"));
        if (!FOLDER.isEmpty()) {
            Path unused = Files.createDirectories(Path.of(FOLDER));
            long end = System.nanoTime() + TRAFFIC.toNanos();
            for (int i = 0; System.nanoTime() < end; i++) {
                site.traffic(40 + (int) (25 * Math.sin(i / 12.0)));
                Thread.sleep(120);
            }
        }
        site.traffic(200);
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

    @ParameterizedTest
    @CsvSource({"light, 25", "dark, 50"})
    void areAccessibleAndWithoutComplaints(String scheme, String triedOn) throws Exception {
        browser.prefer(scheme);
        browser.open(site.console());
        browser.await("Sign in");
        check("sign-in", scheme);
        browser.open(site.signedIn());
        browser.await("AUDIENCE_MISMATCH");
        browser.await("GET /orders/**");
        check("now", scheme);
        browser.find("nav a[href='#trends']").click();
        browser.awaitElement(".uplot");
        check("trends", scheme);
        browser.find("nav a[href='#act']").click();
        browser.await("Ban a signing key");
        browser.await("Requirements on trial");
        check("act", scheme);
        browser.run("document.querySelector('#rules').parentElement.scrollIntoView(); return true");
        site.traffic(25);
        browser.run("[...document.querySelectorAll('button')].find(one => one.textContent === 'Count again').click();"
                + " return true");
        browser.await(triedOn);
        check("trials", scheme);
        assertThat(browser.complaints()).isEmpty();
    }

    private static void check(String view, String scheme) throws IOException {
        assertThat(browser.accessibilityViolations()).as(view).isEmpty();
        if (!FOLDER.isEmpty()) {
            browser.picture(Path.of(FOLDER, "console-" + view + "-" + scheme + ".png"));
        }
    }
}
