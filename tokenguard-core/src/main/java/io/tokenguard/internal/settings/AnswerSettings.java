package io.tokenguard.internal.settings;

import java.util.Optional;

/**
 * How requests are answered.
 *
 * @param realm the protection space in challenges
 * @param isUniform whether all bad tokens get the same answer
 * @param hidesCredentials whether the application can't see credentials; empty if nothing is set
 */
public record AnswerSettings(String realm, boolean isUniform, Optional<Boolean> hidesCredentials) {}
