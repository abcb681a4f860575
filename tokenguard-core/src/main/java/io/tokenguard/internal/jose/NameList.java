package io.tokenguard.internal.jose;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names of a JSON object's members, in their order, without duplicates. Many objects share one. Immutable. */
public final class NameList {
    private final String[] names;

    /** Resists names that were made to collide. */
    private final Map<String, Integer> indexes;

    private NameList(String[] names, Map<String, Integer> indexes) {
        this.names = names;
        this.indexes = indexes;
    }

    static NameList of(String[] names) throws MalformedException {
        Map<String, Integer> indexes = new HashMap<>();
        for (String name : names) {
            if (indexes.put(name, indexes.size()) != null) {
                throw MalformedException.syntax("JSON name twice");
            }
        }
        return new NameList(names, indexes);
    }

    /** The index of a name; negative if it is not there. */
    int indexOf(@Nullable Object name) {
        Integer index = indexes.get(name);
        return index == null ? -1 : index;
    }

    int size() {
        return names.length;
    }

    /** The names; not to be changed. */
    public List<String> names() {
        return Arrays.asList(names);
    }

    /** Whether these are the first names of an array. */
    boolean isStartOf(String[] others, int count) {
        return Arrays.equals(names, 0, names.length, others, 0, count);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NameList list && Arrays.equals(names, list.names);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(names);
    }
}
