package io.tokenguard.internal.properties;

import io.tokenguard.access.ConfigurationException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The known keys, in properties and in the environment. */
public final class PropertyKeys {
    /** The prefix of every key. */
    public static final String PREFIX = "tokenguard.";

    /** The suffix of a key whose value is the path of a file that contains the value. */
    static final String FILE = "-file";

    static final Pattern ROUTE = Pattern.compile("tokenguard\\.routes\\.([^.]+)");
    static final Pattern LIST = Pattern.compile("tokenguard\\.lists\\.([^.]+)\\.file");
    static final Pattern LIMIT = Pattern.compile("tokenguard\\.limits\\.([^.]+)");
    static final Pattern WRITE = Pattern.compile("tokenguard\\.writes\\.([^.]+)");
    static final Pattern ISSUER = Pattern.compile("tokenguard\\.issuers\\.([^.]+)\\.(.+)");

    static final Pattern DESTINATION = Pattern.compile("tokenguard\\.downstream\\.([^.]+)\\.(.+)");

    private static final String ENVIRONMENT_PREFIX = "TOKENGUARD_";
    private static final String ENVIRONMENT_ROUTES = "TOKENGUARD_ROUTES_";
    private static final Pattern ENVIRONMENT_LIST = Pattern.compile("TOKENGUARD_LISTS_(.+)_FILE");
    private static final String ENVIRONMENT_LIMITS = "TOKENGUARD_LIMITS_";
    private static final String ENVIRONMENT_WRITES = "TOKENGUARD_WRITES_";
    private static final String ENVIRONMENT_ISSUERS = "TOKENGUARD_ISSUERS_";
    private static final String ENVIRONMENT_DESTINATIONS = "TOKENGUARD_DOWNSTREAM_";

    private PropertyKeys() {}

    /** The keys, without those that contain a name of the user's. */
    public static List<String> all() {
        return Stream.concat(
                        Arrays.stream(GuardSetting.values()).map(GuardSetting::key),
                        Arrays.stream(IssuerSetting.values()).map(IssuerSetting::key))
                .map(PREFIX::concat)
                .toList();
    }

    /** Whether a key is that of a setting; those of routes are not. */
    static boolean isKnown(String key) {
        Matcher issuer = ISSUER.matcher(key);
        Matcher destination = DESTINATION.matcher(key);
        return all().contains(key)
                || (destination.matches()
                        && DestinationSetting.of(destination.group(2)).isPresent())
                || (issuer.matches() && IssuerSetting.of(issuer.group(2)).isPresent());
    }

    /**
     * Requires a key to be known.
     *
     * @throws ConfigurationException if it is not; suggests the nearest known key
     */
    public static void requireKnown(String key) {
        Matcher issuer = ISSUER.matcher(key);
        Matcher destination = DESTINATION.matcher(key);
        if (destination.matches()) {
            requireSetting(key, "tokenguard.downstream." + destination.group(1) + ".", destinationKeys());
        } else if (issuer.matches()) {
            requireSetting(key, "tokenguard.issuers." + issuer.group(1) + ".", issuerKeys());
        } else if (!isNamed(key) && !all().contains(key)) {
            throw unknown(
                    key,
                    Stream.concat(
                            all().stream(),
                            Stream.of(
                                    "tokenguard.routes.<id>",
                                    "tokenguard.lists.<id>.file",
                                    "tokenguard.limits.<id>",
                                    "tokenguard.writes.<id>",
                                    "tokenguard.downstream.<id>.uri",
                                    "tokenguard.issuers.<id>.issuer-uri")));
        }
    }

    private static List<String> issuerKeys() {
        return Arrays.stream(IssuerSetting.values()).map(IssuerSetting::key).toList();
    }

    private static List<String> destinationKeys() {
        return Arrays.stream(DestinationSetting.values())
                .map(DestinationSetting::key)
                .toList();
    }

    private static void requireSetting(String key, String start, List<String> settings) {
        if (!settings.contains(key.substring(start.length()))) {
            throw unknown(key, settings.stream().map(start::concat));
        }
    }

    private static boolean isNamed(String key) {
        return Stream.of(ROUTE, LIST, LIMIT, WRITE)
                .anyMatch(form -> form.matcher(key).matches());
    }

    /**
     * Requires an environment variable to match a known key.
     *
     * @throws ConfigurationException if it does not; the message names the variable
     */
    static void requireKnown(String variable, String key) {
        try {
            requireKnown(key);
        } catch (ConfigurationException unknown) {
            throw ConfigurationException.because(
                    "The environment variable " + variable, "stands for " + key, unknown.remedy());
        }
    }

    private static ConfigurationException unknown(String key, Stream<String> known) {
        String nearest = known.filter(name -> isSimilar(name, key))
                .min(Comparator.comparingInt(name -> distance(name, key)))
                .orElse("");
        return ConfigurationException.unknown(key, nearest);
    }

    /** Whether at most half of the characters after the prefix differ. */
    private static boolean isSimilar(String name, String key) {
        return distance(name, key) <= (Math.max(name.length(), key.length()) - PREFIX.length()) / 2;
    }

    /** The property for an environment variable; empty if the variable is not one of ours. */
    public static Optional<String> ofEnvironment(String variable) {
        if (!variable.startsWith(ENVIRONMENT_PREFIX) || variable.equals(PropertySources.CONFIG_VARIABLE)) {
            return Optional.empty();
        }
        if (variable.startsWith(ENVIRONMENT_ROUTES)) {
            return Optional.of("tokenguard.routes." + lower(variable.substring(ENVIRONMENT_ROUTES.length())));
        }
        Matcher list = ENVIRONMENT_LIST.matcher(variable);
        if (list.matches()) {
            return Optional.of("tokenguard.lists." + lower(list.group(1)) + ".file");
        }
        if (variable.startsWith(ENVIRONMENT_LIMITS)) {
            return Optional.of("tokenguard.limits." + lower(variable.substring(ENVIRONMENT_LIMITS.length())));
        }
        if (variable.startsWith(ENVIRONMENT_WRITES)) {
            return Optional.of("tokenguard.writes." + lower(variable.substring(ENVIRONMENT_WRITES.length())));
        }
        if (variable.startsWith(ENVIRONMENT_DESTINATIONS)) {
            String name = variable.substring(ENVIRONMENT_DESTINATIONS.length());
            return Optional.of(ofNamed("tokenguard.downstream.", destinationKeys(), name));
        }
        if (variable.startsWith(ENVIRONMENT_ISSUERS)) {
            String name = variable.substring(ENVIRONMENT_ISSUERS.length());
            return Optional.of(ofNamed("tokenguard.issuers.", issuerKeys(), name));
        }
        return Optional.of(all().stream()
                .filter(key -> environmentName(key).equals(variable))
                .findFirst()
                .orElseGet(() -> PREFIX + lower(variable.substring(ENVIRONMENT_PREFIX.length()))));
    }

    /** In {@code MAIN_JWKS_URI}, the longest known ending is the key, and the rest is the name of the issuer or destination. */
    private static String ofNamed(String start, List<String> keys, String name) {
        return keys.stream()
                .filter(key -> name.endsWith("_" + environmentName(key)))
                .max(Comparator.comparingInt(String::length))
                .map(key -> lower(name.substring(0, name.length() - key.length() - 1)) + "." + key)
                .map(start::concat)
                .orElseGet(() -> start + lower(name));
    }

    private static String environmentName(String key) {
        return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The Levenshtein distance. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
