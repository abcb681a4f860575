package io.tokenguard.bench.peer;

import io.tokenguard.Reuse;
import io.tokenguard.bench.token.SigningAlgorithm;
import io.tokenguard.bench.token.Trust;

/**
 * The libraries that stand beside each other in a run, in the order of the report. The one other library for Java that
 * remembers tokens, TokenSheriff, needs Java 21 and is missing for that reason.
 */
public enum Library {
    /** TokenGuard, asked about a whole request, with nothing remembered. */
    TOKENGUARD_DECIDE("TokenGuard decide", true),
    /** TokenGuard, asked about a token alone, with nothing remembered. */
    TOKENGUARD_VALIDATE("TokenGuard validate", true),
    /** jose4j alone. */
    JOSE4J("jose4j", true),
    /** Nimbus JOSE + JWT. It verifies Ed25519 by a further library only, and its processor not even then. */
    NIMBUS("Nimbus", false),
    /** Spring Security's decoder, which stands on Nimbus. */
    SPRING("Spring Security", false),
    /** JJWT. */
    JJWT("JJWT", true),
    /** Auth0's java-jwt. */
    AUTH0("Auth0 java-jwt", false);

    private final String title;
    private final boolean knowsEd25519;

    Library(String title, boolean knowsEd25519) {
        this.title = title;
        this.knowsEd25519 = knowsEd25519;
    }

    /** Its name in tables. */
    public String title() {
        return title;
    }

    /** Whether it can verify an algorithm; where it can't, there is no figure. */
    public boolean knows(SigningAlgorithm algorithm) {
        return knowsEd25519 || algorithm != SigningAlgorithm.EDDSA;
    }

    /**
     * Sets the library up.
     *
     * @throws UnsupportedOperationException if it does not know the algorithm
     */
    public Peer open(Trust trust) {
        if (!knows(trust.algorithm())) {
            throw new UnsupportedOperationException(title + " does not know " + trust.algorithm());
        }
        return switch (this) {
            case TOKENGUARD_DECIDE -> new DecidingGuard(trust, Reuse.off());
            case TOKENGUARD_VALIDATE -> new ValidatingGuard(trust, Reuse.off());
            case JOSE4J -> new Jose4jPeer(trust);
            case NIMBUS -> new NimbusPeer(trust);
            case SPRING -> new SpringPeer(trust);
            case JJWT -> new JjwtPeer(trust);
            case AUTH0 -> new Auth0Peer(trust);
        };
    }
}
