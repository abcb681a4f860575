package io.tokenguard.access;

/**
 * A refusal as the operator sees it. Every text that came with the request is cut and escaped before it gets here, and
 * is empty where it is not known; the token is not part of it.
 *
 * @param reason why
 * @param detail which rule, where the reason covers several; a constant of the code
 * @param issuer who the token says issued it; not proven before {@link Stage#CLAIMS}
 * @param keyId the key that the token names
 * @param clientId the client, once the signature has been checked
 * @param subject the subject, once the signature has been checked
 * @param method the request's method
 * @param path the request's path, without its query
 */
public record Refusal(
        RefusalReason reason,
        String detail,
        String issuer,
        String keyId,
        String clientId,
        String subject,
        String method,
        String path) {

    /** Shows the reason only. */
    @Override
    public String toString() {
        return "Refusal[" + reason + "]";
    }
}
