package io.tokenguard.bench.peer;

import io.tokenguard.bench.token.CryptoProvider;
import io.tokenguard.bench.token.SigningAlgorithm;
import io.tokenguard.bench.token.Trust;
import io.tokenguard.config.TokenCache;

/**
 * The libraries that stand beside each other in a run, in the order of the report. The one other library for Java that
 * remembers tokens, TokenSheriff, needs Java 21 and is missing for that reason.
 */
public enum Library {
    /** TokenGuard, asked about a whole request, with nothing remembered. */
    TOKENGUARD_DECIDE("TokenGuard decide", true, CryptoProvider.JDK),
    /** TokenGuard, asked about a token alone, with nothing remembered. */
    TOKENGUARD_VALIDATE("TokenGuard validate", true, CryptoProvider.JDK),
    /** The same, with Amazon's provider on the class path. */
    TOKENGUARD_CORRETTO("TokenGuard validate (AmazonCorrettoCryptoProvider)", true, CryptoProvider.CORRETTO),
    /** The same, with Google's provider on the class path. */
    TOKENGUARD_CONSCRYPT("TokenGuard validate (Conscrypt)", true, CryptoProvider.CONSCRYPT),
    /** jose4j alone. */
    JOSE4J("jose4j", true, CryptoProvider.JDK),
    /** Nimbus JOSE + JWT. It verifies Ed25519 by a further library only, and its processor not even then. */
    NIMBUS("Nimbus", false, CryptoProvider.JDK),
    /** Spring Security's decoder, which stands on Nimbus. */
    SPRING("Spring Security", false, CryptoProvider.JDK),
    /** JJWT. */
    JJWT("JJWT", true, CryptoProvider.JDK),
    /** Auth0's java-jwt. */
    AUTH0("Auth0 java-jwt", false, CryptoProvider.JDK);

    private final String title;
    private final boolean knowsEd25519;
    private final CryptoProvider provider;

    Library(String title, boolean knowsEd25519, CryptoProvider provider) {
        this.title = title;
        this.knowsEd25519 = knowsEd25519;
        this.provider = provider;
    }

    /** Its name in tables. */
    public String title() {
        return title;
    }

    /** Who computes its signatures. */
    public CryptoProvider provider() {
        return provider;
    }

    /** Whether it can verify an algorithm on this machine; where it can't, there is no figure. */
    public boolean knows(SigningAlgorithm algorithm) {
        return (knowsEd25519 || algorithm != SigningAlgorithm.EDDSA) && provider.isAvailable();
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
            case TOKENGUARD_DECIDE -> new DecidingGuard(trust, TokenCache.off());
            case TOKENGUARD_VALIDATE, TOKENGUARD_CORRETTO, TOKENGUARD_CONSCRYPT ->
                new ValidatingGuard(trust, TokenCache.off(), provider);
            case JOSE4J -> new Jose4jPeer(trust);
            case NIMBUS -> new NimbusPeer(trust);
            case SPRING -> new SpringPeer(trust);
            case JJWT -> new JjwtPeer(trust);
            case AUTH0 -> new Auth0Peer(trust);
        };
    }
}
