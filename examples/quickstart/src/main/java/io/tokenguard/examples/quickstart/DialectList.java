package io.tokenguard.examples.quickstart;

import io.tokenguard.TrustedIssuer;
import io.tokenguard.config.Dialect;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Writes dialects as the properties that they stand for. */
final class DialectList {
    private DialectList() {}

    /**
     * All dialects, or one.
     *
     * @param words {@code dialects}, and the name of a dialect if only that one is meant
     * @throws IllegalArgumentException if there is no dialect of that name
     */
    static String of(String... words) {
        List<Dialect> chosen = Arrays.stream(Dialect.values())
                .filter(dialect -> words.length == 1 || dialect.settingName().equals(words[1]))
                .toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("no dialect '" + words[1] + "'; without a name, 'dialects' lists all");
        }
        return chosen.stream().map(DialectList::describe).collect(Collectors.joining("\n"));
    }

    private static String describe(Dialect dialect) {
        String head = "# tokenguard.dialect = " + dialect.settingName();
        return dialect == Dialect.AUTO
                ? head + "\n# one of the others, by the address of the issuer or its metadata\n"
                : TrustedIssuer.settingsOf(dialect).entrySet().stream()
                        .map(setting -> setting.getKey() + " = " + setting.getValue() + "\n")
                        .collect(Collectors.joining("", head + "\n", ""));
    }
}
