package io.tokenguard.access;

import java.util.List;

/** Reads the header fields of a request, as a server hands them out. */
@FunctionalInterface
public interface HeaderFields {
    /**
     * The values of one field, one for each field line, in their order and untouched.
     *
     * @param name the field's name; its case does not matter (RFC 9110 §5.1)
     * @return the values; empty where the request has no such field
     */
    List<String> valuesOf(String name);
}
