package io.tokenguard.internal.jose;

/**
 * Limits on the size of JSON.
 *
 * @param depth how deep objects and arrays may be nested; the outermost counts as one
 * @param members members of one object
 * @param items items of one array
 * @param characters UTF-16 units of one name or text
 * @param digits digits of one number, without its exponent
 */
public record JsonLimits(int depth, int members, int items, int characters, int digits) {
    /** For the payload of a token. */
    public static final JsonLimits CLAIMS = new JsonLimits(16, 256, 1_024, 8_192, 1_000);

    /** For the header of a token, which is at most 8 KiB. */
    public static final JsonLimits HEADER = new JsonLimits(3, 16, 1_024, 8_192, 1_000);

    /** For key sets and metadata. */
    public static final JsonLimits DOCUMENT = new JsonLimits(8, 256, 1_024, 16_384, 1_000);

    /** The same with objects of at least so many members, and one more. */
    JsonLimits withMembers(int least) {
        return new JsonLimits(depth, Math.max(members, least + 1), items, characters, digits);
    }

    /** The same with arrays of at least so many items, and one more, so that the reader's owner can refuse it by name. */
    JsonLimits withItems(int least) {
        return new JsonLimits(depth, members, Math.max(items, least + 1), characters, digits);
    }
}
