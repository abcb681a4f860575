package io.tokenguard.internal.jose;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A checked JSON object that is kept as text. A member is read when it is requested; all other methods read the whole object.
 * Equal to the map that {@link JsonReader#readObject} returns. Deeply immutable, thread-safe.
 */
public final class JsonObject implements Map<String, @Nullable Object> {
    private final NameList names;
    private final byte[] distances;

    /** {@link ReadOnce}, or a text with the object in base64url between its first and its second dot. */
    private final Object source;

    /**
     * The bytes of the object, and the values that were read so far. Two threads may read a value twice.
     *
     * @param json the bytes
     * @param values the values; null if they were not read
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record ReadOnce(byte[] json, @Nullable Object[] values) {
        @Nullable
        Object valueOf(int member, byte[] distances) {
            if (values[member] == null) {
                values[member] = JsonReader.readChecked(json, MemberStarts.startOf(member, distances));
            }
            return values[member];
        }
    }

    JsonObject(NameList names, byte[] distances, byte[] json) {
        this(names, distances, new ReadOnce(json, new Object[names.size()]));
    }

    private JsonObject(NameList names, byte[] distances, Object source) {
        this.names = names;
        this.distances = distances;
        this.source = source;
    }

    /** The names of its members. */
    public NameList names() {
        return names;
    }

    /** The number of bytes in which it stores the positions of its members. */
    public int positionBytes() {
        return distances.length;
    }

    /**
     * The same object, which reads each value from a token when it is requested, and keeps none.
     *
     * @param sameNames its names, as an object to be shared
     * @param text a text with the object, in strict base64url, between its first and its second dot
     */
    public JsonObject within(String text, NameList sameNames) {
        return new JsonObject(sameNames, distances, text);
    }

    private @Nullable Object valueOf(int member) {
        if (source instanceof ReadOnce read) {
            return read.valueOf(member, distances);
        }
        String text = (String) source;
        int payload = text.indexOf('.') + 1;
        int start = MemberStarts.startOf(member, distances);
        int end = member + 1 < names.size()
                ? MemberStarts.startOf(member + 1, distances)
                : (text.indexOf('.', payload) - payload) * 3 / 4;
        return JsonReader.readChecked(Base64Url.decodeGroups(text, payload, start, end), start % 3);
    }

    private Map<String, @Nullable Object> read() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            members.put(names.names().get(i), valueOf(i));
        }
        return Collections.unmodifiableMap(members);
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        int member = names.indexOf(name);
        return member < 0 ? null : valueOf(member);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return names.indexOf(name) >= 0;
    }

    @Override
    public int size() {
        return names.size();
    }

    @Override
    public boolean isEmpty() {
        return names.size() == 0;
    }

    @Override
    public boolean containsValue(@Nullable Object value) {
        return read().containsValue(value);
    }

    @Override
    public Set<String> keySet() {
        return read().keySet();
    }

    @Override
    public Collection<@Nullable Object> values() {
        return read().values();
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        return read().entrySet();
    }

    @Override
    public @Nullable Object put(String name, @Nullable Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Object remove(@Nullable Object name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void putAll(Map<? extends String, ? extends @Nullable Object> members) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this || read().equals(other);
    }

    @Override
    public int hashCode() {
        return read().hashCode();
    }

    @Override
    public String toString() {
        return read().toString();
    }
}
