package io.tokenguard;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Route;
import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Introspection;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;

/**
 * The settings of a guard as properties. Each says the same as its method of {@link TokenGuardBuilder} or
 * {@link TrustedIssuerBuilder}; {@code docs/configuration.md} lists them. Immutable.
 */
public final class GuardProperties {
    private final Map<String, String> properties;

    private GuardProperties(Map<String, String> properties) {
        this.properties = new TreeMap<>(properties);
    }

    /** Reads the properties of the application and its environment, as {@link #load(Map)} does without parameters. */
    public static GuardProperties load() {
        return load(Map.of());
    }

    /**
     * Reads, and lets the later win: {@code tokenguard.properties} on the class path; the file that the system property
     * {@code tokenguard.config}, or else the environment variable {@code TOKENGUARD_CONFIG}, names; parameters, such as
     * those of a filter; environment variables; system properties.
     *
     * @param parameters properties that belong to one deployment
     * @throws ConfigurationException if a file that is named can't be read
     */
    public static GuardProperties load(Map<String, String> parameters) {
        Map<String, String> system = PropertySources.textsOf(System.getProperties());
        Map<String, String> all = new HashMap<>(PropertySources.classPath());
        all.putAll(PropertySources.configuredFile(system, System.getenv()));
        all.putAll(PropertySources.ours(parameters));
        return new GuardProperties(all).withEnvironment(System.getenv(), system);
    }

    /**
     * Reads one file.
     *
     * @param file properties in UTF-8; keys that do not start with {@code tokenguard.} are left alone
     * @throws ConfigurationException if it can't be read
     */
    public static GuardProperties read(Path file) {
        return new GuardProperties(PropertySources.file("configuration file", file));
    }

    /** Takes just these; keys that do not start with {@code tokenguard.} are left alone. */
    public static GuardProperties of(Map<String, String> properties) {
        return new GuardProperties(PropertySources.ours(properties));
    }

    /** These properties, and where they say nothing, those; keys that do not start with {@code tokenguard.} are left alone. */
    public GuardProperties withDefaults(Map<String, String> defaults) {
        Map<String, String> all = new HashMap<>(PropertySources.ours(defaults));
        all.putAll(properties);
        return new GuardProperties(all);
    }

    /** These properties, where the environment variables and then the system properties say nothing else. */
    public GuardProperties withEnvironment() {
        return withEnvironment(System.getenv(), PropertySources.textsOf(System.getProperties()));
    }

    GuardProperties withEnvironment(Map<String, String> environment, Map<String, String> system) {
        Map<String, String> all = new HashMap<>(properties);
        all.putAll(PropertySources.environment(environment));
        all.putAll(PropertySources.ours(system));
        return new GuardProperties(all);
    }

    /**
     * A builder with these settings, for settings that only code can make; or call {@code build()} at once.
     *
     * @throws ConfigurationException if a property is unknown, wrong, missing, or contradicts another
     */
    public TokenGuardBuilder toBuilder() {
        properties.keySet().forEach(PropertyKeys::requireKnown);
        TokenGuardBuilder guard = TokenGuard.builder();
        properties.forEach((key, text) -> apply(guard, new SettingValue(key, text)));
        SortedSet<String> issuers = issuerNames();
        if (issuers.isEmpty()) {
            addIssuer(guard, PropertyKeys.PREFIX, section(PropertyKeys.PREFIX));
        } else {
            requireNoIssuerBeside(issuers.first());
            issuers.forEach(name -> addNamedIssuer(guard, name));
        }
        return guard;
    }

    private static void apply(TokenGuardBuilder guard, SettingValue value) {
        try {
            if (PropertyKeys.ROUTE.matcher(value.key()).matches()) {
                guard.routes(Route.parse(value.text()));
            }
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

    /** The properties of one issuer: its own, and for the rest those that stand for all. */
    private void addNamedIssuer(TokenGuardBuilder guard, String name) {
        String prefix = "tokenguard.issuers." + name + ".";
        Map<IssuerSetting, SettingValue> own = section(prefix);
        Map<IssuerSetting, SettingValue> settings = section(PropertyKeys.PREFIX);
        if (own.keySet().stream().anyMatch(IssuerSetting::locatesKeys)) {
            settings.keySet().removeIf(IssuerSetting::locatesKeys);
        }
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

    private static void addIssuer(TokenGuardBuilder guard, String prefix, Map<IssuerSetting, SettingValue> settings) {
        TrustedIssuerBuilder builder = builderOf(prefix, settings).calledInMessages(prefix);
        settings.forEach((setting, value) -> apply(builder, setting, value));
        guard.issuer(builder.build());
    }

    /** Without an issuer, an endpoint to ask makes an API of opaque tokens only. */
    private static TrustedIssuerBuilder builderOf(String prefix, Map<IssuerSetting, SettingValue> settings) {
        SettingValue issuer = settings.get(IssuerSetting.ISSUER_URI);
        if (issuer != null) {
            return named(issuer);
        }
        SettingValue endpoint = settings.get(IssuerSetting.INTROSPECTION_URI);
        if (endpoint != null) {
            return opaque(endpoint);
        }
        throw ConfigurationException.missing(prefix + "issuer-uri", "name the issuer whose access tokens are accepted");
    }

    private static TrustedIssuerBuilder opaque(SettingValue endpoint) {
        try {
            return TrustedIssuer.opaque(Introspection.at(endpoint.address(), ClientAuthentication.none()));
        } catch (ConfigurationException refusal) {
            throw endpoint.named(refusal);
        }
    }

    private static TrustedIssuerBuilder named(SettingValue issuer) {
        try {
            return TrustedIssuer.builder(issuer.text());
        } catch (ConfigurationException refusal) {
            throw issuer.named(refusal);
        }
    }

    private static void apply(TrustedIssuerBuilder issuer, IssuerSetting setting, SettingValue value) {
        try {
            setting.apply(issuer, value);
        } catch (ConfigurationException refusal) {
            throw value.named(refusal);
        }
    }
}
