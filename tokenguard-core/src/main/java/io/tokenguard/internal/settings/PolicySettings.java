package io.tokenguard.internal.settings;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessRequirement.Condition;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.bounds.Bounds;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Named lists, and what is denied whatever the routes allow.
 *
 * @param lists the files of named lists, by name
 * @param deniedNetworks not met by requests from denied networks; empty if there are none
 * @param deniedClients not met by tokens of denied clients; empty if there are none
 * @param mode whether requests are refused by the two, or only reported
 */
public record PolicySettings(
        Map<String, Path> lists, Optional<Condition> deniedNetworks, Optional<Condition> deniedClients, Mode mode) {
    /** None. */
    public static final PolicySettings NONE =
            new PolicySettings(Map.of(), Optional.empty(), Optional.empty(), Mode.ENFORCED);

    private static final String NETWORKS = "tokenguard.deny.networks";
    private static final String CLIENTS = "tokenguard.deny.clients";

    /** Characters that belong to another notation at the beginning or the end of a client ID. */
    private static final String BRACKETING = "()[]{}'\"!;";

    /** Whether a deny list refuses. */
    public enum Mode {
        /** Requests are refused. */
        ENFORCED,
        /** Requests are let through, and reported. */
        REPORT_ONLY
    }

    /** Copies the lists. */
    public PolicySettings {
        lists = Map.copyOf(lists);
    }

    /** The same with another list. */
    public PolicySettings list(String name, Path file) {
        boolean isName = !name.isEmpty()
                && name.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '_'));
        if (!isName) {
            throw ConfigurationException.of("tokenguard.lists", name, "name lists with letters, digits, '-' and '_'");
        }
        Map<String, Path> all = new TreeMap<>(lists);
        all.put(name, file);
        return new PolicySettings(all, deniedNetworks, deniedClients, mode);
    }

    /** The same, denying networks: addresses, ranges, and lists such as {@code @blocked}. */
    public PolicySettings denyingNetworks(String... networks) {
        List<String> named = Bounds.texts(NETWORKS, networks);
        return new PolicySettings(lists, Optional.of(notFrom(named)), deniedClients, mode);
    }

    private static Condition notFrom(List<String> networks) {
        String list = String.join(",", networks);
        try {
            return condition("not from " + list);
        } catch (ConfigurationException malformed) {
            throw ConfigurationException.of(
                    NETWORKS,
                    list,
                    "write at most 64 addresses, ranges such as 192.0.2.0/24, and lists such as @blocked");
        }
    }

    /** The same, denying clients, and those in lists such as {@code @banned}. */
    public PolicySettings denyingClients(String... clients) {
        List<String> named = Bounds.texts(CLIENTS, clients);
        named.forEach(PolicySettings::requirePlain);
        String list = named.stream().map(PolicySettings::quoted).collect(Collectors.joining(","));
        try {
            return new PolicySettings(lists, deniedNetworks, Optional.of(condition("not client " + list)), mode);
        } catch (ConfigurationException malformed) {
            throw ConfigurationException.of(
                    CLIENTS, String.join(",", named), "write at most 64 client IDs, and lists such as @banned");
        }
    }

    private static void requirePlain(String client) {
        if (BRACKETING.indexOf(client.charAt(0)) >= 0 || BRACKETING.indexOf(client.charAt(client.length() - 1)) >= 0) {
            throw ConfigurationException.of(
                    CLIENTS,
                    client,
                    "write client IDs without parentheses, brackets and quotes, separated by commas; put an ID that has them"
                            + " at its ends into a list, such as @banned");
        }
    }

    private static Condition condition(String text) {
        if (AccessRequirement.parse(text) instanceof Condition condition) {
            return condition;
        }
        throw ConfigurationException.of("tokenguard.deny", text, "write values without further words");
    }

    private static String quoted(String client) {
        return client.startsWith("@")
                ? client
                : '"' + client.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** The same with another mode. */
    public PolicySettings mode(Mode chosen) {
        return new PolicySettings(lists, deniedNetworks, deniedClients, chosen);
    }
}
