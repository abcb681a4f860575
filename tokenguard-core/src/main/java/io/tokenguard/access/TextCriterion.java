package io.tokenguard.access;

import io.tokenguard.access.AccessRequirement.Condition.Facts;
import io.tokenguard.access.Operand.ListName;
import io.tokenguard.access.Operand.PathVariable;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares an attribute of the token with texts.
 *
 * @param attribute the attribute
 * @param isOfArray whether it must be an array that contains one of the texts; otherwise it must be one of them
 * @param operands the texts; at least one
 */
record TextCriterion(Attribute attribute, boolean isOfArray, List<Operand> operands) implements Criterion {
    private static final int MOST_SHOWN = 8;

    TextCriterion {
        operands = List.copyOf(operands);
    }

    TextCriterion with(UnaryOperator<Operand> change) {
        return new TextCriterion(
                attribute, isOfArray, operands.stream().map(change).toList());
    }

    @Override
    public Truth evaluate(Facts facts) {
        @Nullable Object value = attribute.valueIn(facts.attempt().token());
        if (!isOfArray) {
            return compare(Attribute.text(value), facts);
        }
        if (!(value instanceof List<?> items)) {
            return Truth.UNKNOWN;
        }
        Truth truth = Truth.FALSE;
        for (Object item : items) {
            @Nullable String text = Attribute.text(item);
            if (text == null) {
                return Truth.UNKNOWN; // an item of another type: the whole claim is malformed
            }
            truth = truth == Truth.TRUE ? truth : truth.or(compare(text, facts));
        }
        return truth;
    }

    private Truth compare(@Nullable String text, Facts facts) {
        if (text == null) {
            return Truth.UNKNOWN;
        }
        Truth truth = Truth.FALSE;
        for (Operand operand : operands) {
            truth = truth.or(operand.equalTo(text, facts));
            if (truth == Truth.TRUE) {
                return truth;
            }
        }
        return truth;
    }

    @Override
    public String topic() {
        return attribute.notation();
    }

    @Override
    public String notation() {
        String values = operands.stream().map(Operand::notation).collect(Collectors.joining(","));
        return attribute.notation() + relation() + values;
    }

    private String relation() {
        if (isOfArray) {
            return " contains ";
        }
        if (!attribute.hasRelation()) {
            return " ";
        }
        return operands.size() == 1 ? " = " : " in ";
    }

    @Override
    public String found(Facts facts) {
        StringBuilder found =
                new StringBuilder(shown(attribute.valueIn(facts.attempt().token())));
        for (Operand operand : operands) {
            if (operand instanceof PathVariable variable) {
                found.append(", ").append(variable.notation()).append(' ');
                found.append(
                        attribute.isPersonal()
                                ? "(not shown)"
                                : variable.value(facts).orElse("(none)"));
            }
        }
        return found.toString();
    }

    private String shown(@Nullable Object value) {
        String name = attribute.name();
        if (value == null) {
            return "no " + name;
        }
        boolean isFitting = isOfArray ? isOfTexts(value) : Attribute.text(value) != null;
        if (!isFitting) {
            return name + " of another type";
        }
        if (attribute.isPersonal()) {
            return "another " + name;
        }
        return name + " "
                + (value instanceof List<?> items
                        ? items.stream().limit(MOST_SHOWN).toList() + (items.size() > MOST_SHOWN ? " and more" : "")
                        : value);
    }

    /** An object in an array may have any content. */
    private static boolean isOfTexts(Object value) {
        return value instanceof List<?> items
                && items.stream().limit(MOST_SHOWN).allMatch(item -> Attribute.text(item) != null);
    }

    @Override
    public List<String> lists() {
        return operands.stream()
                .filter(ListName.class::isInstance)
                .map(list -> ((ListName) list).name())
                .toList();
    }
}
