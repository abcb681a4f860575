package io.tokenguard.internal.request;

import java.util.function.Predicate;

/**
 * A header field, besides Authorization, in which a proxy may send the token.
 *
 * @param name the name of the field
 * @param issuers the issuers whose tokens it may contain
 * @param isFromAnyAddress whether it also counts in requests that do not come from a trusted proxy
 */
public record CredentialField(String name, Predicate<String> issuers, boolean isFromAnyAddress) {}
