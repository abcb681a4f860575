package io.tokenguard.access;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Reads the words of a requirement, such as {@code scope orders:read role admin or role root}. */
final class RequirementReader {
    private static final String REMEDY =
            "write one of public, deny, authenticated, or any of 'scope a,b', 'any-scope a,b',"
                    + " 'role a,b', 'acr a,b', 'max-age 300', dpop, mtls, bound, fresh; join alternatives by 'or';"
                    + " write a name with spaces or commas in double quotes;"
                    + " write the requirement to try after 'report-only'";
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
            default -> throw ConfigurationException.of("route", word, "'" + word + "' is not a requirement; " + REMEDY);
        };
    }

    private static String[] names(String word, Iterator<String> rest) {
        return RuleWords.names(argument(word, rest));
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
