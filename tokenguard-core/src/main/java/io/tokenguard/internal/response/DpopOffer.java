package io.tokenguard.internal.response;

import java.util.List;

/**
 * What challenges say of tokens that come with a proof (RFC 9449 §7.1).
 *
 * @param isOffered whether they are served
 * @param offersBearer whether tokens without a proof are served too
 * @param algorithms what may sign a proof
 * @param exposesNonce whether scripts of other origins are to see the nonce
 */
public record DpopOffer(boolean isOffered, boolean offersBearer, List<String> algorithms, boolean exposesNonce) {
    /** Tokens with proofs are not served. */
    public static final DpopOffer NONE = new DpopOffer(false, true, List.of(), false);

    /** Copies the algorithms. */
    public DpopOffer {
        algorithms = List.copyOf(algorithms);
    }
}
