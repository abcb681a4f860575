package io.tokenguard.internal.claims;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects role names from claims. Never refuses a token: values that are no role names grant nothing. Not thread-safe.
 *
 * <p>Role names are a list of texts or of objects with {@code value} (RFC 7643 §2.4) or {@code name}, one text with
 * separators, or the names of an object's members whose values are objects or {@code true}.
 */
final class RoleCollector {
    /** Matches any member of an object; its name and a colon precede the role names below it. */
    static final String ANY_MEMBER = "*";

    private static final int MOST_ROLES = 1_000;

    private final String separator;
    private final Set<String> roles = new HashSet<>();
    private boolean isComplete = true;

    RoleCollector(String separator) {
        this.separator = separator;
    }

    /** The collected names. */
    Set<String> roles() {
        return roles;
    }

    /** Whether every value was a role name. */
    boolean isComplete() {
        return isComplete;
    }

    /** Follows a path into a claim's value; {@code null} grants nothing. */
    void collect(@Nullable Object value, List<String> path, String prefix) {
        if (value == null) {
            return;
        }
        if (path.isEmpty()) {
            addAll(value, prefix);
        } else if (value instanceof Map<?, ?> object) {
            follow(object, path.get(0), path.subList(1, path.size()), prefix);
        } else {
            isComplete = false;
        }
    }

    private void follow(Map<?, ?> object, String step, List<String> rest, String prefix) {
        if (step.equals(ANY_MEMBER)) {
            object.forEach((name, value) -> collect(value, rest, prefix + name + ":"));
        } else {
            collect(object.get(step), rest, prefix);
        }
    }

    private void addAll(Object value, String prefix) {
        if (value instanceof String text) {
            addSeparated(text, prefix);
        } else if (value instanceof List<?> items) {
            items.forEach(item -> addItem(item, prefix));
        } else if (value instanceof Map<?, ?> object) {
            object.forEach((name, member) -> addMember((String) name, member, prefix));
        } else {
            isComplete = false;
        }
    }

    private void addSeparated(String text, String prefix) {
        int start = 0;
        for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
            add(text.substring(start, end).strip(), prefix);
            start = end + separator.length();
        }
        add(text.substring(start).strip(), prefix);
    }

    private void addItem(@Nullable Object item, String prefix) {
        Object name = item;
        if (item instanceof Map<?, ?> object) {
            name = object.get("value") instanceof String value ? value : object.get("name");
        }
        if (name instanceof String text) {
            add(text, prefix);
        } else {
            isComplete = false;
        }
    }

    private void addMember(String name, @Nullable Object member, String prefix) {
        if (member instanceof Map<?, ?> || Boolean.TRUE.equals(member)) {
            add(name, prefix);
        } else {
            isComplete = false;
        }
    }

    private void add(String name, String prefix) {
        if (name.isEmpty()) {
            return;
        }
        if (roles.size() < MOST_ROLES) {
            roles.add(prefix + name);
        } else {
            isComplete = false;
        }
    }
}
