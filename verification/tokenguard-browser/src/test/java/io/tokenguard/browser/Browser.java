package io.tokenguard.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Chromium without a window. */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final String MISSING = CHROMIUM + " and " + DRIVER
            + " are not both installed; install Debian's packages chromium and chromium-driver";
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Skips the tests if no browser is installed, or fails them if {@code browser.required} is set. */
    static void requireInstalled() {
        boolean isInstalled = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
        if (!isInstalled && Boolean.getBoolean("browser.required")) {
            throw new IllegalStateException(MISSING);
        }
        assumeTrue(isInstalled, MISSING);
    }

    static Browser start(String... arguments) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        // Builds run as root, for whom Chromium has no sandbox; it opens only pages of this test.
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
        options.addArguments("--window-size=1100,900", "--lang=en-US");
        options.addArguments(arguments);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    /** Sets the colour scheme that the user prefers. */
    void prefer(String scheme) {
        Object unused = driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Opens a page anew, even if only the fragment differs from the page that is shown. */
    void open(URI address) {
        driver.get("about:blank");
        driver.get(address.toString());
    }

    String address() {
        return Objects.requireNonNull(driver.getCurrentUrl());
    }

    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** The form with a heading. */
    WebElement form(String heading) {
        return driver.findElement(By.xpath("//form[h3='" + heading + "']"));
    }

    /** Waits until the page shows a text. */
    void await(String text) {
        Boolean unused = new WebDriverWait(driver, LONGEST)
                .withMessage(() -> "'" + text + "' does not appear in: " + text())
                .until(now -> text().contains(text));
    }

    /** Waits until there is such an element. */
    void awaitElement(String css) {
        Boolean unused = new WebDriverWait(driver, LONGEST)
                .withMessage(() -> "no element " + css)
                .until(now -> !all(css).isEmpty());
    }

    Object run(String script, Object... arguments) {
        return Objects.requireNonNull(driver.executeScript(script, arguments));
    }

    /** What axe-core finds wrong with the page. */
    List<String> accessibilityViolations() {
        Object unused = driver.executeScript(axe());
        Object found = driver.executeAsyncScript("const done = arguments[0]; axe.run().then(result => done("
                + "result.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join(' | '))),"
                + " failure => done([String(failure)]))");
        return ((List<?>) Objects.requireNonNull(found))
                .stream().map(String::valueOf).toList();
    }

    private static String axe() {
        try (InputStream file = Objects.requireNonNull(Browser.class.getResourceAsStream("/axe.min.js"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Presses keys in the element that has the focus. */
    void type(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Moves the focus back. */
    void tabBack(int times) {
        for (int i = 0; i < times; i++) {
            new Actions(driver)
                    .keyDown(Keys.SHIFT)
                    .sendKeys(Keys.TAB)
                    .keyUp(Keys.SHIFT)
                    .perform();
        }
    }

    /** What the browser has complained about since the last call, such as violations of the content security policy. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::toString)
                .toList();
    }

    /** Writes a picture of the visible part of the page. */
    void picture(Path file) throws IOException {
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
