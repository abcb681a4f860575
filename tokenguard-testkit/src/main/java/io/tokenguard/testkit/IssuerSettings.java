package io.tokenguard.testkit;

import java.time.Clock;
import java.util.List;

/**
 * How an issuer was set up.
 *
 * @param path the path of its identifier
 * @param keys its keys
 * @param audience the audience of its tokens
 * @param clock dates tokens, and ends codes and refresh tokens
 * @param grants how it grants tokens over HTTP
 */
record IssuerSettings(String path, KeyRing keys, List<String> audience, Clock clock, GrantSettings grants) {}
