package io.tokenguard.bench.token;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tokens as a server has them before it makes texts of them: the bytes of {@code Authorization} fields, in the order in which
 * they will be used. Immutable; each thread goes through them by a cursor of its own.
 */
public final class TokenFields {
    private static final String SCHEME = "Bearer ";

    private final byte[][] fields;
    private final TurnOrder order;

    /** Fields of these tokens. */
    public TokenFields(List<String> tokens, TurnOrder order) {
        this.fields = new byte[tokens.size()][];
        for (int i = 0; i < tokens.size(); i++) {
            fields[i] = (SCHEME + tokens.get(i)).getBytes(StandardCharsets.ISO_8859_1);
        }
        this.order = order;
    }

    /** How many there are. */
    public int size() {
        return fields.length;
    }

    /** The field of one turn as a fresh text. */
    public String field(int turn) {
        return new String(fields[order.of(turn)], StandardCharsets.ISO_8859_1);
    }

    /** The token of one turn as a fresh text. */
    public String token(int turn) {
        byte[] field = fields[order.of(turn)];
        return new String(field, SCHEME.length(), field.length - SCHEME.length(), StandardCharsets.ISO_8859_1);
    }

    /** The field of one token as a fresh text, whenever its turn is. */
    public String fieldOf(int number) {
        return new String(fields[number], StandardCharsets.ISO_8859_1);
    }
}
