package io.tokenguard.jaxrs;

import java.util.Arrays;
import java.util.List;

/**
 * One way to state a rule, and what it comes to.
 *
 * @param name the way
 * @param path where it is served
 * @param isOpen whether nothing is demanded
 * @param enough grants of which each is enough; none where nobody may pass
 * @param tooLittle grants of which none is enough
 */
record Shape(String name, String path, boolean isOpen, List<String> enough, List<String> tooLittle) {
    static Shape open(String name, String path) {
        return new Shape(name, path, true, List.of("", "a"), List.of());
    }

    static Shape authenticated(String name, String path) {
        return new Shape(name, path, false, List.of("", "a"), List.of());
    }

    static Shape closed(String name, String path) {
        return new Shape(name, path, false, List.of(), List.of("", "a b c role:x role:y role:z"));
    }

    /** All of these grants and nothing less. */
    static Shape demands(String grants, String name, String path) {
        List<String> all = List.of(grants.split(" ", -1));
        List<String> tooLittle = all.stream()
                .map(missing -> String.join(
                        " ",
                        all.stream().filter(grant -> !grant.equals(missing)).toList()))
                .toList();
        return new Shape(name, path, false, List.of(grants), tooLittle);
    }

    /** Each of these grants, written with a bar between them, and no other. */
    static Shape demandsAny(String grants, String name, String path) {
        return new Shape(name, path, false, Arrays.asList(grants.split("\\|", -1)), List.of("", "c", "role:z"));
    }

    @Override
    public String toString() {
        return name;
    }
}
