package io.tokenguard.attacks;

/** One attack of a row. Immutable. */
public final class Attack {
    private final String variant;
    private final Expectation expected;
    private final GuardProfile profile;
    private final boolean ownIssuer;
    private final Script script;

    Attack(String variant, Expectation expected, GuardProfile profile, boolean ownIssuer, Script script) {
        this.variant = variant;
        this.expected = expected;
        this.profile = profile;
        this.ownIssuer = ownIssuer;
        this.script = script;
    }

    /** Its name within the row. */
    public String variant() {
        return variant;
    }

    /** What has to come of it. */
    public Expectation expected() {
        return expected;
    }

    /** How the guard has to be configured. */
    public GuardProfile profile() {
        return profile;
    }

    /** Whether it changes what the issuer serves, and so needs a bench and a guard that no other attack uses. */
    public boolean needsOwnIssuer() {
        return ownIssuer;
    }

    /**
     * Plays the attack up to the request to decide about.
     *
     * @param bench where it is played; the guard is to be built for {@link #profile()}
     */
    public RawRequest play(AttackBench bench) {
        return script.play(bench);
    }

    /** Shows its name. */
    @Override
    public String toString() {
        return variant;
    }
}
