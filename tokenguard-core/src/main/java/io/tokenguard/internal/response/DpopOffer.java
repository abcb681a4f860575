package io.tokenguard.internal.response;

import java.util.List;

/**
 * What challenges state about tokens with a proof (RFC 9449 §7.1).
 *
 * @param isOffered whether they are accepted
 * @param offersBearer whether tokens without a proof are accepted too
 * @param algorithms the accepted algorithms of proofs
 * @param exposesNonce whether scripts of other origins can read the nonce
 */
public record DpopOffer(boolean isOffered, boolean offersBearer, List<String> algorithms, boolean exposesNonce) {
    /** Tokens with proofs are not accepted. */
    public static final DpopOffer NONE = new DpopOffer(false, true, List.of(), false);

    /** Copies the algorithms. */
    public DpopOffer {
        algorithms = List.copyOf(algorithms);
    }
}
