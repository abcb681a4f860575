package io.tokenguard.internal.keys;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rules that an issuer's metadata select, or that are known from the start. Thread-safe.
 *
 * @param <T> the rules
 */
public final class SelectedRules<T> {
    private final Optional<MetadataSelection> selection;
    private final Function<String, T> maker;
    private volatile @Nullable Made<T> made;

    private SelectedRules(Optional<MetadataSelection> selection, Function<String, T> maker) {
        this.selection = selection;
        this.maker = maker;
    }

    private record Made<T>(String name, T rules) {}

    /** Rules that depend on no metadata. */
    public static <T> SelectedRules<T> of(T rules) {
        SelectedRules<T> fixed = new SelectedRules<>(Optional.empty(), name -> rules);
        fixed.made = new Made<>("", rules);
        return fixed;
    }

    /**
     * Rules by what is selected.
     *
     * @param maker makes the rules by the selected name
     */
    public static <T> SelectedRules<T> by(MetadataSelection selection, Function<String, T> maker) {
        return new SelectedRules<>(Optional.of(selection), maker);
    }

    /** The selection; empty if the rules depend on none. */
    public Optional<MetadataSelection> selection() {
        return selection;
    }

    /** The rules; null while nothing is selected. */
    public @Nullable T current() {
        Made<T> known = made;
        if (selection.isEmpty()) {
            return known == null ? null : known.rules;
        }
        String name = selection.get().current();
        if (name == null) {
            return null;
        }
        if (known == null || !known.name.equals(name)) {
            known = make(name);
        }
        return known.rules;
    }

    /** Once for each name: cached tokens refer to the rules by identity. */
    private synchronized Made<T> make(String name) {
        Made<T> known = made;
        if (known == null || !known.name.equals(name)) {
            known = new Made<>(name, maker.apply(name));
            made = known;
        }
        return known;
    }

    /** Uses what older rules of the same issuer have selected, until metadata load. */
    public void inherit(SelectedRules<T> older) {
        selection.ifPresent(mine -> older.selection.ifPresent(mine::restore));
    }
}
