package io.tokenguard.console;

import io.tokenguard.TokenGuard;
import java.time.Clock;

/** Starts the console of a guard that has one. For {@link java.util.ServiceLoader}; adapters find and start it. */
public final class ConsoleProvider implements TokenGuard.Console.Provider {
    /** For the service loader. */
    public ConsoleProvider() {}

    @Override
    public TokenGuard.Console start(TokenGuard guard) {
        return ConsoleService.start(guard, Clock.systemUTC());
    }
}
