package io.tokenguard.bench;

import org.openjdk.jmh.Main;

/** x. */
public final class Bench {
    private Bench() {}

    /** x. */
    public static void main(String[] arguments) throws Exception {
        Main.main(arguments);
    }
}
