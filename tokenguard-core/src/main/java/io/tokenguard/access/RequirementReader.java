package io.tokenguard.access;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/** Parses a requirement, such as {@code scope orders:read role admin or role root}. */
final class RequirementReader {
    private static final String REMEDY =
            "write one of public, deny, authenticated, or any of 'scope a,b', 'any-scope a,b',"
                    + " 'role a,b', 'acr a,b', 'max-age 300', dpop, mtls, bound, fresh; join alternatives by 'or';"
                    + " write a name with spaces or commas in double quotes;"
                    + " write the requirement to try after 'report-only'";
    private static final List<String> WORDS = List.of(
            "public",
            "deny",
            "authenticated",
            "scope",
            "any-scope",
            "role",
            "acr",
            "max-age",
            "dpop",
            "mtls",
            "bound",
            "fresh",
            "or",
            "report-only");
    private static final String NO_SPACE = "no space before or after a comma: write names as 'a,b'";
    private static final String OR = "or";
    private static final String REPORT_ONLY = "report-only";
    private static final int LONGEST_AGE_DIGITS = 9;

    private RequirementReader() {}

    static AccessRequirement read(List<String> words) {
        int trial = words.indexOf(REPORT_ONLY);
        return trial < 0
                ? readAlternatives(words)
                : readAlternatives(words.subList(0, trial))
                        .reportOnly(readAlternatives(words.subList(trial + 1, words.size())));
    }

    private static AccessRequirement readAlternatives(List<String> words) {
        int or = words.indexOf(OR);
        return or < 0
                ? readJoined(words)
                : readJoined(words.subList(0, or)).or(readAlternatives(words.subList(or + 1, words.size())));
    }

    private static AccessRequirement readJoined(List<String> words) {
        if (words.isEmpty()) {
            throw ConfigurationException.of("route", "", REMEDY);
        }
        if (words.size() == 1) {
            return readSingle(words.get(0));
        }
        List<AccessRequirement> parts = new ArrayList<>();
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            parts.add(readPart(rest.next(), rest));
        }
        return Composition.all(parts.stream());
    }

    private static AccessRequirement readSingle(String word) {
        return switch (word) {
            case "public" -> AccessRequirement.open();
            case "deny" -> AccessRequirement.denied();
            case "authenticated" -> AccessRequirement.authenticated();
            default -> readWord(word);
        };
    }

    private static AccessRequirement readPart(String word, Iterator<String> rest) {
        return switch (word) {
            case "scope" -> AccessRequirement.scope(names(word, rest));
            case "any-scope" -> AccessRequirement.anyScope(names(word, rest));
            case "role" -> AccessRequirement.role(names(word, rest));
            case "acr" -> AccessRequirement.acr(names(word, rest));
            case "max-age" -> AccessRequirement.maxAge(seconds(word, rest));
            default -> readWord(word);
        };
    }

    private static AccessRequirement readWord(String word) {
        return switch (word) {
            case "dpop" -> AccessRequirement.bound(Binding.DPOP);
            case "mtls" -> AccessRequirement.bound(Binding.MTLS);
            case "bound" -> AccessRequirement.bound();
            case "fresh" -> AccessRequirement.fresh();
            case "public", "deny", "authenticated" ->
                throw ConfigurationException.of(
                        "route", word, "'" + word + "' stands alone; leave it out, or leave out the other words");
            default -> throw unknown(word);
        };
    }

    private static ConfigurationException unknown(String word) {
        if (word.startsWith(",")) {
            return ConfigurationException.of("route", word, NO_SPACE);
        }
        if (WORDS.contains(word)) {
            return ConfigurationException.of("route", word, "'" + word + "' needs a value behind it; " + REMEDY);
        }
        String lower = word.toLowerCase(Locale.ROOT);
        String near = WORDS.stream()
                .filter(known -> known.equals(lower) || (known + "s").equals(lower))
                .findFirst()
                .map(known -> "; did you mean '" + known + "'?")
                .orElse("; " + REMEDY);
        return ConfigurationException.of("route", word, "'" + word + "' is not a requirement" + near);
    }

    private static String[] names(String word, Iterator<String> rest) {
        String list = argument(word, rest);
        if (list.endsWith(",") && rest.hasNext()) {
            throw ConfigurationException.of("route", list, NO_SPACE);
        }
        return RuleWords.names(list);
    }

    private static Duration seconds(String word, Iterator<String> rest) {
        String text = argument(word, rest);
        if (text.length() > LONGEST_AGE_DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw ConfigurationException.of("route", text, "write max-age in whole seconds, such as 'max-age 300'");
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }

    private static String argument(String word, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw ConfigurationException.of("route", word, REMEDY);
        }
        return rest.next();
    }
}
