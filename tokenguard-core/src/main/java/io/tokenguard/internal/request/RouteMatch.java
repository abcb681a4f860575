package io.tokenguard.internal.request;

import io.tokenguard.access.AccessRequirement;

/**
 * The rule that decides about a request.
 *
 * @param number its position among {@link RouteTable#routes()}
 * @param requirement its requirement, joined with those of rules that the path resembles
 */
public record RouteMatch(int number, AccessRequirement requirement) {}
