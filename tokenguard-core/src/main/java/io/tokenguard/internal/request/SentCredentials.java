package io.tokenguard.internal.request;

import java.util.List;

/**
 * The fields of a request that may contain its token.
 *
 * @param fields their values; more than one is refused
 * @param areProxied whether a proxy added one of them, in which the scheme may be missing
 */
public record SentCredentials(List<String> fields, boolean areProxied) {
    /** Shows nothing of the token. */
    @Override
    public String toString() {
        return "SentCredentials[not shown]";
    }
}
