package io.tokenguard.internal.keys;

/** What to set if keys or metadata can't be fetched. */
final class FetchRemedy {
    private static final String CREDENTIALS =
            "; if the issuer requires credentials, set jwks.bearer-token-file, jwks.client-key-store or jwks.headers";

    private FetchRemedy() {}

    /** The end of a sentence; empty if no setting would help, or if the sentence names it already. */
    static String of(FetchException failure) {
        if (failure.status() > 0) {
            return ofStatus(failure.status());
        }
        if (failure.isTooLarge()) {
            return "; raise jwks.max-size";
        }
        String rule = failure.getMessage();
        boolean isUnreachable =
                rule.startsWith("no answer") || rule.startsWith("host can") || rule.startsWith("can't connect");
        return isUnreachable ? "; check the address, and set jwks.proxy if a proxy is needed" : "";
    }

    private static String ofStatus(int status) {
        if (status >= 300 && status < 400) {
            return "; at most three redirects within the same scheme, host and port are followed; set the final address in"
                    + " jwks-uri or metadata-uri";
        }
        return switch (status) {
            case 401, 403 -> CREDENTIALS;
            case 404, 410 -> "; set the right address in jwks-uri or metadata-uri";
            default -> "";
        };
    }
}
