package io.tokenguard.bench;

import io.tokenguard.bench.token.TurnOrder;

/** How many tokens are in use at the same time, and which comes next. */
public enum Crowd {
    /** One token. */
    ONE(1),
    /** A thousand, in turn. */
    THOUSAND(1_000),
    /** A hundred thousand, in turn: none is used again before all the others. */
    HUNDRED_THOUSAND(100_000),
    /** A hundred thousand, some of which come often and most seldom. */
    ZIPF(100_000);

    private final int tokens;

    Crowd(int tokens) {
        this.tokens = tokens;
    }

    int tokens() {
        return tokens;
    }

    TurnOrder order() {
        return this == ZIPF ? TurnOrder.zipf(tokens) : TurnOrder.inTurn(tokens);
    }
}
