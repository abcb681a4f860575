package io.tokenguard.internal.request;

import java.util.List;

/**
 * The parts of a request that may contain its token.
 *
 * @param fields the values of fields and cookies; more than one is refused
 * @param place where they are; a cookie, or a field of a proxy, if one of several is
 */
public record SentCredentials(List<String> fields, CredentialPlace place) {
    /** Whether the one value is under the scheme DPoP, well formed or not. */
    public boolean areUnderDpop() {
        return place != CredentialPlace.COOKIE && CredentialExtractor.namesDpop(fields);
    }

    /** Shows nothing of the token. */
    @Override
    public String toString() {
        return "SentCredentials[not shown]";
    }
}
