package io.tokenguard.internal.request;

import java.util.function.Predicate;

/**
 * A cookie in which a browser sends the token.
 *
 * @param name its name, which is case-sensitive
 * @param issuers the issuers whose tokens it may contain
 */
public record CredentialCookie(String name, Predicate<String> issuers) {}
