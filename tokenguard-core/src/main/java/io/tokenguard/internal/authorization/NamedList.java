package io.tokenguard.internal.authorization;

import io.tokenguard.access.AddressRange;
import io.tokenguard.access.ConfigurationException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The content of a named list.
 *
 * @param names the entries, compared exactly
 * @param networks the entries as networks; empty if one of them is no network
 */
record NamedList(Set<String> names, Optional<NetworkSet> networks) {
    private static final int MOST_ENTRIES = 100_000;

    NamedList {
        names = Set.copyOf(names);
    }

    /**
     * Reads a text: one entry a line, without empty lines and those that begin with {@code #}; {@code #} after white space
     * begins a comment. An entry in double quotes is what is between them, as in rules.
     *
     * @param key the setting, for messages
     * @param areNetworks whether each entry must be an address or a range
     * @throws ConfigurationException if an entry is malformed, or there are more than 100 000; names the line, not its content
     */
    static NamedList read(String key, String text, boolean areNetworks) {
        Set<String> names = new HashSet<>();
        List<AddressRange> ranges = new ArrayList<>();
        boolean areAllNetworks = true;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String entry = ListLine.entry(key, number, line);
            if (entry.isEmpty()) {
                continue;
            }
            requireEntry(key, number, entry, names.size());
            names.add(entry);
            if (areNetworks || areAllNetworks) {
                areAllNetworks = addRange(key, number, entry, areNetworks, ranges);
            }
        }
        return new NamedList(names, areAllNetworks ? Optional.of(NetworkSet.of(ranges)) : Optional.empty());
    }

    private static void requireEntry(String key, int line, String entry, int entries) {
        if (entries >= MOST_ENTRIES) {
            throw ConfigurationException.because(key, "has more than " + MOST_ENTRIES + " entries", "shorten the list");
        }
        if (entry.chars().anyMatch(Character::isISOControl)) {
            throw ConfigurationException.because(
                    key, "has a control character in line " + line, "write one entry a line, in UTF-8");
        }
    }

    private static boolean addRange(String key, int line, String entry, boolean isRequired, List<AddressRange> ranges) {
        try {
            ranges.add(AddressRange.parse(entry));
            return true;
        } catch (ConfigurationException noNetwork) {
            if (isRequired) {
                throw ConfigurationException.because(
                        key, "has an entry in line " + line + " that is no network", noNetwork.remedy());
            }
            return false;
        }
    }
}
