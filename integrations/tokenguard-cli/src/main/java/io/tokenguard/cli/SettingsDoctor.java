package io.tokenguard.cli;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.audit.SafeText;
import io.tokenguard.internal.properties.PropertyKeys;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.slf4j.event.Level;

/** Builds a guard as a server does, and reports each mistake and each warning of its start. Not thread-safe. */
final class SettingsDoctor {
    private static final int MOST_MISTAKES = 50;
    private static final String ISSUER = "issuer-uri";
    private static final String LOADS = "io.tokenguard.internal.keys.KeyAlarm";
    private static final String PREFIX = PropertyKeys.PREFIX;
    private static final String PROVIDER = "tokenguard.crypto-provider";

    /** What names an issuer's keys: without it, they would be looked for elsewhere. */
    private static final List<String> OF_KEYS = List.of("jwks-file", "jwks-uri", "hmac-secret-file");

    private final Set<String> wrongKeys = new TreeSet<>();
    private final Set<String> proposed = new TreeSet<>();
    private final Report report;
    private final ProviderNeeds providers;
    private Configuration rest;

    SettingsDoctor(Configuration configuration, Report report) {
        this.rest = configuration;
        this.report = report.section("Configuration");
        this.providers = ProviderNeeds.here();
    }

    /** The algorithms that were left out of the guard, because no provider on this class path has them. */
    ProviderNeeds providers() {
        return providers;
    }

    /** The properties without the wrong ones. */
    Configuration usable() {
        return rest;
    }

    /**
     * The guard, without shared state; empty if there is none. After a mistake, the wrong property is left out to find the next
     * mistake.
     */
    Optional<TokenGuard> examine() {
        int properties = rest.properties().size();
        for (int mistakes = 0; mistakes < MOST_MISTAKES; mistakes++) {
            try {
                rest.builder();
                TokenGuard guard = providers.buildable(rest.checked()).builder().build();
                if (wrongKeys.isEmpty()) {
                    report.fine("settings", properties + " properties are valid");
                }
                providers.report(rest, report);
                reportWarnings();
                return Optional.of(guard);
            } catch (ConfigurationException wrong) {
                if (!isReported(wrong)) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the next mistake can be looked for. */
    private boolean isReported(ConfigurationException wrong) {
        if (wrong.key().equals(PROVIDER) && wrong.remedy().startsWith("there is no such provider")) {
            reportUnknownProvider();
            return true;
        }
        Optional<String> cause = causeOf(wrong);
        if (cause.isPresent()) {
            report.note(
                    "settings", "The other checks need " + cause.orElseThrow() + ": correct it, and call doctor again");
            return false;
        }
        proposed.add(wrong.remedy());
        Optional<String> property = propertyOf(wrong);
        String message = String.valueOf(wrong.getMessage());
        String why = message.substring(
                0, Math.max(0, message.length() - wrong.remedy().length() - 2));
        report.error(
                "settings",
                property.orElse(wrong.key()),
                why.startsWith(wrong.key() + " ")
                                && property.filter(wrong.key()::equals).isPresent()
                        ? why.substring(wrong.key().length() + 1)
                        : why,
                wrong.remedy());
        property.ifPresent(key -> {
            wrongKeys.add(key);
            rest = rest.without(key::equals);
        });
        return property.isPresent();
    }

    /** The wrong setting, or the misspelt one that is missing now, that a mistake follows from. */
    private Optional<String> causeOf(ConfigurationException wrong) {
        boolean isMisspelt = propertyOf(wrong).isEmpty() && names(wrong.key());
        if (wrongKeys.contains(wrong.key()) || isMisspelt) {
            return Optional.of(wrong.key());
        }
        return wrong.key().endsWith(ISSUER)
                ? withoutKeys(wrong.key().substring(0, wrong.key().length() - ISSUER.length()))
                : Optional.empty();
    }

    private boolean names(String key) {
        Pattern whole = Pattern.compile(Pattern.quote(key) + "(?![\\w-])");
        return proposed.stream().anyMatch(remedy -> whole.matcher(remedy).find());
    }

    /** The wrong setting that an issuer's keys come from; empty if it is right. */
    Optional<String> withoutKeys(String issuerPrefix) {
        return OF_KEYS.stream()
                .map(issuerPrefix::concat)
                .filter(wrongKeys::contains)
                .findFirst();
    }

    /** The class path of the command line is not that of the server. */
    private void reportUnknownProvider() {
        report.warning(
                "settings",
                PROVIDER,
                "there is no provider " + SafeText.value(rest.value(PROVIDER).orElse(""))
                        + " on the class path of this command, so it can't be checked here",
                "compare the spelling, and put it on the class path of the server, which does not start without it");
        rest = rest.without(PROVIDER::equals);
    }

    private Optional<String> propertyOf(ConfigurationException wrong) {
        return rest.properties().keySet().stream()
                .filter(key -> key.equals(wrong.key())
                        || key.startsWith(wrong.key() + "[")
                        || wrong.key().startsWith(key + ", "))
                .findFirst();
    }

    /** Failed loads of keys are reported with their issuer. */
    private void reportWarnings() {
        List<CollectedLog.Line> lines = CollectedLog.current().lines();
        lines.stream().filter(line -> !line.logger().equals(LOADS)).distinct().forEach(line -> {
            String key = keyOf(line.text());
            String remedy = key.isEmpty()
                    ? "change the setting, unless this is intended"
                    : "remove or change " + key + ", unless this is intended";
            String why = key.isEmpty()
                    ? line.text()
                    : line.text().substring(key.length() - PREFIX.length()).replaceFirst("^:? ", "");
            if (line.level() == Level.ERROR) {
                report.error("start", key, why, remedy);
            } else {
                report.warning("start", key, why, remedy);
            }
        });
    }

    /** Most warnings begin with the setting. */
    private static String keyOf(String text) {
        String key = PREFIX + text.split("[ :]", 2)[0];
        return PropertyKeys.all().contains(key) ? key : "";
    }
}
