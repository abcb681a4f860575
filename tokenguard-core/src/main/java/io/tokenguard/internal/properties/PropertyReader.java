package io.tokenguard.internal.properties;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Route;
import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Introspection;
import io.tokenguard.internal.limits.LimitRule;
import io.tokenguard.internal.settings.GuardSettingsBuilder;
import io.tokenguard.internal.settings.IssuerSettingsBuilder;
import io.tokenguard.internal.writes.WriteRule;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns properties into settings.
 *
 * @param properties the properties, with full keys
 */
public record PropertyReader(Map<String, String> properties) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[A-Za-z_][A-Za-z0-9_.:/-]*}");

    /** Copies the properties, in the order of their keys. */
    public PropertyReader {
        properties = new TreeMap<>(IndexedKeys.joined(properties));
    }

    /**
     * The settings.
     *
     * @throws ConfigurationException if a property is unknown, wrong, missing, or contradicts another
     */
    public GuardSettingsBuilder read() {
        properties.keySet().forEach(PropertyKeys::requireKnown);
        properties.forEach(PropertyReader::requireNoPlaceholder);
        properties.keySet().forEach(this::requireNoFileBeside);
        GuardSettingsBuilder guard = new GuardSettingsBuilder();
        Map<String, Route> routes = routes();
        routes.forEach(guard::route);
        properties.forEach((key, text) -> readLimit(guard, new SettingValue(key, text)));
        properties.forEach((key, text) -> readWrite(guard, new SettingValue(key, text)));
        properties.forEach((key, text) -> apply(guard, new SettingValue(key, text)));
        addLists(guard);
        addDestinations(guard);
        SortedSet<String> issuers = issuerNames();
        if (issuers.isEmpty()) {
            addIssuer(guard, PropertyKeys.PREFIX, section(PropertyKeys.PREFIX));
        } else {
            requireNoIssuerBeside(issuers.first());
            issuers.forEach(name -> addNamedIssuer(guard, name));
        }
        return guard;
    }

    private static void requireNoPlaceholder(String key, String value) {
        if (PLACEHOLDER.matcher(value).find()) {
            throw ConfigurationException.of(
                    key,
                    value,
                    "it contains a placeholder that nothing has replaced; TokenGuard does not expand placeholders: set the"
                            + " value itself, or set it by an environment variable");
        }
    }

    private void requireNoFileBeside(String key) {
        if (properties.containsKey(key + PropertyKeys.FILE)) {
            throw ConfigurationException.because(
                    key, "and " + key + PropertyKeys.FILE + " are both set", "remove one of them");
        }
    }

    /**
     * The routes, by their keys.
     *
     * @throws ConfigurationException if one can't be read, or two of them contradict each other
     */
    private Map<String, Route> routes() {
        Map<String, Route> routes = new TreeMap<>();
        properties.forEach((key, text) -> {
            if (PropertyKeys.ROUTE.matcher(key).matches()) {
                Route route = route(new SettingValue(key, text));
                routes.forEach((otherKey, other) -> requireAgreement(key, route, otherKey, other));
                routes.put(key, route);
            }
        });
        return routes;
    }

    private static Route route(SettingValue value) {
        try {
            return Route.parse(value.text());
        } catch (ConfigurationException refusal) {
            throw value.named(refusal);
        }
    }

    private static void readLimit(GuardSettingsBuilder guard, SettingValue value) {
        if (PropertyKeys.LIMIT.matcher(value.key()).matches()) {
            try {
                LimitRule rule = LimitRule.parse(value.text()).setBy(value.key());
                guard.limits(known -> known.and(rule));
            } catch (ConfigurationException refusal) {
                throw value.named(refusal);
            }
        }
    }

    private static void readWrite(GuardSettingsBuilder guard, SettingValue value) {
        if (PropertyKeys.WRITE.matcher(value.key()).matches()) {
            try {
                WriteRule rule = WriteRule.parse(value.text());
                guard.writes(known -> known.and(rule));
            } catch (ConfigurationException refusal) {
                throw value.named(refusal);
            }
        }
    }

    private static void requireAgreement(String key, Route route, String otherKey, Route other) {
        if (route.contradicts(other)) {
            throw ConfigurationException.because(
                    key,
                    "and " + otherKey + " have different requirements for the path " + route.pattern()
                            + " and the same methods (a slash at the end makes no difference)",
                    "keep one of them");
        }
    }

    private void addLists(GuardSettingsBuilder guard) {
        properties.forEach((key, text) -> {
            Matcher list = PropertyKeys.LIST.matcher(key);
            if (list.matches()) {
                SettingValue value = new SettingValue(key, text);
                guard.policies(known -> known.list(list.group(1), value.file()));
            }
        });
    }

    private void addDestinations(GuardSettingsBuilder guard) {
        Map<String, Map<String, SettingValue>> destinations = new TreeMap<>();
        properties.forEach((key, text) -> {
            Matcher destination = PropertyKeys.DESTINATION.matcher(key);
            if (destination.matches()) {
                destinations
                        .computeIfAbsent(destination.group(1), unused -> new TreeMap<>())
                        .put(destination.group(2), new SettingValue(key, text));
            }
        });
        destinations.forEach(
                (id, values) -> guard.application(known -> known.and(DestinationProperties.read(id, values))));
    }

    private static void apply(GuardSettingsBuilder guard, SettingValue value) {
        try {
            GuardSetting.of(value.key().substring(PropertyKeys.PREFIX.length()))
                    .ifPresent(setting -> setting.apply(guard, value));
        } catch (ConfigurationException refusal) {
            throw value.named(refusal);
        }
    }

    private SortedSet<String> issuerNames() {
        TreeSet<String> names = new TreeSet<>();
        for (String key : properties.keySet()) {
            Matcher issuer = PropertyKeys.ISSUER.matcher(key);
            if (issuer.matches()) {
                names.add(issuer.group(1));
            }
        }
        return names;
    }

    private void requireNoIssuerBeside(String named) {
        String issuer = properties.get("tokenguard.issuer-uri");
        if (issuer != null) {
            throw ConfigurationException.of(
                    "tokenguard.issuer-uri",
                    issuer,
                    "beside tokenguard.issuers." + named + " every issuer needs a name; move it to"
                            + " tokenguard.issuers.<name>.issuer-uri");
        }
    }

    /** The properties of one issuer: its own, and for the rest those of all issuers. */
    private void addNamedIssuer(GuardSettingsBuilder guard, String name) {
        String prefix = "tokenguard.issuers." + name + ".";
        Map<IssuerSetting, SettingValue> own = section(prefix);
        Map<IssuerSetting, SettingValue> settings = section(PropertyKeys.PREFIX);
        settings.keySet().removeIf(shared -> own.keySet().stream().anyMatch(shared::excludes));
        settings.putAll(own);
        addIssuer(guard, prefix, settings);
    }

    private Map<IssuerSetting, SettingValue> section(String prefix) {
        Map<IssuerSetting, SettingValue> section = new TreeMap<>();
        for (IssuerSetting setting : IssuerSetting.values()) {
            Optional.ofNullable(properties.get(prefix + setting.key()))
                    .ifPresent(text -> section.put(setting, new SettingValue(prefix + setting.key(), text)));
        }
        return section;
    }

    private static void addIssuer(
            GuardSettingsBuilder guard, String prefix, Map<IssuerSetting, SettingValue> settings) {
        IssuerSettingsBuilder issuer = builderOf(prefix, settings).calledInMessages(prefix);
        IntrospectionProperties asked = new IntrospectionProperties(issuer);
        settings.forEach((setting, value) -> naming(value, () -> setting.apply(issuer, asked, value)));
        asked.complete();
        guard.issuer(issuer.build());
    }

    /** Without an issuer, an introspection endpoint means an API of opaque tokens only. */
    private static IssuerSettingsBuilder builderOf(String prefix, Map<IssuerSetting, SettingValue> settings) {
        SettingValue issuer = settings.get(IssuerSetting.ISSUER_URI);
        if (issuer != null) {
            return naming(issuer, () -> IssuerSettingsBuilder.of(issuer.text()));
        }
        SettingValue endpoint = settings.get(IssuerSetting.INTROSPECTION_URI);
        if (endpoint != null) {
            return naming(
                    endpoint,
                    () -> IssuerSettingsBuilder.opaque(
                            Introspection.at(endpoint.address(), ClientAuthentication.none())));
        }
        throw ConfigurationException.missing(prefix + "issuer-uri", "name the issuer whose access tokens are accepted");
    }

    /** A step that uses settings. */
    private interface Step {
        IssuerSettingsBuilder run();
    }

    /** Names the property in an error. */
    private static IssuerSettingsBuilder naming(SettingValue value, Step step) {
        try {
            return step.run();
        } catch (ConfigurationException refusal) {
            throw value.named(refusal);
        }
    }

    /** Contains nothing: properties may be secrets. */
    @Override
    public String toString() {
        return "PropertyReader[not shown]";
    }
}
