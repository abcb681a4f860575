package io.tokenguard.internal.keys;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A name that an issuer's metadata select, such as that of a dialect. Selected once, by the first metadata that load. Until
 * then, a name that was selected earlier can stand in. Thread-safe.
 */
public final class MetadataSelection {
    private final Function<Map<String, @Nullable Object>, String> selector;
    private final AtomicReference<@Nullable Selected> selected = new AtomicReference<>();

    /**
     * Nothing selected yet.
     *
     * @param selector selects a name by metadata; called once
     */
    public MetadataSelection(Function<Map<String, @Nullable Object>, String> selector) {
        this.selector = selector;
    }

    private record Selected(String name, boolean isFinal) {}

    /** The name; null if none was selected. */
    public @Nullable String current() {
        Selected known = selected.get();
        return known == null ? null : known.name;
    }

    /** Selects by metadata, unless other metadata have selected before. Loads of one issuer do not overlap. */
    void selectBy(Map<String, @Nullable Object> metadata) {
        Selected known = selected.get();
        if (known == null || !known.isFinal) {
            selected.set(new Selected(selector.apply(metadata), true));
        }
    }

    /** Uses a name that an earlier configuration or process has selected, until metadata load. */
    void restore(String name) {
        selected.compareAndSet(null, new Selected(name, false));
    }

    /** Uses what another configuration has selected for the same issuer, until metadata load. */
    void restore(MetadataSelection older) {
        String name = older.current();
        if (name != null) {
            restore(name);
        }
    }
}
