package io.tokenguard.internal.claims;

import io.tokenguard.internal.claimpath.ClaimPath;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the names of scopes or roles from claims. Never refuses a token. Not thread-safe.
 *
 * <p>Names are a list of texts or of objects with {@code value} (RFC 7643 §2.4) or {@code name}, one text with
 * separators, or the names of an object's members whose values are objects or {@code true}.
 */
final class NameCollector {
    private static final int MOST_NAMES = 1_000;

    private final NameClaim.Form form;
    private final boolean splitsItems;
    private final Set<String> names = new LinkedHashSet<>();
    private boolean isComplete = true;
    private boolean isFound;

    private NameCollector(NameClaim.Form form, boolean splitsItems) {
        this.form = form;
        this.splitsItems = splitsItems;
    }

    /** Collects roles; one in a list may contain separators. */
    static NameCollector ofRoles(NameClaim.Form form) {
        return new NameCollector(form, false);
    }

    /** Collects scopes; a text in a list may be several. */
    static NameCollector ofScopes(NameClaim.Form form) {
        return new NameCollector(form, true);
    }

    /** The names that were found. */
    Set<String> names() {
        return names;
    }

    /** Whether there was a value. */
    boolean isFound() {
        return isFound;
    }

    /** Whether everything that was found was a name. */
    boolean isComplete() {
        return isComplete;
    }

    /** Follows a path into a claim's value; {@code null} grants nothing. */
    void collect(@Nullable Object value, List<String> path, String prefix) {
        if (value == null) {
            return;
        }
        if (path.isEmpty()) {
            isFound = true;
            addAll(value, prefix);
        } else if (value instanceof Map<?, ?> object) {
            follow(object, path.get(0), path.subList(1, path.size()), prefix);
        } else if (value instanceof List<?> items && path.get(0).equals(ClaimPath.ANY)) {
            items.forEach(item -> collect(item, path.subList(1, path.size()), prefix));
        } else {
            isComplete = false;
        }
    }

    private void follow(Map<?, ?> object, String step, List<String> rest, String prefix) {
        if (step.equals(ClaimPath.ANY)) { // a member's name and a colon come before the names in it
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
        String separator = form.separator();
        int start = 0;
        for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
            add(withoutSpaces(text.substring(start, end)), prefix);
            start = end + separator.length();
        }
        add(withoutSpaces(text.substring(start)), prefix);
    }

    /** Spaces around a separator such as a comma are no part of a name. */
    private static String withoutSpaces(String name) {
        int start = 0;
        int end = name.length();
        while (start < end && name.charAt(start) == ' ') {
            start++;
        }
        while (end > start && name.charAt(end - 1) == ' ') {
            end--;
        }
        return name.substring(start, end);
    }

    private void addItem(@Nullable Object item, String prefix) {
        Object name = item;
        if (item instanceof Map<?, ?> object) {
            name = object.get("value") instanceof String value ? value : object.get("name");
        }
        if (name instanceof String text && splitsItems) {
            addSeparated(text, prefix);
        } else if (name instanceof String text) {
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
        String full = form.nameOf(prefix + name);
        if (names.size() < MOST_NAMES || names.contains(full)) {
            names.add(full);
        } else {
            isComplete = false;
        }
    }
}
