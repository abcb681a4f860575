package io.tokenguard.bench.token;

/** How many tokens are in use at the same time, and which comes next. */
public enum Crowd {
    /** One token. */
    ONE(1, "one token"),
    /** A thousand, in turn. */
    THOUSAND(1_000, "1 000 tokens in turn"),
    /** A hundred thousand, in turn: none is used again before all the others. */
    HUNDRED_THOUSAND(100_000, "100 000 tokens in turn"),
    /** A hundred thousand, some of which come often and most seldom. */
    ZIPF(100_000, "100 000 tokens, Zipf");

    private final int tokens;
    private final String title;

    Crowd(int tokens, String title) {
        this.tokens = tokens;
        this.title = title;
    }

    /** How many. */
    public int tokens() {
        return tokens;
    }

    /** Its name in tables. */
    public String title() {
        return title;
    }

    /** Which comes next. */
    public TurnOrder order() {
        return this == ZIPF ? TurnOrder.zipf(tokens) : TurnOrder.inTurn(tokens);
    }
}
