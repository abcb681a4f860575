package io.tokenguard.cli;

import io.tokenguard.access.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads the properties of a Spring {@code application.yml}: several documents, profiles, and placeholders.
 *
 * @param profiles the active profiles
 * @param environment replaces placeholders
 */
record YamlProperties(List<String> profiles, Map<String, String> environment) {
    private static final String PROFILE = "spring.config.activate.on-profile";

    /**
     * The properties, with nested keys joined by dots and entries of lists by index.
     *
     * @throws ConfigurationException if the file can't be read; the message contains nothing of it but a line number
     */
    Map<String, String> read(Path file) {
        Map<String, String> all = new TreeMap<>();
        try {
            for (Object document : yaml().loadAll(Files.readString(file))) {
                Map<String, String> flat = new TreeMap<>();
                flatten("", document, flat);
                if (isActive(flat)) {
                    flat.keySet().forEach(key -> all.keySet().removeIf(old -> isEntryOfSameList(old, key)));
                    all.putAll(flat);
                }
            }
        } catch (IOException unreadable) {
            throw ConfigurationException.of("--config", file, "name a readable file in UTF-8");
        } catch (MarkedYAMLException malformed) {
            throw malformed(
                    file,
                    malformed.getProblemMark() == null
                            ? ""
                            : " near line " + (malformed.getProblemMark().getLine() + 1));
        } catch (YAMLException malformed) {
            throw malformed(file, "");
        }
        return new SpringPlaceholders(environment, all).resolved();
    }

    private static ConfigurationException malformed(Path file, String where) {
        return ConfigurationException.because(
                "--config " + file, "is not YAML" + where, "correct it; keys must be unique and indented by spaces");
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(20);
        return new Yaml(new SafeConstructor(options));
    }

    private boolean isActive(Map<String, String> document) {
        String names = document.get(PROFILE);
        return names == null
                || Set.of(names.split(",", -1)).stream().map(String::strip).anyMatch(profiles::contains);
    }

    /** A list in a later document replaces the whole list of an earlier one. */
    private static boolean isEntryOfSameList(String old, String key) {
        int bracket = key.lastIndexOf('[');
        return bracket > 0 && old.startsWith(key.substring(0, bracket + 1));
    }

    private static void flatten(String prefix, @Nullable Object value, Map<String, String> into) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) ->
                    flatten(prefix.isEmpty() ? String.valueOf(name) : prefix + "." + name, member, into));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                flatten(prefix + "[" + i + "]", list.get(i), into);
            }
        } else if (value != null) {
            into.put(prefix, value.toString());
        }
    }

    /** Shows nothing: the environment may contain secrets. */
    @Override
    public String toString() {
        return "YamlProperties[not shown]";
    }
}
