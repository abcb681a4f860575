package io.tokenguard.access;

import io.tokenguard.access.AccessToken.SubjectKind;
import io.tokenguard.access.Operand.ListName;
import io.tokenguard.access.Operand.Literal;
import io.tokenguard.access.Operand.PathVariable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The clauses that are conditions on claims, the request and the time. */
final class ConditionWords {
    static final Map<String, RuleClause> CLAUSES = Map.of(
            "claim", ConditionWords::claim,
            "subject", ConditionWords::subject,
            "client", ConditionWords::attribute,
            "issuer", ConditionWords::attribute,
            "kind", ConditionWords::kind,
            "from", ConditionWords::from,
            "during", (words, word) -> ParsedCondition.of(PeriodWords.read(words)),
            "age", ConditionWords::age);

    private static final int MOST_OPERANDS = 64;
    private static final int LONGEST_DIGITS = 9;
    private static final Map<Character, Duration> UNITS = Map.of(
            's', Duration.ofSeconds(1), 'm', Duration.ofMinutes(1), 'h', Duration.ofHours(1), 'd', Duration.ofDays(1));

    private ConditionWords() {}

    private static AccessRequirement claim(RuleScanner words, String word) {
        String written = RequirementWords.value(words, word);
        if (!written.startsWith("\"") && written.indexOf('=') >= 0) {
            throw words.wrong("write spaces around '=', such as 'claim tenant = acme'");
        }
        if (!written.startsWith("\"")) {
            requirePlain(words, written, words.start());
        }
        String[] names = words.checked(() -> RuleWords.names(written));
        if (names.length != 1) {
            throw words.wrong("name one claim, such as 'claim department in finance,legal'");
        }
        Attribute attribute = words.checked(() -> Attribute.claim(names[0]));
        boolean isOfArray = words.takes("contains");
        if (!isOfArray && !words.takes("=") && !words.takes("in")) {
            throw words.wrongNext(
                    "after the name of the claim, write 'in a,b' or '= a' for a text, or 'contains a' for an array");
        }
        return compared(attribute, isOfArray, words);
    }

    private static AccessRequirement subject(RuleScanner words, String word) {
        if (!words.takes("=") && !words.takes("in")) {
            throw words.wrongNext("write 'subject = path:user' or 'subject in a,b'");
        }
        return compared(Attribute.of(word), false, words);
    }

    private static AccessRequirement attribute(RuleScanner words, String word) {
        return compared(Attribute.of(word), false, words);
    }

    private static AccessRequirement kind(RuleScanner words, String word) {
        String kind = RequirementWords.value(words, word);
        if (Stream.of(SubjectKind.values())
                .noneMatch(known -> known.name().toLowerCase(Locale.ROOT).equals(kind))) {
            throw words.wrong("write 'kind user' or 'kind client'");
        }
        return ParsedCondition.of(new TextCriterion(Attribute.of(word), false, List.of(new Literal(kind))));
    }

    private static AccessRequirement compared(Attribute attribute, boolean isOfArray, RuleScanner words) {
        return ParsedCondition.of(new TextCriterion(attribute, isOfArray, operands(words)));
    }

    private static AccessRequirement from(RuleScanner words, String word) {
        List<AddressRange> ranges = new ArrayList<>();
        List<String> lists = new ArrayList<>();
        for (Operand operand : operands(words)) {
            if (operand instanceof ListName list) {
                lists.add(list.name());
            } else if (operand instanceof Literal literal) {
                ranges.add(words.checked(() -> AddressRange.parse(literal.text())));
            } else {
                throw words.wrong("a variable of the path is no network; write addresses, ranges or lists");
            }
        }
        return ParsedCondition.of(new NetworkCriterion(ranges, lists));
    }

    /** The values behind the last word. */
    private static List<Operand> operands(RuleScanner words) {
        String word = words.last();
        int wordStart = words.start();
        if (!words.hasMore() || RuleWords.JOINING.stream().anyMatch(words::isAt)) {
            throw words.wrong(wordStart, "'" + word + "' needs a value behind it, such as a or a,b");
        }
        String list = RequirementWords.list(words, word);
        int start = words.start();
        List<String> parts = words.checked(() -> RuleWords.parts(list));
        if (parts.size() > MOST_OPERANDS) {
            throw words.wrong("a condition has at most " + MOST_OPERANDS
                    + " values; put more into a file, and write '@name' with tokenguard.lists.<name>.file");
        }
        List<Operand> operands = new ArrayList<>();
        int at = start;
        for (String part : parts) {
            operands.add(operand(words, part, at));
            at += part.length() + 1;
        }
        return operands;
    }

    private static Operand operand(RuleScanner words, String part, int at) {
        if (part.startsWith("\"")) {
            return new Literal(words.checked(() -> RuleWords.unquote(part)));
        }
        if (part.isEmpty()) {
            throw words.wrong(at, "a value is empty; " + RequirementWords.NO_SPACE);
        }
        requirePlain(words, part, at);
        boolean isVariable = part.startsWith(RuleWords.VARIABLE);
        boolean isList = part.startsWith("@");
        if (!isVariable && !isList) {
            return new Literal(part);
        }
        String name = part.substring(isVariable ? RuleWords.VARIABLE.length() : 1);
        if (!RuleWords.isIdentifier(name)) {
            throw words.wrong(
                    at,
                    "'@' names a list, and 'path:' a variable of the path, of letters, digits, '-' and '_'; write other"
                            + " texts that begin so in double quotes");
        }
        if (isVariable && !words.hasVariable(name)) {
            throw words.wrong(at, PathVariables.missing(name));
        }
        return isVariable ? new PathVariable(name, PathVariable.OF_FRAMEWORK) : new ListName(name);
    }

    private static void requirePlain(RuleScanner words, String part, int at) {
        if (RuleWords.isDoubtful(part)) {
            throw words.wrong(
                    at,
                    "'" + part
                            + "' is no plain value; write several values as 'a,b' without parentheses, and put a value that"
                            + " has brackets, quotes or signs at its ends, or is a word of the grammar, in double quotes");
        }
    }

    private static AccessRequirement age(RuleScanner words, String word) {
        if (!words.takes("<")) {
            throw words.wrongNext("write 'age < 5m', with spaces; 'not age < 5m' is for older tokens");
        }
        String text = RequirementWords.value(words, word);
        String digits = text.substring(0, Math.max(0, text.length() - 1));
        Duration unit = text.isEmpty() ? null : UNITS.get(text.charAt(text.length() - 1));
        boolean isNumber = !digits.isEmpty()
                && digits.length() <= LONGEST_DIGITS
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (unit == null || !isNumber || Long.parseLong(digits) == 0) {
            throw words.wrong("write a time such as 30s, 5m, 4h or 1d");
        }
        return ParsedCondition.of(new AgeCriterion(unit.multipliedBy(Long.parseLong(digits))));
    }
}
